"""A folder for files on their way: nobody else can read it, and it does not stay."""

import shutil
import tempfile
import weakref
from pathlib import Path


class Scratch:
    """A folder of its own, gone when it is removed, when nobody holds it any more, or when the process ends."""

    def __init__(self, prefix: str, within: Path | None = None) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=within))
        self._ending = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)

    def remove(self) -> None:
        """Take the folder away with all that is in it; once is enough."""
        self._ending()
