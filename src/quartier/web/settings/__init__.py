"""The room of settings: one's own profile; for owners users, keys, the workspace and the audit log."""
