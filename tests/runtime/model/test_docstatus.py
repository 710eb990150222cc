import pytest
from frappe.model.docstatus import DocStatus


@pytest.mark.parametrize(("value", "status"), [(None, 0), (0, 0), ("1", 1), (2, 2), ("abc", 0), (5, 5)])
def test_any_value_becomes_a_status(value, status):
	assert DocStatus.of(value) == status


def test_it_answers_questions():
	assert DocStatus.draft().is_draft()
	assert DocStatus.submitted().is_submitted()
	assert DocStatus.cancelled().is_cancelled()
	assert not DocStatus.of(5).is_cancelled()
