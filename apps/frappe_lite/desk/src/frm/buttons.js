/** Buttons that scripts add to a page: data for the toolbar, with the few jQuery calls scripts make on them. */
import { reactive } from "vue"

/** One button; `state` is what the toolbar renders. */
export class ButtonHandle {
	constructor({ label, action, group = null, type = "default" }) {
		this.state = reactive({ label, action, group, type, disabled: false, hidden: false, removed: false })
		this.length = 1
		this[0] = this
	}

	addClass(names) {
		const match = /btn-(primary|danger|default|success|warning|secondary)/.exec(names)
		if (match) this.state.type = match[1]
		if (/\bhid(e|den)\b/.test(names)) this.state.hidden = true
		return this
	}

	removeClass(names) {
		if (names?.includes(`btn-${this.state.type}`)) this.state.type = "default"
		if (/\bhid(e|den)\b/.test(names || "")) this.state.hidden = false
		return this
	}

	toggleClass(names, on) {
		return on ? this.addClass(names) : this.removeClass(names)
	}

	prop(name, value) {
		if (value === undefined) return this.state[name]
		if (name === "disabled") this.state.disabled = Boolean(value)
		return this
	}

	attr(name, value) {
		return name === "disabled" ? this.prop("disabled", value) : this
	}

	removeAttr(name) {
		return this.prop(name, false)
	}

	show() {
		this.state.hidden = false
		return this
	}

	hide() {
		this.state.hidden = true
		return this
	}

	toggle(visible) {
		this.state.hidden = !(visible ?? this.state.hidden)
		return this
	}

	text(label) {
		if (label === undefined) return this.state.label
		this.state.label = label
		return this
	}

	html(label) {
		return this.text(label)
	}

	click(fn) {
		if (fn) this.state.action = fn
		else this.state.action?.()
		return this
	}

	on(event, fn) {
		if (event.startsWith("click")) this.state.action = fn
		return this
	}

	off() {
		return this
	}

	remove() {
		this.state.removed = true
		return this
	}

	css() {
		return this
	}

	tooltip() {
		return this
	}

	find() {
		return this
	}

	parent() {
		return this
	}
}
