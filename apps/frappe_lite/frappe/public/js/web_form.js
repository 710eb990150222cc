// A web form in the browser: sends it as JSON, runs the form's own script, offers the names Frappe offers it.
(() => {
	const data = JSON.parse(document.getElementById("web-form-data").textContent);
	const form = document.getElementById("web-form");
	const errors = document.querySelector(".web-form-errors");
	const handlers = {};

	const control = (fieldname) => form?.elements.namedItem(fieldname);
	const wrapper = (fieldname) => document.querySelector(`.frappe-control[data-fieldname="${fieldname}"]`);

	function value_of(element) {
		if (!element) return undefined;
		return element.type === "checkbox" ? Number(element.checked) : element.value;
	}

	function set_value_of(element, value) {
		if (!element) return;
		if (element.type === "checkbox") element.checked = Boolean(Number(value));
		else element.value = value ?? "";
	}

	function values() {
		const found = {};
		for (const element of form?.elements ?? []) {
			if (element.name && element.type !== "hidden") found[element.name] = value_of(element);
		}
		return found;
	}

	async function call({ method, args = {}, type = "POST", callback } = {}) {
		const headers = { "Content-Type": "application/json", Accept: "application/json" };
		const token = control("csrf_token")?.value;
		if (token) headers["X-Frappe-CSRF-Token"] = token;
		const query = type === "GET" ? `?${new URLSearchParams(args)}` : "";
		const response = await fetch(`/api/method/${method}${query}`, {
			method: type,
			headers,
			body: type === "GET" ? undefined : JSON.stringify(args),
		});
		const answer = await response.json().catch(() => ({}));
		if (!response.ok) {
			show_error(messages_of(answer) || response.statusText);
			return { ...answer, exc: answer.exc || response.statusText };
		}
		callback?.(answer);
		return answer;
	}

	function messages_of(answer) {
		const texts = JSON.parse(answer._server_messages || "[]").map((text) => JSON.parse(text).message);
		return new DOMParser().parseFromString(texts.join("\n"), "text/html").body.textContent;
	}

	function show_error(text) {
		if (!errors) return;
		errors.textContent = text;
		if (text) errors.scrollIntoView({ block: "center" });
	}

	/** Answers come in the language that the visitor chose. */
	function language() {
		const chosen = control("_lang")?.value;
		return chosen ? { _lang: chosen } : {};
	}

	const web_form = {
		name: data.name,
		title: data.title,
		success_url: data.success_url,
		is_new: true,
		get doc() {
			return values();
		},
		get_value: (fieldname) => value_of(control(fieldname)),
		get_values: values,
		get_field: (fieldname) => ({ $wrapper: wrapper(fieldname), $input: control(fieldname) }),
		set_value(fieldname, value) {
			const pairs = typeof fieldname === "object" ? fieldname : { [fieldname]: value };
			for (const [name, wanted] of Object.entries(pairs)) {
				set_value_of(control(name), wanted);
				changed(name);
			}
		},
		set_df_property(fieldname, property, value) {
			if (property === "hidden") wrapper(fieldname)?.classList.toggle("hidden", Boolean(Number(value)));
			const element = control(fieldname);
			if (element && property === "reqd") element.required = Boolean(Number(value));
			if (element && property === "read_only") element.disabled = Boolean(Number(value));
		},
		on(fieldname, handler) {
			(handlers[fieldname] ??= []).push(handler);
		},
		handle_success(saved) {
			if (this.success_url) {
				window.location.href = this.success_url;
				return saved;
			}
			document.querySelector(".web-form-container")?.classList.add("hidden");
			document.querySelector(".web-form-language")?.classList.add("hidden");
			const page = document.querySelector(".success-page");
			page.classList.remove("hidden");
			page.scrollIntoView({ block: "start" });
			return saved;
		},
		async save() {
			show_error("");
			if ((await this.validate?.()) === false) return false;
			const answer = await call({
				method: "frappe.website.doctype.web_form.web_form.accept",
				args: { web_form: data.name, data: JSON.stringify(values()), ...language() },
			});
			if (answer.exc) return false;
			this.handle_success(answer.message);
			this.after_save?.();
			return true;
		},
	};

	/** A field with `depends_on` is shown while its condition holds. */
	function show_dependent() {
		const doc = values();
		for (const [fieldname, condition] of Object.entries(data.depends_on)) {
			const expression = condition.startsWith("eval:") ? condition.slice(5) : `doc["${condition}"]`;
			let shown = true;
			try {
				shown = Boolean(new Function("doc", `return (${expression})`)(doc));
			} catch {
				shown = true;
			}
			wrapper(fieldname)?.classList.toggle("hidden", !shown);
		}
	}

	function changed(fieldname) {
		show_dependent();
		for (const handler of handlers[fieldname] ?? []) handler({ df: { fieldname } }, web_form.get_value(fieldname));
	}

	const ready = (action) => action();
	window.frappe = {
		...window.frappe,
		web_form,
		ready,
		call,
		msgprint: (message) => show_error(typeof message === "string" ? message : message.message),
		throw(message) {
			show_error(message);
			throw new Error(message);
		},
		_messages: data.messages,
	};
	window.__ = (text, replaced = []) =>
		(data.messages[text] ?? text).replace(/\{(\d+)\}/g, (place, index) => replaced[index] ?? place);

	form?.addEventListener("change", (event) => event.target.name && changed(event.target.name));
	form?.addEventListener("submit", async (event) => {
		event.preventDefault();
		const button = form.querySelector("button[type=submit]");
		button.disabled = true;
		try {
			await web_form.save();
		} finally {
			button.disabled = false;
		}
	});
	if (data.script) new Function(data.script)();
	if (form) show_dependent();
	web_form.after_load?.();
	if (data.saved) web_form.handle_success(data.saved);
})();
