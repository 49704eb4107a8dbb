"""One module per figure of the report: its finding, its chart, its table."""
