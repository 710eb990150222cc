"""Tables of the queue; they are no DocTypes, as a job must be written without any document event."""

from __future__ import annotations

import frappe

JOBS = """create table if not exists `__jobs` (
	`id` varchar(64) not null primary key,
	`job_id` varchar(255),
	`job_name` varchar(255),
	`queue` varchar(64) not null,
	`method` varchar(255) not null,
	`arguments` longtext,
	`user` varchar(255),
	`event` varchar(140),
	`status` varchar(16) not null,
	`position` bigint not null,
	`timeout` int not null,
	`attempts` int not null default 0,
	`run_after` double not null default 0,
	`lease_owner` varchar(140),
	`lease_until` double not null default 0,
	`created` double not null,
	`started` double,
	`ended` double,
	`error` text
)"""

LEASES = """create table if not exists `__leases` (
	`name` varchar(140) not null primary key,
	`owner` varchar(140),
	`until` double not null default 0,
	`heartbeat` double not null default 0
)"""

INDEXES = (
	"create index if not exists `jobs_next` on `__jobs` (`status`, `queue`, `position`)",
	"create index if not exists `jobs_job_id` on `__jobs` (`job_id`)",
)


def create_tables() -> None:
	"""Create the queue's tables and indexes where they are missing; running it again changes nothing."""
	for statement in (JOBS, LEASES, *INDEXES):
		frappe.db.sql_ddl(statement)
