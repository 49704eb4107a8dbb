"""The page of opportunities."""
