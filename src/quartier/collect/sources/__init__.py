"""Sources: records that are fetched from databases, REST services and folders, over and over, only what is new."""
