"""The running process of `quartier serve`: the server, and the worker that projects, refreshes and runs sources.

The server (`api`, `web`) knows the store and the journal. The worker is one thread and owns the engine. They meet in
the journal alone, so that a slow evaluation never delays an answer.
"""
