/** `frm.page` / `listview.page`: title, indicator and buttons, as data the toolbar renders. */
import { reactive } from "vue"
import { $ } from "./dom.js"
import { ButtonHandle } from "./buttons.js"

export class Page {
	constructor() {
		this.state = reactive({
			title: "",
			indicator: null,
			primary: null,
			secondary: null,
			buttons: [],
			menu: [],
			primaryGroup: null,
		})
		this.wrapper = document.createElement("div")
		this.body = $(this.wrapper)
		this.main = this.body
		this.fields_dict = {}
	}

	get $wrapper() {
		return this.body
	}

	get buttons() {
		return this.state.buttons
	}

	set_title(title) {
		this.state.title = title
	}

	set_indicator(label, color = "gray") {
		this.state.indicator = { label, color }
	}

	clear_indicator() {
		this.state.indicator = null
	}

	set_primary_action(label, action) {
		const handle = new ButtonHandle({ label, action, type: "primary" })
		this.state.primary = handle
		this.btn_primary = handle
		return handle
	}

	clear_primary_action() {
		this.state.primary = null
	}

	set_secondary_action(label, action) {
		const handle = new ButtonHandle({ label, action })
		this.state.secondary = handle
		this.btn_secondary = handle
		return handle
	}

	clear_secondary_action() {
		this.state.secondary = null
	}

	clear_actions() {
		this.clear_primary_action()
		this.clear_secondary_action()
	}

	/** Adds a button, or replaces the one of the same label and group. */
	add_inner_button(label, action, group = null, type = "default") {
		this.remove_inner_button(label, group)
		const handle = new ButtonHandle({ label, action, group, type })
		this.state.buttons.push(handle)
		return handle
	}

	add_button(label, action, options = {}) {
		return this.add_inner_button(label, action, null, options.btn_class?.replace("btn-", "") || "default")
	}

	remove_inner_button(label, group = null) {
		this.state.buttons = this.state.buttons.filter(
			(b) => b.state.label !== label || (group && b.state.group !== group),
		)
	}

	clear_inner_toolbar() {
		this.state.buttons = []
		this.state.primaryGroup = null
	}

	set_inner_btn_group_as_primary(group) {
		this.state.primaryGroup = group
	}

	change_inner_button_type(label, group, type) {
		for (const button of this.state.buttons)
			if (button.state.label === label && (!group || button.state.group === group)) button.state.type = type
	}

	add_menu_item(label, action) {
		const handle = new ButtonHandle({ label, action })
		this.state.menu = [...this.state.menu.filter((item) => item.state.label !== label), handle]
		return handle
	}

	add_action_item(label, action) {
		return this.add_menu_item(label, action)
	}

	add_actions_menu_item(label, action) {
		return this.add_menu_item(label, action)
	}

	clear_menu() {
		this.state.menu = []
	}

	clear_actions_menu() {
		this.state.menu = []
	}

	get_or_add_inner_group_button(label) {
		return new ButtonHandle({ label })
	}

	set_title_sub() {}

	/** Everything scripts added; the form calls it before each refresh. */
	reset() {
		this.clear_inner_toolbar()
		this.clear_menu()
		this.clear_actions()
		this.clear_indicator()
	}
}
