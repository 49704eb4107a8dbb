"""The rooms of persons: found, seen whole, and decided of who is who."""
