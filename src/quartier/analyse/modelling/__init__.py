"""What every model shares: its document, what it reads, what a run writes and records.

A model is a package of its own with a `model.py` that holds its `KIND`; `kinds` lists them all. What no model does for
itself: forms and command lines are made from the document, writing and recording are done in `run`.
"""
