"""`/analyse/models`: which models there are, what each last found, and the form to run it.

A kind may have a view and a template of its own (`views`); without them its figures stand as tables.
"""
