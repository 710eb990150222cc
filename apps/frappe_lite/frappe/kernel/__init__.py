"""Floor 0: the state of one request or job, and what every other floor calls through the façade `frappe`."""
