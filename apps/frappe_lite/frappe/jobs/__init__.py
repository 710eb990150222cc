"""Work that happens outside a request: the job queue with its workers, and the scheduler.

`frappe.utils.background_jobs` and `frappe.utils.scheduler` are the faces apps know; what stands here is
behind them.
"""
