"""The query builder: PyPika with Frappe's names."""

from pypika import (
	Case,
	Criterion,
	DatePart,
	Field,
	Interval,
	JoinType,
	Order,
	Query,
	Schema,
	Table,
	Tuple,
)
from pypika.queries import Column
from pypika.terms import CustomFunction, PseudoColumn, ValueWrapper

from frappe.query_builder.terms import ParameterizedFunction, ParameterizedValueWrapper, SubQuery
from frappe.query_builder.utils import (
	DocType,
	get_query,
	get_query_builder,
	patch_query_aggregation,
	patch_query_execute,
)

__all__ = [
	"Case",
	"Column",
	"Criterion",
	"CustomFunction",
	"DatePart",
	"DocType",
	"Field",
	"Interval",
	"JoinType",
	"Order",
	"ParameterizedFunction",
	"ParameterizedValueWrapper",
	"PseudoColumn",
	"Query",
	"Schema",
	"SubQuery",
	"Table",
	"Tuple",
	"ValueWrapper",
	"get_query",
	"get_query_builder",
	"patch_query_aggregation",
	"patch_query_execute",
]
