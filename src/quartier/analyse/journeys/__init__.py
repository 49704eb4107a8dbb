"""Journeys: what persons do one thing after the other. Funnels, paths, time between steps, return, common sequences.

Every figure here is a count of persons that the condition language can say as well, so that a step, a drop-off or a
sequence opens as a segment.
"""
