"""Mail: `sendmail` writes Email Queue rows, a job hands them to the SMTP server."""
