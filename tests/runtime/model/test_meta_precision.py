import frappe
import pytest
from frappe.model.meta_precision import get_field_currency, get_field_precision

from tests.runtime.model.builders import field


def test_a_field_may_name_its_own_precision(db):
	assert get_field_precision(frappe._dict(fieldtype="Float", precision="6")) == 6
	assert get_field_precision(frappe._dict(fieldtype="Float")) == 3
	frappe.db.set_default("float_precision", "4")
	assert get_field_precision(frappe._dict(fieldtype="Float")) == 4


def test_currency_follows_the_field_it_names(db):
	df = frappe._dict(fieldtype="Currency", options="currency")
	assert get_field_currency(df, frappe._dict(currency="EUR")) == "EUR"
	frappe.db.set_default("currency", "CNY")
	assert get_field_currency(df, frappe._dict()) == "CNY"


def test_numbers_are_rounded_to_their_field(make_doctype):
	doctype = make_doctype([field("rate", "Float", precision="1"), field("title")])
	doc = frappe.get_doc({"doctype": doctype, "rate": 1.26})
	assert doc.precision("rate") == 1
	assert doc.precision("title") is None
	doc.round_floats_in(doc)
	assert doc.rate == pytest.approx(1.3)
