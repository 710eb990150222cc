/** `frm.dashboard`: the strip above the fields. */
import { reactive } from "vue"
import { $ } from "./dom.js"

export class Dashboard {
	constructor() {
		this.state = reactive({
			headline: "",
			color: "blue",
			indicators: [],
			progress: [],
			comments: [],
			sections: [],
			hidden: false,
		})
		this.wrapper = document.createElement("div")
		this.links_area = { hide() {}, show() {} }
		this.stats_area = this.links_area
		this.data = {}
	}

	reset() {
		Object.assign(this.state, {
			headline: "",
			indicators: [],
			progress: [],
			comments: [],
			sections: [],
			hidden: false,
		})
		this.wrapper.replaceChildren()
	}

	clear_headline() {
		this.state.headline = ""
	}

	set_headline(html, color = "blue") {
		Object.assign(this.state, { headline: html, color })
	}

	set_headline_alert(text, color = "blue") {
		text ? this.set_headline(text, color) : this.clear_headline()
	}

	add_indicator(label, color) {
		this.state.indicators.push({ label, color })
		return $("<span></span>")
	}

	clear_indicators() {
		this.state.indicators = []
	}

	/** @param {number|Array<{width: string, title: string}>} percent */
	add_progress(title, percent, message) {
		const bars = Array.isArray(percent) ? percent : [{ width: `${percent}%`, title: message || title }]
		const entry = reactive({ title, bars, message })
		this.state.progress.push(entry)
		return $("<div></div>")
	}

	show_progress(title, percent, message) {
		this.state.progress = this.state.progress.filter((entry) => entry.title !== title)
		this.add_progress(title, percent, message)
		if (percent >= 100) this.hide_progress(title)
	}

	hide_progress(title) {
		this.state.progress = title ? this.state.progress.filter((entry) => entry.title !== title) : []
	}

	add_comment(text, color = "blue") {
		this.state.comments.push({ text, color })
		return $("<div></div>")
	}

	clear_comment() {
		this.state.comments = []
	}

	/** A section with HTML of its own; returns its wrapper for further content. */
	add_section(html, label) {
		const element = document.createElement("div")
		$(element).html(html || "")
		this.state.sections.push({ label, element })
		return $(element)
	}

	make_section({ label, body_html } = {}) {
		return this.add_section(body_html, label)
	}

	add_transactions() {}
	render_heatmap() {}
	refresh() {}

	show() {
		this.state.hidden = false
	}

	hide() {
		this.state.hidden = true
	}
}
