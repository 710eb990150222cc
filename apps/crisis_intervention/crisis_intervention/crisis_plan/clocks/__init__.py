"""The two clocks of the plan: the safety clock (day and night) and the routine clock (the school calendar).

Everything here is arithmetic over plain values. Datetimes are naive and in the site's time zone,
as Frappe stores them.
"""
