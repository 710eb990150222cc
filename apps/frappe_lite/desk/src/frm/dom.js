/** A small jQuery-like `$`: what desk scripts use of it on field wrappers, dialogs and HTML fields. */

function parseNodes(source) {
	if (source == null) return []
	if (source instanceof Query) return [...source]
	if (source.nodeType || source === window) return [source]
	if (typeof source === "string") {
		const text = source.trim()
		if (!text.startsWith("<")) return [...document.querySelectorAll(text)]
		const template = document.createElement("template")
		template.innerHTML = text
		return [...template.content.childNodes]
	}
	return [...source].flatMap(parseNodes)
}

const elements = (nodes) => nodes.filter((node) => node.nodeType === 1)
const dashed = (name) => name.replace(/[A-Z]/g, (char) => `-${char.toLowerCase()}`)
const pixels = (value) => (typeof value === "number" ? `${value}px` : value)

class Query extends Array {
	static get [Symbol.species]() {
		return Array
	}

	get(index) {
		return index === undefined ? [...this] : this.at(index)
	}

	each(fn) {
		Array.prototype.forEach.call(this, (node, i) => fn.call(node, i, node))
		return this
	}

	eq(index) {
		return $(this.at(index))
	}

	first() {
		return this.eq(0)
	}

	last() {
		return this.eq(-1)
	}

	find(selector) {
		return $(elements(this.get()).flatMap((node) => [...node.querySelectorAll(selector)]))
	}

	filter(test) {
		const matches = (node, i) =>
			typeof test === "function" ? test.call(node, i, node) : node.matches?.(test)
		return $(this.get().filter(matches))
	}

	not(selector) {
		return $(this.get().filter((node) => !node.matches?.(selector)))
	}

	is(selector) {
		if (selector === ":checked") return Boolean(this[0]?.checked)
		if (selector === ":visible") return Boolean(this[0]?.isConnected && this[0].offsetParent !== null)
		return Boolean(this[0]?.matches?.(selector))
	}

	closest(selector) {
		return $(elements(this.get()).flatMap((node) => node.closest(selector) || []))
	}

	parent() {
		return $(this.get().flatMap((node) => node.parentElement || []))
	}

	children(selector) {
		const all = elements(this.get()).flatMap((node) => [...node.children])
		return $(selector ? all.filter((node) => node.matches(selector)) : all)
	}

	html(content) {
		if (content === undefined) return this[0]?.innerHTML
		return this.empty().append(typeof content === "function" ? content() : content)
	}

	text(content) {
		if (content === undefined)
			return this.get()
				.map((node) => node.textContent)
				.join("")
		return this.each((_, node) => (node.textContent = content ?? ""))
	}

	empty() {
		return this.each((_, node) => node.replaceChildren?.())
	}

	append(...contents) {
		for (const content of contents.flat()) {
			const nodes =
				typeof content === "string" || typeof content === "number" ? textNodes(content) : parseNodes(content)
			this[0]?.append(...nodes)
		}
		return this
	}

	prepend(content) {
		this[0]?.prepend(...(typeof content === "string" ? textNodes(content) : parseNodes(content)))
		return this
	}

	appendTo(target) {
		$(target).append(this)
		return this
	}

	prependTo(target) {
		$(target).prepend(this)
		return this
	}

	after(content) {
		this[0]?.after(...parseNodes(content))
		return this
	}

	before(content) {
		this[0]?.before(...parseNodes(content))
		return this
	}

	insertAfter(target) {
		$(target).after(this)
		return this
	}

	remove() {
		return this.each((_, node) => node.remove())
	}

	on(names, selector, handler) {
		const direct = typeof selector === "function"
		const fn = direct ? selector : handler
		for (const name of names.split(/\s+/)) {
			const type = name.split(".")[0]
			this.each((_, node) => node.addEventListener(type, direct ? bound(fn) : delegated(selector, fn)))
		}
		return this
	}

	off() {
		return this.each((_, node) => {
			if (node.parentNode) node.replaceWith(node.cloneNode(true))
		})
	}

	click(fn) {
		return fn ? this.on("click", fn) : this.each((_, node) => node.click())
	}

	change(fn) {
		return fn ? this.on("change", fn) : this.trigger("change")
	}

	trigger(name, detail) {
		return this.each((_, node) => node.dispatchEvent(new CustomEvent(name, { bubbles: true, detail })))
	}

