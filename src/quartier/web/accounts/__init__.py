"""The rooms of accounts: companies and households, found and seen whole."""
