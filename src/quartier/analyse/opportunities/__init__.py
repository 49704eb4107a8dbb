"""Opportunities: what is large outside and small inside, what promises much and is left alone, what grows."""
