"""The rule for passwords."""

from __future__ import annotations

import pytest
from frappe.core.doctype.user.password_strength import password_score


@pytest.mark.parametrize(
	"password", ["12345678", "aaaaaaaa", "short1", "abcdefgh", "ann.lee2026", "woaini1314"]
)
def test_weak_passwords_score_low_and_say_why(db: object, password: str) -> None:
	score, advice = password_score(password, ["ann.lee@example.com", "Ann"])
	assert score < 2 and advice


@pytest.mark.parametrize("password", ["Zx9!kkqP2w", "quiet river stone lamp", "月亮河边的小屋2026!"])
def test_good_passwords_score_high(db: object, password: str) -> None:
	score, advice = password_score(password, ["ann.lee@example.com"])
	assert score >= 2 and not advice
