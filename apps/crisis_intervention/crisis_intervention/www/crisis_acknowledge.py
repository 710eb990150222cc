"""The page behind the link of a mail: the code of a duty and one tap; a GET writes nothing."""

import frappe

from crisis_intervention.crisis_plan.dispatch.links import open_link
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED

no_cache = 1
no_sitemap = 1


def get_context(context) -> None:
	"""Fill the page.

	:param context: page context; gets `code` only, or `expired`
	"""
	form = frappe.form_dict
	link = open_link(form.get("m"), form.get("e"), form.get("s"))
	context.no_cache = 1
	context.title = frappe._("Acknowledge")
	context.link = link and {"m": link.message, "e": int(form.e), "s": form.s}
	context.code = link.duty.name if link else ""
	context.used = bool(link) and (link.used or link.duty.state not in UNFULFILLED)
	context.lang = frappe.local.lang
	context.csrf = frappe.session.data.get("csrf_token") if frappe.session.user != "Guest" else ""
