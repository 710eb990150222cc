"""Lists of documents: `frappe.get_list` and `frappe.get_all`."""

from frappe.database.utils import DefaultOrderBy as DefaultOrderBy
from frappe.database.utils import FallBackDateTimeStr as FallBackDateTimeStr
from frappe.model.db_query.access import check_parent_permission as check_parent_permission
from frappe.model.db_query.dates import get_between_date_filter as get_between_date_filter
from frappe.model.db_query.dates import get_date_range as get_date_range
from frappe.model.db_query.dates import get_timespan_date_range as get_timespan_date_range
from frappe.model.db_query.query import DatabaseQuery as DatabaseQuery
from frappe.model.db_query.query import get_order_by as get_order_by
