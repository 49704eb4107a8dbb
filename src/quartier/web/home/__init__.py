"""The home page: the base at a glance."""
