"""dlt, loaded when a source needs it: two seconds of work that no other command has to wait for."""

import os
from types import ModuleType

from quartier.collect.sources import failures

_SILENT = {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "CRITICAL"}


def load_dlt() -> ModuleType:
    """The library, sending nothing to its makers and writing no log. Raises SourceFailed when it is not installed."""
    for name, value in _SILENT.items():  # dlt reads these from the environment alone
        os.environ.setdefault(name, value)
    try:
        import dlt
    except ImportError as error:
        raise failures.no_library() from error
    return dlt  # type: ignore[no-any-return]  # dlt has no type for itself
