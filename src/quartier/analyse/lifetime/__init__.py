"""Lifetime value: how often customers will buy again, who still will, and what that is worth."""
