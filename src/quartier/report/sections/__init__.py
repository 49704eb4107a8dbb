"""One module per part of the report that is made of words and tables: what is said, of how many."""
