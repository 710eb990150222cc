"""Text, HTML, addresses and checks."""

from __future__ import annotations

from typing import Any

import frappe
import frappe.utils as utils
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("plain")


def test_lists_in_words() -> None:
	assert utils.comma_and(["a", "b", "c"]) == "'a', 'b' and 'c'"
	assert utils.comma_and(["a", "b"], add_quotes=False) == "a and b"
	assert utils.comma_or(["a", 2], add_quotes=False) == "a or 2"
	assert utils.comma_and(["a"]) == "a"
	assert utils.comma_and([]) == ""
	assert utils.comma_and("a") == "a"


def test_small_helpers() -> None:
	assert utils.unique([3, 1, 3, 2, 1]) == [3, 1, 2]
	assert utils.dict_to_str({"a": 1, "b": "x y"}) == "a=1&b=x%20y"
	assert len(utils.random_string(20)) == 20
	assert utils.random_string(20) != utils.random_string(20)
	assert utils.strip("\ufeff a ", " ") == "a"
	assert utils.scrub("Student Case") == "student_case"
	assert utils.mask_string("13900001234") == "1390****234"
	assert utils.parse_json('{"a": 1}').a == 1
	assert utils.parse_json([1]) == [1]
	assert utils.is_json("[1]")
	assert not utils.is_json("a")


@given(st.text())
def test_escaped_text_has_no_markup(text: str) -> None:
	escaped = utils.escape_html(text)
	assert not set("<>\"'`") & set(escaped)
	assert utils.strip_html(escaped) == escaped


def test_plain_text_of_html() -> None:
	assert utils.strip_html("<p>a <b>b</b></p>") == "a b"
	assert utils.escape_html(5) == 5
	assert utils.is_html("<b>x</b>")
	assert not utils.is_html("1 < 2 and 3 > 2")


@pytest.mark.parametrize(
	"html",
	[
		"<script>alert(1)</script>",
		'<img src="x" onerror="alert(1)">',
		'<a href="javascript:alert(1)">x</a>',
		"<svg onload=alert(1)></svg>",
		'<iframe src="https://evil.example"></iframe>',
		'<a href="data:text/html,<script>alert(1)</script>">x</a>',
		'<img src="data:image/svg+xml,<svg onload=alert(1)>">',
		'<div style="background:url(javascript:alert(1))">x</div>',
		"<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
	],
)
def test_dangerous_html_is_cleaned(html: str) -> None:
	clean = utils.sanitize_html(html).lower()
	for word in ("<script", "javascript:", "onerror", "onload", "<iframe", "text/html", "svg+xml"):
		assert word not in clean


def test_harmless_html_stays() -> None:
	html = '<p class="x" data-id="5" style="color: red;">a <a href="https://a.cn" target="_blank">b</a></p>'
	assert utils.sanitize_html(html) == html
	assert utils.sanitize_html("1 < 2") == "1 < 2"
	assert utils.sanitize_html('{"a": "<script>"}') == '{"a": "<script>"}'
	image = '<img src="data:image/png;base64,AAAA">'
	assert utils.sanitize_html(image) == image


def test_markdown() -> None:
	assert utils.md_to_html("# A *b*\n\nc **d**\n\n- e\n- f") == (
		"<h1>A <em>b</em></h1>\n<p>c <strong>d</strong></p>\n<ul><li>e</li><li>f</li></ul>"
	)
	assert "<script" not in utils.md_to_html("<script>x</script> [a](javascript:x)")
	assert "javascript" not in utils.md_to_html("[a](javascript:x)")
	assert utils.md_to_html(None) is None


@pytest.mark.parametrize(
	("text", "expected"),
	[
		("a@b.cn", "a@b.cn"),
		("Name <a@b.cn>", "a@b.cn"),
		("a@b.cn, c@d.org", "a@b.cn, c@d.org"),
		("Administrator", "Administrator"),
		("", ""),
		("a b@c.cn", ""),
		("a@", ""),
		("@b.cn", ""),
		("a@@b.cn", ""),
		("a@b..cn", ""),
	],
)
def test_email_addresses(text: str, expected: str) -> None:
	assert utils.validate_email_address(text) == expected


def test_an_invalid_address_can_be_refused() -> None:
	with pytest.raises(frappe.InvalidEmailAddressError):
		utils.validate_email_address("<script>", throw=True)
	with pytest.raises(frappe.InvalidEmailAddressError):
		utils.validate_email_address("a@b.cn, nobody", throw=True)


