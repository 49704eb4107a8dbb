"""The room of segments: the list of all, and the pages of one."""
