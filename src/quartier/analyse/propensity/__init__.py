"""Propensity: the probability that each person does something next, or leaves, or takes a value; with a model card.

`behaviour` says what is read of events as of a cut, `samples` reads persons at a cut with what came after, `learned`
teaches, calibrates and judges, `card` tells, `model` puts it together.
"""
