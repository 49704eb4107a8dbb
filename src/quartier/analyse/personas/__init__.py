"""Personas: the portrait of a segment, made when it is asked for, so that it cannot fall behind its segment."""