	focus() {
		this[0]?.focus()
		return this
	}

	attr(name, value) {
		if (typeof name === "object") return this.#assign(name, (node, key, v) => node.setAttribute(key, v))
		if (value === undefined) return this[0]?.getAttribute?.(name) ?? undefined
		return this.each((_, node) => node.setAttribute(name, value))
	}

	removeAttr(name) {
		return this.each((_, node) => node.removeAttribute(name))
	}

	prop(name, value) {
		if (value === undefined) return this[0]?.[name]
		return this.each((_, node) => (node[name] = value))
	}

	data(name, value) {
		if (value === undefined) return this[0]?.dataset?.[name]
		return this.each((_, node) => (node.dataset[name] = value))
	}

	val(value) {
		if (value === undefined) return this[0]?.value
		return this.each((_, node) => (node.value = value))
	}

	css(name, value) {
		if (typeof name === "object")
			return this.#assign(name, (node, key, v) => node.style.setProperty(dashed(key), pixels(v)))
		if (value === undefined)
			return this[0] ? getComputedStyle(this[0]).getPropertyValue(dashed(name)) : undefined
		return this.each((_, node) => node.style.setProperty(dashed(name), pixels(value)))
	}

	#assign(map, set) {
		return this.each((_, node) => Object.entries(map).forEach(([key, value]) => set(node, key, value)))
	}

	addClass(names) {
		return this.#classes(names, (list, name) => list.add(name))
	}

	removeClass(names) {
		if (names === undefined) return this.each((_, node) => (node.className = ""))
		return this.#classes(names, (list, name) => list.remove(name))
	}

	toggleClass(names, on) {
		return this.#classes(names, (list, name) => list.toggle(name, on === undefined ? undefined : Boolean(on)))
	}

	hasClass(name) {
		return this.get().some((node) => node.classList?.contains(name))
	}

	#classes(names, change) {
		const list = String(names).split(/\s+/).filter(Boolean)
		return this.each((_, node) => list.forEach((name) => change(node.classList, name)))
	}

	show() {
		return this.each((_, node) => {
			node.hidden = false
			if (node.style?.display === "none") node.style.display = ""
			node.classList?.remove("hide", "hidden")
		})
	}

	hide() {
		return this.each((_, node) => (node.style.display = "none"))
	}

	toggle(visible) {
		const show = visible ?? this[0]?.style.display === "none"
		return show ? this.show() : this.hide()
	}

	width() {
		return this[0]?.offsetWidth
	}

	height() {
		return this[0]?.offsetHeight
	}
}

function textNodes(text) {
	const template = document.createElement("template")
	template.innerHTML = String(text)
	return [...template.content.childNodes]
}

/** As in jQuery, a handler that returns false stops the event. */
function finish(event, result) {
	if (result !== false) return
	event.preventDefault()
	event.stopPropagation()
}

const bound = (fn) =>
	function (event) {
		finish(event, fn.call(this, event))
	}

const delegated = (selector, fn) =>
	function (event) {
		const target = event.target.closest?.(selector)
		if (target && this.contains(target)) finish(event, fn.call(target, event))
	}

export function $(source, context) {
	if (typeof source === "function") {
		queueMicrotask(source)
		return $(document)
	}
	const found = typeof source === "string" && context ? $(context).find(source).get() : parseNodes(source)
	const query = new Query()
	for (const node of found) query.push(node)
	return query
}

$.fn = Query.prototype
$.each = (list, fn) => {
	const entries = Array.isArray(list) ? list.entries() : Object.entries(list || {})
	for (const [key, value] of entries) if (fn.call(value, key, value) === false) break
	return list
}
$.map = (list, fn) =>
	(Array.isArray(list) ? list : Object.values(list || {}))
		.map(fn)
		.flat()
		.filter((v) => v != null)
$.extend = (first, ...rest) =>
	first === true
		? Object.assign(rest[0], ...rest.slice(1).map((part) => structuredClone(part)))
		: Object.assign(first, ...rest)
$.isArray = Array.isArray
$.isEmptyObject = (object) => Object.keys(object || {}).length === 0
$.trim = (text) => String(text ?? "").trim()
$.when = (...jobs) => Promise.all(jobs)
$.proxy = (fn, self) => fn.bind(self)
