"""Modules of apps: where their files lie, how their records are imported and exported."""

from frappe.kernel.apps import scrub as scrub
from frappe.modules.utils import export_module_json as export_module_json
from frappe.modules.utils import get_doc_path as get_doc_path
from frappe.modules.utils import get_doctype_module as get_doctype_module
from frappe.modules.utils import get_module_name as get_module_name
from frappe.modules.utils import get_module_path as get_module_path
from frappe.modules.utils import load_doctype_module as load_doctype_module
from frappe.modules.utils import reload_doc as reload_doc
from frappe.modules.utils import scrub_dt_dn as scrub_dt_dn
