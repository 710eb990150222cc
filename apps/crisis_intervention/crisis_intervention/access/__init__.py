"""Row rules: who may see which record, beyond what the roles say."""
