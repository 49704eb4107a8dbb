"""Signing in and out, and coming in for the first time by a link that works once."""
