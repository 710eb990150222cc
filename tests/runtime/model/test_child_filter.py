import pytest
from frappe.model.child_filter import filter_rows

ROWS = [{"n": 1, "t": "ab"}, {"n": 2, "t": "ac"}, {"n": None, "t": None}]


@pytest.mark.parametrize(
	("filters", "found"),
	[
		({"n": 1}, [1]),
		({"n": ("!=", 1)}, [2, None]),
		({"n": (">", 1)}, [2]),
		({"n": ("<=", 1)}, [1]),
		({"n": ("in", [1, 2])}, [1, 2]),
		({"n": ("not in", [1])}, [2, None]),
		({"t": "^a"}, [1, 2]),
		({"n": True}, [1, 2]),
		({"n": False}, [None]),
		({"n": 1, "t": "ac"}, []),
	],
)
def test_conditions(filters, found):
	assert [row["n"] for row in filter_rows(ROWS, filters)] == found


def test_limit_ends_the_search():
	assert len(filter_rows(ROWS, {"t": "^a"}, limit=1)) == 1


def test_an_unknown_operator_is_an_error():
	with pytest.raises(KeyError):
		filter_rows(ROWS, {"n": ("~", 1)})
