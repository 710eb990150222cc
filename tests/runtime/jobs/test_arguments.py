from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from frappe.jobs import arguments

VALUES = {
	"text": "学生",
	"number": 3,
	"nothing": None,
	"yes": True,
	"day": date(2026, 11, 23),
	"moment": datetime(2026, 11, 23, 8, 30, 0, 5),
	"hour": time(8, 30),
	"span": timedelta(hours=2),
	"amount": Decimal("1.10"),
	"pair": (1, "two"),
	"members": {1, 2},
	"raw": b"\x00\xff",
	"nested": {"list": [{"day": date(2026, 1, 1)}], "by number": {1: "one"}},
	"tagged": {"~": "date", "v": "no date"},
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_as_it_was(name: str) -> None:
	stored = arguments.dump({name: VALUES[name]})
	found = arguments.load(stored)[name]
	assert found == VALUES[name]
	assert type(found) is type(VALUES[name]) or isinstance(found, dict)


def test_what_cannot_be_kept_is_refused_when_enqueued() -> None:
	with pytest.raises(TypeError, match="object"):
		arguments.dump({"it": object()})


def test_nothing_stored_means_no_arguments() -> None:
	assert arguments.load(None) == {}
