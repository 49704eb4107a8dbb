"""Drivers: which traits go with an outcome, how much, in which direction, and which of them know it too well.

`leakage` looks for traits that were filled in after the outcome, `effects` and `weights` measure, `finding` puts it
together; `run` alone reads.
"""
