"""From how many persons on an effect is visible; in a file of its own, which loads no statistics."""

ENOUGH = 2_500
"""Persons in whom an effect is visible: with a holdout of 20 %, a change from 10 % to 15 % of buyers shows itself in
eight cases of ten among 2,355 persons (see `evaluate.sizes`)."""
