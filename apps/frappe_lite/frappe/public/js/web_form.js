// Sends a web form as JSON and shows what the server answers.
(() => {
	const form = document.getElementById("web-form");
	const status = form.querySelector("[role=status]");
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const data = {};
		for (const control of form.elements) {
			if (control.name) data[control.name] = control.type === "checkbox" ? Number(control.checked) : control.value;
		}
		const headers = { "Content-Type": "application/json", Accept: "application/json" };
		if (form.dataset.csrf) headers["X-Frappe-CSRF-Token"] = form.dataset.csrf;
		const response = await fetch("/api/method/frappe.website.doctype.web_form.web_form.accept", {
			method: "POST",
			headers,
			body: JSON.stringify({ web_form: form.dataset.name, data: JSON.stringify(data) }),
		});
		const answer = await response.json().catch(() => ({}));
		if (response.ok) {
			form.replaceChildren(form.dataset.done);
			return;
		}
		const messages = JSON.parse(answer._server_messages || "[]").map((text) => JSON.parse(text).message);
		const page = new DOMParser().parseFromString(messages.join("\n"), "text/html");
		status.textContent = page.body.textContent || response.statusText;
	});
})();
