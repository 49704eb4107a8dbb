"""What people open in a browser: pages, fragments, forms, static files."""
