"""The MariaDB back end over MariaDB Connector/Python."""
