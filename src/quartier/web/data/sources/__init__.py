"""Sources: listed, written, fetched now, paused."""
