"""Running expressions and scripts written by admins: `safe_eval` and `safe_exec`."""

from __future__ import annotations

import ast
import unicodedata
from functools import lru_cache
from types import CodeType
from typing import Any

import frappe
from frappe.types import _dict
from frappe.utils.sandbox import Budget, Transformer, guards, safe_pow, safe_range

SERVER_SCRIPT_FILE_PREFIX = "<serverscript>"
MAX_EXPRESSION = 10_000
MAX_SCRIPT = 200_000


class ServerScriptNotEnabled(frappe.PermissionError):
	"""Scripts are switched off by `server_script_enabled` in the site's configuration."""


class NamespaceDict(_dict):
	"""A namespace of a script; a missing name says which one it is."""

	def __getattr__(self, key: str) -> Any:
		value = self.get(key)
		if value is None and key not in self and not key.startswith("__"):

			def missing(*_args: Any, **_kwargs: Any) -> None:
				raise AttributeError(f"module has no attribute '{key}'")

			return missing
		return value


EVAL_NAMES: dict[str, Any] = {
	"int": int,
	"float": float,
	"long": int,
	"round": round,
	"abs": abs,
	"min": min,
	"max": max,
	"sum": sum,
	"len": len,
	"str": str,
	"bool": bool,
	"any": any,
	"all": all,
	"sorted": sorted,
	"set": set,
	"list": list,
	"tuple": tuple,
}
SCRIPT_BUILTINS: dict[str, Any] = {
	**EVAL_NAMES,
	"None": None,
	"True": True,
	"False": False,
	"callable": callable,
	"chr": chr,
	"complex": complex,
	"divmod": divmod,
	"enumerate": enumerate,
	"filter": filter,
	"frozenset": frozenset,
	"hash": hash,
	"hex": hex,
	"id": id,
	"isinstance": isinstance,
	"map": map,
	"next": next,
	"oct": oct,
	"ord": ord,
	"pow": safe_pow,
	"range": safe_range,
	"repr": repr,
	"reversed": reversed,
	"slice": slice,
	"zip": zip,
	"ArithmeticError": ArithmeticError,
	"AttributeError": AttributeError,
	"Exception": Exception,
	"IndexError": IndexError,
	"KeyError": KeyError,
	"LookupError": LookupError,
	"OverflowError": OverflowError,
	"RuntimeError": RuntimeError,
	"StopIteration": StopIteration,
	"TypeError": TypeError,
	"ValueError": ValueError,
	"ZeroDivisionError": ZeroDivisionError,
}


def is_safe_exec_enabled() -> bool:
	"""Tell whether scripts of admins may run; they may unless the configuration says otherwise."""
	enabled = frappe.conf.get("server_script_enabled")
	return True if enabled is None else bool(enabled)


def safe_eval(code: str, eval_globals: dict | None = None, eval_locals: dict | None = None) -> Any:
	"""Return the value of an expression.

	Args:
		code: one Python expression; names with underscores and assignments do not work.
		eval_globals, eval_locals: names the expression may use.

	Raises:
		SyntaxError: it is no expression, or uses what is not allowed.
		frappe.utils.sandbox.WorkLimitExceeded: it makes something too large.
	"""
	compiled = _compile(unicodedata.normalize("NFKC", code).strip(), "<safe_eval>", "eval", MAX_EXPRESSION)
	names = {**(eval_globals or {}), **EVAL_NAMES, **(eval_locals or {}), **guards(), "__builtins__": {}}
	return eval(compiled, names)


