"""Tables of a site that are no DocTypes."""

from __future__ import annotations

from typing import Any

FRAMEWORK_TABLES: dict[str, dict[str, str]] = {
	"tabSingles": {
		"doctype": "varchar(140)",
		"field": "varchar(140)",
		"value": "longtext",
		"index": "doctype, field",
	},
	"tabSeries": {
		"name": "varchar(100) not null",
		"current": "int not null default 0",
		"primary key": "name",
	},
	"__Auth": {
		"doctype": "varchar(140) not null",
		"name": "varchar(255) not null",
		"fieldname": "varchar(140) not null",
		"password": "text",
		"encrypted": "tinyint not null default 0",
		"primary key": "doctype, name, fieldname",
	},
	"tabSessions": {
		"user": "varchar(140)",
		"sid": "varchar(140)",
		"sessiondata": "longtext",
		"ipaddress": "varchar(64)",
		"lastupdate": "datetime(6)",
		"status": "varchar(20)",
		"index": "sid",
	},
	"__UserSettings": {
		"user": "varchar(140) not null",
		"doctype": "varchar(140) not null",
		"data": "longtext",
		"unique": "user, doctype",
	},
	"__global_version": {
		"name": "varchar(140) not null",
		"version": "bigint not null default 0",
		"primary key": "name",
	},
	"__global_search": {
		"doctype": "varchar(100)",
		"name": "varchar(140)",
		"title": "varchar(140)",
		"content": "longtext",
		"route": "varchar(140)",
		"published": "tinyint not null default 0",
		"unique": "doctype, name",
	},
	"__jobs": {
		"id": "varchar(64) not null",
		"job_id": "varchar(255)",
		"job_name": "varchar(255)",
		"queue": "varchar(64) not null",
		"method": "varchar(255) not null",
		"arguments": "longtext",
		"user": "varchar(255)",
		"event": "varchar(140)",
		"status": "varchar(16) not null",
		"position": "bigint not null",
		"timeout": "int not null",
		"attempts": "int not null default 0",
		"run_after": "double not null default 0",
		"lease_owner": "varchar(140)",
		"lease_until": "double not null default 0",
		"created": "double not null",
		"started": "double",
		"ended": "double",
		"error": "text",
		"primary key": "id",
		"index": "status, queue, position",
	},
	"__leases": {
		"name": "varchar(140) not null",
		"owner": "varchar(140)",
		"until": "double not null default 0",
		"heartbeat": "double not null default 0",
		"primary key": "name",
	},
}


def create_statement(table: str, columns: dict[str, str], table_class: Any) -> list[str]:
	"""Return the statements that create a framework table.

	Args:
		columns: column → definition; "primary key", "unique" and "index" name columns.
		table_class: DBTable class of the back end.
	"""
	parts, indexes = [], []
	for name, definition in columns.items():
		if name == "primary key":
			parts.append(f"primary key ({_names(definition)})")
		elif name in ("unique", "index"):
			index = f"{table}_{name}"
			unique = "unique " if name == "unique" else ""
			indexes.append(f"create {unique}index `{index}` on `{table}` ({_names(definition)})")
		else:
			parts.append(f"`{name}` {table_class.dialect(definition)}")
	return [f"create table `{table}` ({', '.join(parts)}){table_class.OPTIONS}", *indexes]


def _names(columns: str) -> str:
	return ", ".join(f"`{column.strip()}`" for column in columns.split(","))
