import frappe
from frappe.model import document_events

from tests.runtime.model.builders import field


def on_event(doc, method):
	doc.flags.setdefault("events", []).append(method)
	return {"from": "hook"}


def hooks(monkeypatch, **changed):
	known = frappe.get_hooks
	monkeypatch.setattr(
		frappe, "get_hooks", lambda hook=None, *a, **k: changed.get(hook) or known(hook, *a, **k)
	)
	frappe.clear_cache()


def test_hooks_of_the_doctype_and_of_all_run_after_the_controller(make_doctype, monkeypatch):
	doctype = make_doctype([field("title")])
	path = f"{__name__}.on_event"
	known = frappe.get_attr
	monkeypatch.setattr(frappe, "get_attr", lambda wanted: on_event if wanted == path else known(wanted))
	hooks(monkeypatch, doc_events={doctype: {"validate": [path]}, "*": {"on_update": [path]}})
	doc = frappe.get_doc({"doctype": doctype, "name": "a"}).insert()
	assert doc.flags.events == ["validate", "on_update"]
	assert doc.run_method("validate") == {"from": "hook"}


def test_hooks_may_name_several_doctypes(monkeypatch, db):
	monkeypatch.setattr(frappe, "get_attr", lambda wanted: on_event)
	hooks(monkeypatch, doc_events={("ToDo", "Note"): {"validate": ["a.b"]}})
	assert document_events.event_handlers("ToDo", "validate") == (on_event,)
	assert document_events.event_handlers("User", "validate") == ()


def test_a_value_with_the_name_of_an_event_does_not_stop_it(make_doctype):
	doctype = make_doctype([field("title")])
	doc = frappe.get_doc({"doctype": doctype, "name": "a"})
	doc.__dict__["set_title_field"] = "text"
	assert document_events._own_method(doc, "set_title_field") is not None
	assert document_events._own_method(doc, "no_such_event") is None
