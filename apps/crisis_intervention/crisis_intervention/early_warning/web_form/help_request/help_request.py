"""The page on which students ask for help (art. 19): telephone numbers first, then few questions."""

from typing import Any

from frappe import _
from frappe.utils import escape_html

from crisis_intervention.early_warning.help_requests import telephone_numbers


def get_context(context: Any) -> Any:
	"""Put the telephone numbers above the form, whoever opens it and whether anything is sent or not.

	:param context: context of the web form's page
	"""
	numbers = telephone_numbers()
	context.no_cache = 1
	context.introduction_text = "".join((_lines(numbers), _introduction(numbers)))
	context.code_label = _("Your code")
	context.code_text = _("You need not remember it. With it the psychology teacher finds your message.")
	return context


def _lines(numbers: dict[str, str]) -> str:
	calls = [
		(numbers["line"], _("Help line, day and night")),
		(numbers["police"], _("Police")),
		(numbers["ambulance"], _("Ambulance")),
	]
	if numbers["school"]:
		calls.append((numbers["school"], _("On-call teacher of the school")))
	links = "".join(_call(number, label) for number, label in calls)
	return (
		f'<div class="help-lines"><p>{escape_html(_("In danger now? Do not wait for an answer, call:"))}</p>'
		f"<ul>{links}</ul></div>"
	)


def _call(number: str, label: str) -> str:
	dialled = "".join(sign for sign in number if sign in "+0123456789")
	return f'<li><a href="tel:{dialled}"><strong>{escape_html(number)}</strong> {escape_html(label)}</a></li>'


def _introduction(numbers: dict[str, str]) -> str:
	texts = [
		_("Talking helps. Write as much or as little as you like; your name is not needed."),
		_("Only the psychology teachers read this. If somebody is in danger, they get help."),
	]
	if numbers["place"]:
		texts.append(_("You may also just come: {0}").format(numbers["place"]))
	return "".join(f"<p>{escape_html(text)}</p>" for text in texts)
