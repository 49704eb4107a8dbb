"""Quartier: customer segmentation from raw data to measured results.

>>> import quartier
>>> ws = quartier.open("my-shop")          # doctest: +SKIP

The stages hang on the workspace, in the order in which data passes: collect, identify, analyse, segment, target,
evaluate.
"""

from quartier.workspace import Workspace, create, open  # noqa: A004 - read as quartier.open

__all__ = ["Workspace", "create", "open"]
__version__ = "0.1.0"
