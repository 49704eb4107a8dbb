"""The quality of the data: what needs attention, then the figures."""
