"""The host's own ways to send something out, closed for records of cases and students: one file per reason.

What the school tells anybody goes through the app's dispatcher, which asks whether the recipient may know.
"""
