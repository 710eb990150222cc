"""What code written by admins may do: names, attributes, amounts of work."""

from __future__ import annotations

import ast
import string
import time
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from RestrictedPython import RestrictingNodeTransformer
from RestrictedPython.Guards import guarded_iter_unpack_sequence, guarded_unpack_sequence

MAX_STEPS = 5_000_000
MAX_SECONDS = 30
MAX_RANGE = 1_000_000
MAX_LENGTH = 10_000_000
MAX_BITS = 100_000

# Attributes through which generators, coroutines, frames and functions lead to the interpreter.
UNSAFE_ATTRIBUTES = frozenset(
	(
		"gi_frame",
		"gi_code",
		"gi_yieldfrom",
		"cr_await",
		"cr_frame",
		"cr_code",
		"cr_origin",
		"cr_running",
		"ag_await",
		"ag_frame",
		"ag_code",
		"tb_frame",
		"tb_next",
		"f_back",
		"f_builtins",
		"f_code",
		"f_globals",
		"f_locals",
		"f_trace",
		"co_code",
		"func_code",
		"func_globals",
		"mro",
	)
)
CLOSED_TYPES = (
	types.ModuleType,
	types.CodeType,
	types.FrameType,
	types.TracebackType,
)
NEVER_WRITTEN = (
	*CLOSED_TYPES,
	type,
	types.FunctionType,
	types.MethodType,
	types.BuiltinFunctionType,
)


class WorkLimitExceeded(Exception):
	"""A script ran for too long or made something too large."""

	http_status_code = 417


class Transformer(RestrictingNodeTransformer):
	"""RestrictedPython's transformer; loops count their rounds, powers and products are checked."""

	def check_name(self, node: ast.AST, name: str, *args: Any, **kwargs: Any) -> None:
		"""Allow `_dict` and `_` besides ordinary names."""
		if name not in ("_dict", "_"):
			super().check_name(node, name, *args, **kwargs)

	def visit_While(self, node: ast.While) -> ast.AST:
		"""Count the rounds of a `while` loop."""
		node = self.node_contents_visit(node)
		tick = ast.Expr(ast.Call(ast.Name("_tick_", ast.Load()), [], []))
		node.body.insert(0, ast.copy_location(tick, node.body[0]))
		return ast.fix_missing_locations(node)

	def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
		"""Check the size of powers, products and shifts before they are made."""
		node = self.node_contents_visit(node)
		guard = {ast.Pow: "_power_", ast.Mult: "_product_", ast.LShift: "_shift_"}.get(type(node.op))
		if guard is None:
			return node
		call = ast.Call(ast.Name(guard, ast.Load()), [node.left, node.right], [])
		return ast.fix_missing_locations(ast.copy_location(call, node))

	def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
		"""Allow f-strings; what they name is checked like any other expression."""
		return self.node_contents_visit(node)

	visit_FormattedValue = visit_JoinedStr

	def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
		"""Allow annotated assignments."""
		return self.node_contents_visit(node)


class Budget:
	"""The work one run may do."""

	def __init__(self, steps: int = MAX_STEPS, seconds: float = MAX_SECONDS) -> None:
		self.steps = steps
		self.deadline = time.monotonic() + seconds

	def tick(self) -> None:
		"""Count one round of a loop.

		Raises:
			WorkLimitExceeded: there were too many, or they took too long.
		"""
		self.steps -= 1
		if self.steps <= 0 or (self.steps % 1000 == 0 and time.monotonic() > self.deadline):
			raise WorkLimitExceeded("The script ran for too long")

	def iterate(self, iterable: Iterable) -> Iterator:
		"""Yield the members of something while there is work left."""
		for item in iterable:
			self.tick()
			yield item


class SafeFormatter(string.Formatter):
	"""`str.format` whose fields are names, indexes and safe attributes only."""

	def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, Any]:
		"""Return the value a field names."""
		first, rest = string._string.formatter_field_name_split(field_name)  # type: ignore[attr-defined]
		value = self.get_value(first, args, kwargs)
		for is_attribute, name in rest:
			value = guarded_getattr(value, name) if is_attribute else value[name]
		return value, first

	def format_field(self, value: Any, format_spec: str) -> Any:
		"""Return a value in a field's format, whose width is bounded."""
		digits = "".join(char if char.isdigit() else " " for char in format_spec).split()
		if any(int(number) > MAX_RANGE for number in digits):
			raise WorkLimitExceeded("The format is too wide")
		return super().format_field(value, format_spec)


