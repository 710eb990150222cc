"""What a site starts with and admins own: inserted once, updated only while nobody touched it."""
