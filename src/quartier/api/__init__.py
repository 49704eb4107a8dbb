"""What programs speak to: the tracking endpoints of the Segment HTTP API, and JSON under /api/v1.

`app.py` puts the routes together; `intake.py` takes the messages of a request to the journal and answers once they are
durable. Nothing here knows the engine.
"""
