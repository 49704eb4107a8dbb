"""Files brought in by hand: uploaded, their mapping settled, tried, imported."""