def safe_exec(
	script: str,
	_globals: dict | None = None,
	_locals: dict | None = None,
	*,
	restrict_commit_rollback: bool = False,
	script_filename: str | None = None,
) -> tuple[Any, dict | None]:
	"""Run a script in the namespace Frappe gives to server scripts; return its globals and locals.

	Args:
		script: Python statements.
		_globals: further names.
		_locals: names of the script, such as `doc`; what it sets is in there afterwards.
		restrict_commit_rollback: the script may not end the transaction.
		script_filename: name for tracebacks.

	Raises:
		ServerScriptNotEnabled: scripts are switched off.
		SyntaxError: the script uses what is not allowed.
	"""
	if not is_safe_exec_enabled():
		message = frappe._(
			"Server Scripts are disabled. Please enable server scripts from bench configuration."
		)
		frappe.throw(message, ServerScriptNotEnabled, title=frappe._("Server Scripts Disabled"))
	filename = SERVER_SCRIPT_FILE_PREFIX + (f": {frappe.scrub(script_filename)}" if script_filename else "")
	compiled = _compile(unicodedata.normalize("NFKC", script), filename, "exec", MAX_SCRIPT)
	names = get_safe_globals()
	if restrict_commit_rollback:
		for name in ("commit", "rollback", "add_index"):
			names.frappe.db.pop(name, None)
	names.update(_globals or {})
	names.update(guards(Budget(seconds=float(frappe.conf.server_script_timeout or 30))))
	names["_print_"] = PrintCollector
	with _in_safe_exec():
		exec(compiled, names, _locals)
	return names, _locals


class PrintCollector:
	"""What a script prints goes to the log of the request."""

	def __init__(self, _getattr_: Any = None) -> None:
		self.txt: list[str] = []

	def _call_print(self, *objects: Any, **_options: Any) -> None:
		text = " ".join(str(item) for item in objects)
		self.txt.append(text)
		frappe.log(text)

	def __call__(self) -> str:
		return "\n".join(self.txt)


class _in_safe_exec:
	"""Marks that a script runs, so that `frappe.call` checks whitelisting and queries only read."""

	def __enter__(self) -> None:
		self.before = frappe.flags.in_safe_exec
		frappe.flags.in_safe_exec = True

	def __exit__(self, *error: object) -> None:
		frappe.flags.in_safe_exec = self.before


@lru_cache(maxsize=512)
def _compile(source: str, filename: str, mode: str, limit: int) -> CodeType:
	from RestrictedPython import compile_restricted

	if len(source) > limit:
		raise SyntaxError(f"The code is longer than {limit} characters")
	if mode == "eval":
		_refuse_statements(source)
	try:
		return compile_restricted(source, filename=filename, policy=Transformer, mode=mode)
	except RecursionError as error:
		raise SyntaxError("The code is nested too deeply") from error


def _refuse_statements(source: str) -> None:
	for node in ast.walk(ast.parse(source, mode="eval")):
		if isinstance(node, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
			raise SyntaxError(f"Operation not allowed: line {node.lineno} column {node.col_offset}")


def get_safe_globals() -> NamespaceDict:
	"""Return the names of a script: `frappe`, `_`, `json` and Python's harmless builtins."""
	from frappe.utils.safe_namespace import script_names

	names = NamespaceDict(script_names())
	names.update({**guards(), "__builtins__": dict(SCRIPT_BUILTINS)})
	return names


def get_safe_data_utils() -> Any:
	"""Return the date and number functions scripts and templates may use, `frappe.utils` for them."""
	from frappe.utils.safe_namespace import safe_utils

	return NamespaceDict(safe_utils())


def check_safe_sql_query(query: str, throw: bool = True) -> bool:
	"""Tell whether a statement only reads.

	Raises:
		frappe.PermissionError: it writes and `throw` is given.
	"""
	from frappe.database.utils import first_word

	if first_word(query) in ("select", "explain", "with"):
		return True
	if throw:
		message = frappe._("Query must be of SELECT or read-only WITH type.")
		frappe.throw(message, title=frappe._("Unsafe SQL query"), exc=frappe.PermissionError)
	return False


def read_sql(query: Any, *args: Any, **kwargs: Any) -> Any:
	"""Run a statement that only reads."""
	check_safe_sql_query(str(query))
	return frappe.db.sql(query, *args, **kwargs)
