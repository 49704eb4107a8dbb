"""What SDKs, servers and forms send: bodies are decoded, messages checked, their clocks corrected, a verdict given.

Everything here is pure but `run.py`, which writes into the journal.
"""
