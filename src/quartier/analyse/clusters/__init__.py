"""Clusters: persons who are alike in several traits at once, found rather than drawn, and turned into rules.

From traits to a matrix (`preparing`), to groups of any number (`fitting`), to the number that data supports
(`choosing`), to names (`naming`) and to conditions that anybody can read (`rules`). `model` puts them together.
"""
