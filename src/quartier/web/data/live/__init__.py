"""What arrives now."""
