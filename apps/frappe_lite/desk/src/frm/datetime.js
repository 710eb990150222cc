/** `frappe.datetime` and the small part of moment that scripts use (dayjs answers to the same calls). */
import dayjs from "dayjs"
import * as dates from "@/model/dates.js"

const first = (text, unit) =>
	dayjs(text || dates.today())
		.startOf(unit)
		.format("YYYY-MM-DD")
const last = (text, unit) =>
	dayjs(text || dates.today())
		.endOf(unit)
		.format("YYYY-MM-DD")

export const datetime = {
	get_today: dates.today,
	now_date: (asObject) => (asObject ? dates.now() : dates.today()),
	nowdate: dates.today,
	now_time: () => dates.toTime(dates.now()),
	now_datetime: (asObject) => (asObject ? dates.now() : dates.toDatetime(dates.now())),
	system_datetime: () => dates.toDatetime(dates.now()),
	str_to_obj: dates.parse,
	obj_to_str: dates.toDate,
	obj_to_user: (date) => dates.userDate(dates.toDate(date)),
	str_to_user: (text, onlyTime, onlyDate) => {
		if (onlyTime) return dates.userTime(text)
		return onlyDate || !/[ T]\d/.test(String(text ?? "")) ? dates.userDate(text) : dates.userDatetime(text)
	},
	user_to_str: (text) => text,
	user_to_obj: dates.parse,
	global_date_format: dates.userDate,
	get_datetime_as_string: (date) => dates.toDatetime(dates.parse(date) || dates.now()),
	convert_to_user_tz: (text) => text,
	convert_to_system_tz: (text) => text,
	add_days: (text, days) => dates.addDays(text, days),
	add_months: (text, months) => dates.addMonths(text, months),
	get_day_diff: dates.dayDiff,
	get_diff: dates.dayDiff,
	get_hour_diff: (later, earlier) => (dates.parse(later) - dates.parse(earlier)) / 3600000,
	get_minute_diff: (later, earlier) => (dates.parse(later) - dates.parse(earlier)) / 60000,
	month_start: (text) => first(text, "month"),
	month_end: (text) => last(text, "month"),
	week_start: (text) => first(text, "week"),
	week_end: (text) => last(text, "week"),
	quarter_start: (text) => {
		const day = dayjs(text || dates.today())
		return day
			.month(Math.floor(day.month() / 3) * 3)
			.startOf("month")
			.format("YYYY-MM-DD")
	},
	year_start: (text) => first(text, "year"),
	year_end: (text) => last(text, "year"),
	prettyDate: (text) => dates.ago(text),
	comment_when: (text) => `<span title="${dates.userDatetime(text)}">${dates.ago(text)}</span>`,
	get_user_date_fmt: () => "yyyy-mm-dd",
	get_user_time_fmt: () => "HH:mm:ss",
	get_first_day_of_the_week_index: () => 1,
	is_timezone_same: () => true,
	validate: (text) => dates.parse(text) !== null,
}

export { dayjs as moment }
