"""The room `identify.matching`: which records are of one person, with what probability, and for which reasons."""
