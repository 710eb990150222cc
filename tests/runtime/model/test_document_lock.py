import frappe
import pytest


def test_a_locked_document_cannot_be_saved(db):
	doc = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
	doc.lock()
	try:
		assert doc.is_locked
		with pytest.raises(frappe.DocumentLockedError):
			frappe.get_doc("ToDo", doc.name).save()
		with pytest.raises(frappe.DocumentLockedError):
			frappe.get_doc("ToDo", doc.name).lock()
	finally:
		doc.unlock()
	assert not doc.is_locked
	frappe.get_doc("ToDo", doc.name).save()


def test_unlocking_twice_is_harmless(db):
	doc = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
	doc.unlock()
	assert not doc.is_locked
