"""Profit per person: what customers bring, less what they cost, from assumptions that are all stated."""
