"""The pages of associations and drivers."""