def test_addresses_are_split() -> None:
	assert utils.split_emails('"Li, Ming" <a@b.cn>, c@d.cn;e@f.cn') == [
		'"Li, Ming" <a@b.cn>',
		"c@d.cn",
		"e@f.cn",
	]
	assert utils.parse_addr("Li Ming <a@b.cn>") == ("Li Ming", "a@b.cn")
	assert utils.extract_email_id("x <a@b.cn>") == "a@b.cn"


@pytest.mark.parametrize(
	("number", "valid"),
	[("+86 139 0000 0000", True), ("(021) 1234-5678", True), ("call me", False), ("", False)],
)
def test_telephone_numbers(number: str, valid: bool) -> None:
	assert utils.validate_phone_number(number) is valid
	if not valid:
		with pytest.raises(frappe.InvalidPhoneNumberError):
			utils.validate_phone_number(number, throw=True)


@pytest.mark.parametrize(
	("text", "schemes", "valid"),
	[
		("https://a.cn/b", None, True),
		("a.cn", None, False),
		("javascript:alert(1)", None, False),
		("http://a.cn", ["https"], False),
		("mailto:a@b.cn", None, True),
	],
)
def test_urls(text: str, schemes: Any, valid: bool) -> None:
	assert utils.validate_url(text, valid_schemes=schemes) is valid


def test_names_and_code_are_checked() -> None:
	assert utils.validate_name("Li Ming")
	assert utils.validate_name("李明")
	assert not utils.validate_name("<b>")
	utils.validate_python_code("doc.a > 5")
	with pytest.raises(frappe.ValidationError):
		utils.validate_python_code("doc.a >", "Condition")
	with pytest.raises(frappe.ValidationError):
		utils.validate_python_code("import os")


def test_addresses_of_the_site() -> None:
	frappe.conf.host_name = "https://school.example"
	assert utils.get_url("/a") == "https://school.example/a"
	assert utils.get_url("https://other.example/a") == "https://other.example/a"
	assert (
		utils.get_url_to_form("Student Case", "C/1 ü")
		== "https://school.example/app/student-case/C%2F1%20%C3%BC"
	)
	assert (
		utils.get_link_to_form("User", "<b>")
		== "<a href='https://school.example/app/user/%3Cb%3E'>&lt;b&gt;</a>"
	)
	assert utils.get_url_to_list("Student Case") == "https://school.example/app/student-case"


def test_casting() -> None:
	from datetime import date

	assert utils.cast("Int", "5.5") == 5
	assert utils.cast("Check", "true") == 1
	assert utils.cast("Currency", "1,000.5") == 1000.5
	assert utils.cast("Data", None) == ""
	assert utils.cast("Date", "2026-01-02") == date(2026, 1, 2)
	assert utils.cast("Date", None) == date(1, 1, 1)
	assert utils.cast("Table", [1]) == [1]


@pytest.mark.parametrize(
	("left", "operator", "right", "fieldtype", "expected"),
	[
		(5, ">", 3, None, True),
		("5", ">", "30", "Int", False),
		("2026-01-02", ">", "2026-01-01", "Date", True),
		(None, ">", 1, None, False),
		("a", "in", "a,b", None, True),
		("c", "not in", ["a", "b"], None, True),
		("Student", "like", "stu%", None, True),
		("", "is", "not set", "Data", True),
		(5, "between", [1, 9], None, True),
		("abc", "^", "ab", None, True),
		(1, "nonsense", 1, None, False),
	],
)
def test_comparison(left: Any, operator: str, right: Any, fieldtype: str | None, expected: bool) -> None:
	assert utils.compare(left, operator, right, fieldtype) is expected


def test_filters_on_a_document() -> None:
	doc = {"status": "Open", "count": 5}
	assert utils.evaluate_filters(doc, {"status": "Open", "count": (">", 3)})
	assert not utils.evaluate_filters(doc, [["status", "!=", "Open"]])
	assert utils.evaluate_filters(doc, [["Thing", "count", "in", [5, 6]]])


def test_programs_run_without_a_shell() -> None:
	_error, out = utils.execute_in_shell(["printf", "%s", "a; echo b"])
	assert out == b"a; echo b"
	with pytest.raises(frappe.CommandFailedError):
		utils.execute_in_shell("false", check_exit_code=True)


def test_tracebacks_name_no_folder_of_the_machine() -> None:
	assert utils.get_traceback() == ""
	try:
		raise ValueError("x")
	except ValueError:
		assert "ValueError: x" in utils.get_traceback()
		assert utils.get_bench_path() + "/" not in utils.get_traceback()
