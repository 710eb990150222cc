import frappe


def test_a_new_site_has_its_standard_records(db):
	assert frappe.get_installed_apps()[0] == "frappe"
	assert db.exists("User", "Administrator") and db.exists("User", "Guest")
	assert "System Manager" in frappe.get_roles("Administrator")
	assert db.get_single_value("System Settings", "language") == "zh"
	assert db.get_single_value("System Settings", "time_zone") == "Asia/Shanghai"
	assert db.exists("Module Def", "Core")
