"""The profile of one person as a page of its own: `run` writes it, `compose` words it, `picture` draws links."""
