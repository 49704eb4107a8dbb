"""What programs speak to: the tracking endpoints of the Segment HTTP API, and JSON."""
