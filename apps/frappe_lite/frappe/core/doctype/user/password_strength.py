"""A plain rule for passwords: long enough, mixed enough, not the user's own name, not one everybody tries
first."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _

MIN_LENGTH = 8
COMMON = frozenset(
	(
		"12345678",
		"123456789",
		"1234567890",
		"11111111",
		"88888888",
		"abc12345",
		"abcd1234",
		"admin123",
		"iloveyou",
		"password",
		"password1",
		"password123",
		"qwerty123",
		"qwertyuiop",
		"woaini1314",
		"5201314520",
	)
)


def password_score(password: str, own_words: Iterable[str | None] = ()) -> tuple[int, list[str]]:
	"""Return a score of 0 (weak) to 4 and what would make the password better.

	Args:
		password: the password.
		own_words: words of the user an attacker knows, such as his name and address.
	"""
	lowered = password.lower()
	if lowered in COMMON or len(set(password)) < 4:
		return 0, [_("This is one of the passwords everybody tries first.")]
	words = [
		part for word in own_words if word for part in word.lower().replace("@", " ").split() if len(part) > 3
	]
	rest = lowered
	for word in words:
		rest = rest.replace(word, "")
	if rest != lowered and len(rest) < MIN_LENGTH:
		return 1, [_("Leave your name and address out of the password.")]
	kinds = sum(
		any(test(char) for char in password)
		for test in (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())
	)
	advice = []
	if len(password) < MIN_LENGTH:
		advice.append(_("Use at least {0} characters.").format(MIN_LENGTH))
	if kinds < 2 and len(password) < 2 * MIN_LENGTH:
		advice.append(_("Mix letters, digits and other characters, or use a whole sentence."))
	if advice:
		return 1, advice
	return min(4, 1 + kinds + (len(password) >= 12) - (kinds < 2)), []


def check_password_strength(password: str, own_words: Iterable[str | None] = ()) -> None:
	"""Refuse a weak password.

	Raises:
		ValidationError: its score is below the site's `minimum_password_score`.
	"""
	score, advice = password_score(password, own_words)
	wanted = int(frappe.get_system_settings("minimum_password_score") or 2)
	if score < wanted:
		text = " ".join(advice) or _("Use a longer password or mix more kinds of characters.")
		frappe.throw(text, title=_("Invalid Password"))


def spend_time_like_a_check(password: str) -> None:
	"""Hash once although nobody has that name, so that the time of the answer does not tell which names
	exist."""
	from frappe.utils.password import passlibctx

	passlibctx.hash(password)
