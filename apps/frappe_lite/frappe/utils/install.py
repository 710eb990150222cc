"""What a new site has before anybody used it: standard users, roles, languages, settings."""

import frappe
from frappe.core.doctype.file.utils import make_home_folder
from frappe.utils import now

STANDARD_ROLES = (
	"Administrator",
	"System Manager",
	"Guest",
	"All",
	"Desk User",
	"Website Manager",
	"Workspace Manager",
	"Dashboard Manager",
	"Report Manager",
	"Script Manager",
	"Prepared Report User",
	"Translator",
	"Inbox User",
)
ROLES_WITHOUT_DESK = ("Guest", "All")
# code, name as its speakers write it
LANGUAGES = (
	("zh", "简体中文"),
	("zh-TW", "繁體中文"),
	("en", "English"),
	("de", "Deutsch"),
	("es", "Español"),
	("fr", "Français"),
	("ja", "日本語"),
	("ko", "한국어"),
	("ru", "Русский"),
)
LANGUAGE, TIME_ZONE, COUNTRY = "zh", "Asia/Shanghai", "China"
# A school is empty for weeks in the holidays; the scheduler must not fall asleep then.
DORMANT_DAYS = 3650


def before_install():
	"""Do nothing; Frappe calls it between the tables and the records."""


def after_install():
	"""Insert the standard records of a new site."""
	make_roles(STANDARD_ROLES)
	insert_languages()
	set_settings()
	make_standard_users()
	make_home_folder()
	frappe.db.set_default("desktop:home_page", "workspace")


def make_roles(names):
	"""Insert those roles that do not exist yet, in one statement.

	Args:
		names: names of roles.
	"""
	existing = set(frappe.db.sql_list("select `name` from `tabRole`"))
	rows = [_role_row(name) for name in dict.fromkeys(names) if name and name not in existing]
	if rows:
		frappe.db.bulk_insert("Role", list(rows[0]), [tuple(row.values()) for row in rows])


def _role_row(name):
	shows = 0 if name in ROLES_WITHOUT_DESK else 1
	navigation = ("search_bar", "notifications", "list_sidebar", "bulk_actions", "view_switcher")
	navigation += ("form_sidebar", "timeline", "dashboard")
	return {
		"name": name,
		**stamps(),
		"role_name": name,
		"disabled": 0,
		"is_custom": 0,
		"two_factor_auth": 0,
		"desk_access": shows,
		**dict.fromkeys(navigation, 1),
	}


def stamps():
	"""Return the standard columns of a row written without a document."""
	moment = now()
	return {
		"owner": "Administrator",
		"modified_by": "Administrator",
		"creation": moment,
		"modified": moment,
		"docstatus": 0,
		"idx": 0,
	}


def insert_languages():
	"""Insert the languages a site may choose from, unless there are some already."""
	existing = set(frappe.db.sql_list("select `name` from `tabLanguage`"))
	fields = ("name", *stamps(), "language_code", "language_name", "enabled")
	rows = [(code, *stamps().values(), code, name, 1) for code, name in LANGUAGES if code not in existing]
	if rows:
		frappe.db.bulk_insert("Language", list(fields), rows)


def set_settings():
	"""Write System Settings and Website Settings as a Chinese school wants them at first."""
	values = {
		"language": LANGUAGE,
		"time_zone": TIME_ZONE,
		"country": COUNTRY,
		"setup_complete": 1,
		"enable_scheduler": 1,
		"dormant_days": DORMANT_DAYS,
		"allow_error_traceback": 0,
	}
	write_single("System Settings", values)
	for doctype in ("Website Settings", "Print Settings"):
		write_single(doctype, {})
	for key in ("language", "time_zone", "country"):
		frappe.db.set_default(key, values[key])
	for key in ("date_format", "time_format", "number_format", "first_day_of_the_week"):
		frappe.db.set_default(key, frappe.get_meta("System Settings").get_field(key).default)


def write_single(doctype, values):
	"""Write a Single with the defaults of its DocType, without loading its document.

	Args:
		doctype: a Single.
		values: fieldname → value, before the defaults.
	"""
	meta = frappe.get_meta(doctype)
	defaults = {field.fieldname: field.default for field in meta.fields if field.default not in (None, "")}
	frappe.db.set_single_value(doctype, {**defaults, **values}, update_modified=False)


def make_standard_users():
	"""Insert Administrator and Guest."""
	users = (
		{
			"name": "Administrator",
			"first_name": "Administrator",
			"email": "admin@example.com",
			"user_type": "System User",
			"roles": [{"role": "Administrator"}, {"role": "System Manager"}],
		},
		{
			"name": "Guest",
			"first_name": "Guest",
			"email": "guest@example.com",
			"user_type": "Website User",
			"roles": [{"role": "Guest"}],
		},
	)
	for values in users:
		if frappe.db.exists("User", values["name"]):
			continue
		doc = frappe.get_doc(
			{"doctype": "User", "enabled": 1, "send_welcome_email": 0, "is_admin": 1, **values}
		)
		doc.flags.update(no_welcome_mail=True, ignore_permissions=True, ignore_links=True)
		doc.insert(set_name=values["name"])


def set_admin_password(password):
	"""Set the password of Administrator.

	Args:
		password: in clear.
	"""
	from frappe.utils.password import update_password

	update_password("Administrator", password)
