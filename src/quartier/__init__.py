"""Quartier: customer segmentation from raw data to measured results.

>>> import quartier
>>> ws = quartier.open("my-shop")          # doctest: +SKIP

The stages hang on the workspace, in the order in which data passes: collect, identify, analyse, segment, target,
evaluate.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quartier.store.folder import create
    from quartier.workspace import Workspace, open  # noqa: A004 - read as quartier.open

__all__ = ["Workspace", "create", "open"]
__version__ = "0.1.0"
_HOME = {"create": "quartier.store.folder"}
"""Where a public name stands that needs no workspace."""


def __getattr__(name: str) -> object:
    """The public names, loaded when they are first used: `quartier --help` need not wait for the engines."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME.get(name, "quartier.workspace")), name)