def guarded_getattr(obj: Any, name: Any, *default: Any) -> Any:
	"""Return an attribute that code of admins may see.

	Raises:
		AttributeError: it leads to the interpreter.
	"""
	if not isinstance(name, str) or type(name) is not str:
		raise TypeError("attribute name must be a string")
	if name in UNSAFE_ATTRIBUTES or name.startswith("_"):
		raise AttributeError(f'"{name}" is an invalid attribute name')
	if isinstance(obj, CLOSED_TYPES):
		raise AttributeError(f'"{name}" cannot be read from here')
	if name in ("format", "format_map") and (isinstance(obj, str) or obj is str):
		return _safe_format(obj, name)
	return getattr(obj, name, *default)


def _safe_format(text: Any, name: str) -> Callable:
	if not isinstance(text, str):
		raise AttributeError(f'"{name}" is called on texts only')
	if name == "format_map":
		return lambda mapping: SafeFormatter().vformat(text, (), mapping)
	return (
		SafeFormatter().format
		if text is str
		else lambda *args, **kwargs: SafeFormatter().format(text, *args, **kwargs)
	)


def guarded_getitem(obj: Any, key: Any) -> Any:
	"""Return a member of a container."""
	return obj[key]


def guarded_write(obj: Any) -> Any:
	"""Return an object whose attributes or members code of admins may set.

	Raises:
		TypeError: it is a module, class or function.
	"""
	if isinstance(obj, NEVER_WRITTEN):
		raise TypeError(f"Not allowed to write to object {obj!r} of type {type(obj).__name__}")
	return obj


def product(left: Any, right: Any) -> Any:
	"""Multiply, unless the result would be too large."""
	for sized, count in ((left, right), (right, left)):
		if hasattr(sized, "__len__") and isinstance(count, int) and len(sized) * count > MAX_LENGTH:
			raise WorkLimitExceeded("The product is too long")
	if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MAX_BITS:
		raise WorkLimitExceeded("The product is too large")
	return left * right


def power(base: Any, exponent: Any) -> Any:
	"""Raise to a power, unless the result would be too large."""
	if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * abs(exponent) > MAX_BITS:
		raise WorkLimitExceeded("The power is too large")
	return base**exponent


def shift(number: Any, places: Any) -> Any:
	"""Shift to the left, unless the result would be too large."""
	if isinstance(places, int) and places > MAX_BITS:
		raise WorkLimitExceeded("The shift is too far")
	return number << places


def inplace(operation: str, left: Any, right: Any) -> Any:
	"""Do an augmented assignment."""
	return _INPLACE[operation](left, right)


_INPLACE: dict[str, Callable[[Any, Any], Any]] = {
	"+=": lambda a, b: a + b if not isinstance(a, list) else (a.extend(b) or a),
	"-=": lambda a, b: a - b,
	"*=": product,
	"/=": lambda a, b: a / b,
	"//=": lambda a, b: a // b,
	"%=": lambda a, b: a % b,
	"**=": power,
	"<<=": shift,
	">>=": lambda a, b: a >> b,
	"|=": lambda a, b: a | b,
	"&=": lambda a, b: a & b,
	"^=": lambda a, b: a ^ b,
}


def safe_range(*args: int) -> range:
	"""`range` of bounded length."""
	found = range(*args)
	if len(found) > MAX_RANGE:
		raise WorkLimitExceeded("The range is too long")
	return found


def safe_pow(base: Any, exponent: Any, modulus: Any = None) -> Any:
	"""`pow` of bounded size."""
	return power(base, exponent) if modulus is None else pow(base, exponent, modulus)


def guards(budget: Budget | None = None) -> dict[str, Any]:
	"""Return the names that transformed code calls."""
	budget = budget or Budget()
	return {
		"_getattr_": guarded_getattr,
		"_getitem_": guarded_getitem,
		"_getiter_": budget.iterate,
		"_iter_unpack_sequence_": guarded_iter_unpack_sequence,
		"_unpack_sequence_": guarded_unpack_sequence,
		"_write_": guarded_write,
		"_inplacevar_": inplace,
		"_tick_": budget.tick,
		"_power_": power,
		"_product_": product,
		"_shift_": shift,
		"_apply_": lambda function, *args, **kwargs: function(*args, **kwargs),
	}
