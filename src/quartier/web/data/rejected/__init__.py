"""Rejected rows and messages: mended and replayed, or given up."""
