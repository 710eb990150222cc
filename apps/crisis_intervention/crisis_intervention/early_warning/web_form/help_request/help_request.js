frappe.ready(() => {
	const lines = document.querySelector(".help-lines")

	// Whoever is in danger sees whom to call before anything else.
	frappe.web_form.on("urgent", (field, value) => {
		lines?.classList.toggle("help-lines-now", Boolean(Number(value)))
		if (Number(value)) lines?.scrollIntoView({ behavior: "smooth", block: "start" })
	})

	const succeed = frappe.web_form.handle_success.bind(frappe.web_form)
	frappe.web_form.handle_success = (saved) => {
		succeed(saved)
		for (const text of document.querySelectorAll(".web-form-introduction > p")) text.hidden = true
		show_code(saved?.name)
	}

	function show_code(code) {
		const page = document.querySelector(".success-page")
		if (!code || !page || page.querySelector(".help-code")) return
		const box = document.createElement("div")
		box.className = "help-code"
		for (const [tag, text] of [
			["p", {{ code_label | tojson }}],
			["strong", code],
			["p", {{ code_text | tojson }}],
		]) {
			const part = document.createElement(tag)
			part.textContent = text
			box.append(part)
		}
		page.append(box)
	}
})
