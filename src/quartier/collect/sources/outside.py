"""What a fetch needs from outside: the environment, the clock's instant, the workspace's folder, a way to wait."""

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quartier.collect.sources import failures


@dataclass(frozen=True)
class Outside:
    """Given by argument, so that a test has its own; secrets are read from `environ` and kept nowhere."""

    environ: Mapping[str, str] = field(repr=False)
    now: dt.datetime
    folder: Path
    pause: Callable[[float], None] = time.sleep

    def secret(self, variable: str) -> str:
        """The value of an environment variable. Raises SourceFailed when it is not set."""
        value = self.environ.get(variable, "").strip()
        if not value:
            raise failures.no_secret(variable)
        return value
