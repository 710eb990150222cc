import frappe
import pytest

from tests.runtime.model.builders import field

FIELDS = [
	field("title"),
	field("kind", "Select", options="\nRed\nGreen"),
	field("amount", "Float", non_negative=1),
	field("short_code", length=5),
	field("number", "Int"),
	field("mail", options="Email"),
	field("web", options="URL"),
	field("stars", "Rating"),
	field("html", "Text Editor"),
	field("note", "Small Text"),
	field("code", "Code"),
	field("free", "Small Text", ignore_xss_filter=1),
	field("secret", "Password"),
]


@pytest.fixture
def thing(make_doctype):
	return make_doctype(FIELDS)


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"kind": "Purple"}, frappe.ValidationError),
		({"amount": -1}, frappe.NonNegativeError),
		({"short_code": "123456"}, frappe.CharacterLengthExceededError),
		({"title": "x" * 141}, frappe.CharacterLengthExceededError),
		({"number": 2_147_483_648}, frappe.CharacterLengthExceededError),
		({"mail": "nobody"}, frappe.InvalidEmailAddressError),
		({"web": "not a url"}, frappe.ValidationError),
	],
)
def test_bad_values_are_refused_and_nothing_is_written(thing, values, error):
	with pytest.raises(error):
		frappe.get_doc({"doctype": thing, "name": "bad", **values}).insert()
	assert not frappe.db.exists(thing, "bad")


def test_good_values_are_kept(thing):
	values = {"kind": "Red ", "amount": 0, "short_code": "12345", "mail": "a@example.com", "stars": 7}
	doc = frappe.get_doc({"doctype": thing, "name": "good", **values}).insert()
	assert (doc.kind, doc.short_code, doc.stars) == ("Red", "12345", 1)


def test_scripts_are_cleaned_where_browsers_show_html(thing):
	evil = "<b>hi</b><script>alert(1)</script>"
	values = {"html": evil, "note": evil, "code": evil, "free": evil}
	doc = frappe.get_doc({"doctype": thing, "name": "xss", **values}).insert()
	assert "<script" not in doc.html
	assert "<b>hi</b>" in doc.html
	assert "<script" not in doc.note
	assert doc.code == doc.free == evil


def test_passwords_become_stars_and_can_be_read_by_code(thing):
	doc = frappe.get_doc({"doctype": thing, "name": "p", "secret": "s3cret!"}).insert()
	assert doc.secret == "*******"
	assert frappe.db.get_value(thing, "p", "secret") == "*******"
	again = frappe.get_doc(thing, "p")
	again.save()
	assert again.get_password("secret") == "s3cret!"
	assert again.is_dummy_password("****")
	assert not again.is_dummy_password("*a*")


def test_missing_values_are_named_with_their_row(make_doctype):
	line = make_doctype([field("item", reqd=1)], istable=1)
	order = make_doctype([field("title", reqd=1), field("lines", "Table", options=line)])
	with pytest.raises(frappe.MandatoryError, match="title, item"):
		frappe.get_doc({"doctype": order, "name": "o", "lines": [{}]}).insert()
	messages = [message.message for message in frappe.get_message_log()]
	assert "#1" in messages[-1]
	doc = frappe.get_doc({"doctype": order, "name": "o", "lines": [{}]})
	doc.insert(ignore_mandatory=True)
	assert frappe.db.exists(order, "o")


@pytest.mark.parametrize(
	("value", "is_missing"), [("", True), ("<p> </p>", True), (0, False), ("<img src=x>", False)]
)
def test_an_empty_text_counts_as_missing(make_doctype, value, is_missing):
	doctype = make_doctype([field("body", "Text Editor", reqd=1)])
	doc = frappe.get_doc({"doctype": doctype, "body": value})
	assert bool(doc._get_missing_mandatory_fields()) == is_missing


def test_the_naming_field_follows_the_name(make_doctype):
	doctype = make_doctype([field("code", unique=1)], autoname="field:code")
	doc = frappe.get_doc({"doctype": doctype, "code": "  two words  "}).insert()
	assert (doc.name, doc.code) == ("two words", "two words")
