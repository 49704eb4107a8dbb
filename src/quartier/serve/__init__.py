"""The running process of `quartier serve`: the server, and the worker that projects, refreshes and runs sources."""
