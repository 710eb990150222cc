"""Code of admins does what it may and nothing else."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.utils.sandbox import WorkLimitExceeded

pytestmark = pytest.mark.usefixtures("plain")


class Doc(frappe._dict):
	"""Something like a document."""


@pytest.mark.parametrize(
	("code", "expected"),
	[
		("doc.total > 5 and doc.status == 'Open'", True),
		("doc.get('missing') is None", True),
		("len([i for i in doc.rows if i.qty > 1])", 1),
		("sum(row.qty for row in doc.rows)", 3),
		("'{0}-{1}'.format(doc.status, 5)", "Open-5"),
		("f'{doc.total:.1f}'", "7.0"),
		("round(doc.total / 2, 1)", 3.5),
		("{'a': 1}['a']", 1),
		("doc.total if doc.total > 100 else 0", 0),
		("'x' in ['x', 'y']", True),
		("doc.status[0:2].upper()", "OP"),
		("2 ** 10", 1024),
		("'ab' * 2", "abab"),
		("any(row.qty == 2 for row in doc.rows)", True),
	],
)
def test_expressions(code: str, expected: Any) -> None:
	doc = Doc(total=7, status="Open", rows=[Doc(qty=1), Doc(qty=2)], _assign="[]")
	assert frappe.safe_eval(code, None, {"doc": doc}) == expected


@pytest.mark.parametrize(
	"code",
	[
		"__import__('os').system('true')",
		"().__class__.__bases__[0].__subclasses__()",
		"''.__class__",
		"(lambda: 0).__globals__",
		"'{0.__class__}'.format(5)",
		"'{a.__class__.__mro__}'.format_map({'a': 5})",
		"str.format('{0.__class__}', 5)",
		"'{0[__class__]}'.format(doc.__dict__)",
		"open('/etc/passwd')",
		"exec('1')",
		"eval('1')",
		"globals()",
		"getattr(doc, '__class__')",
		"(x for x in [1]).gi_frame",
		"(x := 5)",
		"frappe.db.sql('select 1')",
		"import os",
		"doc.total; 1",
		"[].__len__()",
		"type(5)",
		"ｇｌｏｂａｌｓ()",
		"doc.__class__",
		"f'{doc.__class__}'",
		"int.mro()",
		"_getattr_(doc, '__class__')",
	],
)
def test_ways_out_are_closed(code: str) -> None:
	with pytest.raises((SyntaxError, NameError, AttributeError, KeyError, TypeError)):
		frappe.safe_eval(code, None, {"doc": Doc(total=5)})


@pytest.mark.parametrize(
	"code",
	[
		"9 ** 9 ** 9",
		"'a' * 10 ** 9",
		"[0] * 10 ** 9",
		"1 << 10 ** 9",
		"sum(1 for a in rows for b in rows for c in rows)",
		"'{0:99999999999}'.format(1)",
	],
)
def test_work_is_bounded(code: str) -> None:
	with pytest.raises(WorkLimitExceeded):
		frappe.safe_eval(code, None, {"rows": [0] * 1000})


def test_deep_nesting_is_refused() -> None:
	with pytest.raises((SyntaxError, RecursionError, MemoryError)):
		frappe.safe_eval("(" * 5000 + ")" * 5000)


def test_names_given_are_not_changed() -> None:
	names: dict[str, Any] = {"x": 1}
	frappe.safe_eval("x + 1", names, None)
	assert names == {"x": 1}


# ------------------------------------------------------------------ scripts
@pytest.fixture
def run(db: Any) -> Any:
	"""Run a script on the site and return its locals."""
	from frappe.utils.safe_exec import safe_exec

	def execute(script: str, **names: Any) -> dict:
		values: dict[str, Any] = dict(names)
		safe_exec(script, None, values)
		return values

	return execute


def test_a_script_computes_and_writes_to_its_document(run: Any) -> None:
	doc = Doc(total=0, rows=[Doc(qty=1), Doc(qty=2)])
	run(
		"for row in doc.rows:\n\tdoc.total = doc.total + row.qty\nif doc.total > 2:\n\tdoc.status = 'Full'",
		doc=doc,
	)
	assert (doc.total, doc.status) == (3, "Full")


def test_a_script_reads_and_throws(run: Any) -> None:
	found = run(
		"name = frappe.db.get_value('User', 'Administrator', 'name')\n"
		"rows = frappe.db.sql('select name from tabUser where name = %s', 'Guest')\n"
		"user = str(frappe.session.user)\nday = frappe.utils.add_days('2026-01-31', 1)\ntext = _('Hello')"
	)
	assert (found["name"], found["rows"], found["user"]) == ("Administrator", (("Guest",),), "Administrator")
	assert found["day"] == "2026-02-01"
	with pytest.raises(frappe.ValidationError, match="stop"):
		run("frappe.throw('stop')")


@pytest.mark.parametrize(
	"script",
	[
		"import os",
		"frappe.db.sql('delete from tabUser')",
		"frappe.db.sql('update tabUser set enabled = 0')",
		"frappe.qb.from_('User').delete().run()",
		"frappe.get_attr('os.system')('true')",
		"frappe.call('os.system', 'true')",
		"frappe.utils.execute_in_shell('true')",
		"frappe.local.conf",
		"frappe.conf.encryption_key",
		"frappe.session.sid()",
		"x = frappe.__class__",
		"str.x = 5",
		"frappe.get_doc.__globals__",
		"class A:\n\tpass\nA.__subclasses__()",
	],
)
def test_a_script_cannot(run: Any, script: str) -> None:
	with pytest.raises(Exception) as error:
		run(script)
	assert not isinstance(error.value, frappe.utils.system.subprocess.SubprocessError)
	assert frappe.db.count("User") > 1


def test_an_endless_script_ends(run: Any) -> None:
	frappe.conf.server_script_timeout = 1
	with pytest.raises(WorkLimitExceeded):
		run("while True:\n\tpass")


def test_scripts_can_be_switched_off(run: Any) -> None:
	from frappe.utils.safe_exec import ServerScriptNotEnabled

	frappe.conf.server_script_enabled = 0
	with pytest.raises(ServerScriptNotEnabled):
		run("x = 1")


def test_transactions_of_document_scripts_are_not_theirs(db: Any) -> None:
	from frappe.utils.safe_exec import safe_exec

	with pytest.raises(AttributeError):
		safe_exec("frappe.db.commit()", None, {}, restrict_commit_rollback=True)
