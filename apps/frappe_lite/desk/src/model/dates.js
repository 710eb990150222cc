/** Dates as Frappe sends them: naive text in the site's time zone. */
import { boot } from "@/boot/boot.js"
import { __ } from "@/i18n/index.js"

const MINUTE = 60
const HOUR = 3600
const DAY = 86400

export const pad = (number, width = 2) => String(number).padStart(width, "0")

/** `2026-11-23[ 10:20:30[.123456]]` or `10:20:30` as a Date in the browser's clock; null when empty or broken. */
export function parse(text) {
	if (text instanceof Date) return text
	const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(String(text ?? ""))
	if (match) {
		const [, year, month, day, hour = 0, minute = 0, second = 0] = match.map((part) => part && Number(part))
		return new Date(year, month - 1, day, hour, minute, second)
	}
	const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(String(text ?? ""))
	if (!time) return null
	const base = now()
	base.setHours(Number(time[1]), Number(time[2]), Number(time[3] || 0), 0)
	return base
}

let offset = null

function clockOffset() {
	if (offset === null) {
		const server = boot.server_time ? parse(boot.server_time) : null
		offset = server ? server.getTime() - (boot.__received || Date.now()) : 0
	}
	return offset
}

/** The site's present time, whatever zone the browser is in. */
export const now = () => new Date(Date.now() + clockOffset())

export const toDate = (date) =>
	`${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
export const toTime = (date) => `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
export const toDatetime = (date) => `${toDate(date)} ${toTime(date)}`

export const today = () => toDate(now())

export function addDays(text, days) {
	const date = parse(text)
	date.setDate(date.getDate() + Number(days))
	return toDate(date)
}

export function addMonths(text, months) {
	const date = parse(text)
	const day = date.getDate()
	date.setDate(1)
	date.setMonth(date.getMonth() + Number(months))
	date.setDate(Math.min(day, new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate()))
	return toDate(date)
}

/** Whole days between two dates (`later - earlier`). */
export function dayDiff(later, earlier) {
	const [a, b] = [parse(later), parse(earlier)].map((d) =>
		Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()),
	)
	return Math.round((a - b) / (DAY * 1000))
}

function amount(seconds) {
	const size = Math.abs(seconds)
	if (size < HOUR) return [Math.max(1, Math.floor(size / MINUTE)), "minutes"]
	if (size < DAY) return [Math.floor(size / HOUR), "hours"]
	if (size < 30 * DAY) return [Math.floor(size / DAY), "days"]
	if (size < 365 * DAY) return [Math.floor(size / (30 * DAY)), "months"]
	return [Math.floor(size / (365 * DAY)), "years"]
}

const PAST = {
	minutes: "{0} minutes ago",
	hours: "{0} hours ago",
	days: "{0} days ago",
	months: "{0} months ago",
	years: "{0} years ago",
}
const LEFT = {
	minutes: "{0} minutes left",
	hours: "{0} hours left",
	days: "{0} days left",
	months: "{0} months left",
	years: "{0} years left",
}
const LATE = {
	minutes: "{0} minutes overdue",
	hours: "{0} hours overdue",
	days: "{0} days overdue",
	months: "{0} months overdue",
	years: "{0} years overdue",
}

/** "3 minutes ago"; a moment to come is "25 minutes left". */
export function ago(text, reference = now()) {
	const date = parse(text)
	if (!date) return ""
	const seconds = (reference - date) / 1000
	if (Math.abs(seconds) < MINUTE) return __("just now")
	const [count, unit] = amount(seconds)
	return __(seconds > 0 ? PAST[unit] : LEFT[unit], [count])
}

/** What a due time means now: "25 minutes left" or "2 hours overdue". */
export function untilDue(text, reference = now()) {
	const date = parse(text)
	if (!date) return ""
	const seconds = (date - reference) / 1000
	if (Math.abs(seconds) < MINUTE) return __("due now")
	const [count, unit] = amount(seconds)
	return __(seconds > 0 ? LEFT[unit] : LATE[unit], [count])
}

/** `yyyy-mm-dd` or the format of System Settings. */
export function userDate(text) {
	const date = parse(text)
	if (!date) return ""
	const format = boot.sysdefaults?.date_format || "yyyy-mm-dd"
	return format
		.replace("yyyy", pad(date.getFullYear(), 4))
		.replace("mm", pad(date.getMonth() + 1))
		.replace("dd", pad(date.getDate()))
}

/** Hours and minutes; nobody reads seconds. */
export function userTime(text) {
	const date = parse(text)
	return date ? `${pad(date.getHours())}:${pad(date.getMinutes())}` : ""
}

export const userDatetime = (text) => (parse(text) ? `${userDate(text)} ${userTime(text)}` : "")

/** Seconds as days, hours, minutes, seconds. */
export function durationParts(seconds, { hideDays = false } = {}) {
	const total = Math.max(0, Math.floor(Number(seconds) || 0))
	const days = hideDays ? 0 : Math.floor(total / DAY)
	const rest = total - days * DAY
	return {
		days,
		hours: Math.floor(rest / HOUR),
		minutes: Math.floor((rest % HOUR) / MINUTE),
		seconds: rest % MINUTE,
	}
}

export function durationText(seconds, options = {}) {
	const parts = durationParts(seconds, options)
	const texts = []
	if (parts.days) texts.push(__("{0} d", [parts.days]))
	if (parts.hours) texts.push(__("{0} h", [parts.hours]))
	if (parts.minutes) texts.push(__("{0} min", [parts.minutes]))
	if (parts.seconds && !options.hideSeconds) texts.push(__("{0} s", [parts.seconds]))
	return texts.join(" ") || __("{0} min", [0])
}
