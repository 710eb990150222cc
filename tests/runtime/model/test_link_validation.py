import frappe
import pytest

from tests.runtime.model.builders import field


@pytest.fixture
def city(make_doctype):
	doctype = make_doctype([field("country"), field("people", "Int")])
	frappe.get_doc({"doctype": doctype, "name": "Rome", "country": "IT", "people": 3}).insert()
	return doctype


@pytest.fixture
def visit(make_doctype, city):
	return make_doctype(
		[
			field("city", "Link", options=city),
			field("country", fetch_from="city.country"),
			field("first_country", fetch_from="city.country", fetch_if_empty=1),
			field("about", "Link", options="DocType"),
			field("about_name", "Dynamic Link", options="about"),
		]
	)


def test_a_link_without_target_is_refused(visit):
	with pytest.raises(frappe.LinkValidationError, match="City: Atlantis"):
		frappe.get_doc({"doctype": visit, "name": "v", "city": "Atlantis"}).insert()
	doc = frappe.get_doc({"doctype": visit, "name": "v", "city": "Atlantis"})
	assert doc.insert(ignore_links=True).city == "Atlantis"


def test_a_dynamic_link_needs_its_type_and_target(visit, city):
	with pytest.raises(frappe.ValidationError, match="About"):
		frappe.get_doc({"doctype": visit, "name": "v", "about_name": "Rome"}).insert()
	with pytest.raises(frappe.LinkValidationError):
		frappe.get_doc({"doctype": visit, "name": "v", "about": city, "about_name": "Nowhere"}).insert()
	doc = frappe.get_doc({"doctype": visit, "name": "v", "about": city, "about_name": "rome"}).insert()
	assert doc.about_name == "Rome"


def test_values_are_fetched_again_at_every_save(visit, city):
	doc = frappe.get_doc({"doctype": visit, "name": "v", "city": "Rome", "country": "by hand"}).insert()
	assert (doc.country, doc.first_country) == ("IT", "IT")
	frappe.db.set_value(city, "Rome", "country", "Italia")
	doc.first_country = "mine"
	doc.save()
	assert (doc.country, doc.first_country) == ("Italia", "mine")


def test_links_to_cancelled_documents_are_refused_where_one_submits(make_doctype):
	bill = make_doctype([field("title")], is_submittable=1)
	pay = make_doctype([field("bill", "Link", options=bill)], is_submittable=1)
	note = make_doctype([field("bill", "Link", options=bill)])
	doc = frappe.get_doc({"doctype": bill, "name": "b1"}).insert()
	doc.submit()
	doc.cancel()
	with pytest.raises(frappe.CancelledLinkError):
		frappe.get_doc({"doctype": pay, "name": "p", "bill": "b1"}).insert()
	assert frappe.get_doc({"doctype": note, "name": "n", "bill": "b1"}).insert().bill == "b1"
