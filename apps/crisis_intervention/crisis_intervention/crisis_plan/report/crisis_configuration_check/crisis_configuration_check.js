frappe.query_reports["Crisis Configuration Check"] = { filters: [] };
