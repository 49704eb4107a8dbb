"""A disk of its own for a test: an image of ext4, or a small piece of memory. Both need root.

A power cut is a copy of the image while the process stands still: what had not left the system's memory is not in the
copy. Mounting the copy replays the file system's own journal, as after a real cut. It cannot show what a drive does
that lies about its flushes.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import needs

MEGABYTE = 1 << 20


def requires_mounting() -> None:
    """Root, and a kernel with loop devices: without them the test is skipped, for no program can give them."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to mount a disk of its own")
    for program in ("mount", "umount", "losetup", "mkfs.ext4"):
        needs.requires(program)
    if subprocess.run(["losetup", "--find"], capture_output=True, check=False).returncode:
        pytest.skip("needs a loop device, which this machine does not have")


@contextmanager
def memory_disk(place: Path, size: int) -> Iterator[Path]:
    """A disk in memory of so many bytes."""
    with _mounted(place, "-t", "tmpfs", "-o", f"size={size}", "tmpfs"):
        yield place


def resize(place: Path, size: int) -> None:
    """Give a disk in memory another size."""
    _run("mount", "-o", f"remount,size={size}", str(place))


@dataclass
class Disk:
    """An image with a file system, mounted at a place."""

    image: Path
    place: Path

    @classmethod
    def made(cls, folder: Path, size: int = 48 * MEGABYTE) -> "Disk":
        """A new one, not mounted yet."""
        image = folder / "disk.img"
        with image.open("wb") as file:
            file.truncate(size)
        _run("mkfs.ext4", "-q", "-F", str(image))
        return cls(image, folder / "disk")

    @contextmanager
    def mounted(self) -> Iterator[Path]:
        """Mounted for the length of the block."""
        with _mounted(self.place, "-o", "loop", str(self.image)):
            yield self.place

    def cut(self, pid: int) -> Path:
        """What the disk held when the power went; the process is dead after it, and whoever made it waits for it."""
        os.kill(pid, signal.SIGSTOP)
        after = self.image.with_suffix(".cut")
        _run("cp", "--sparse=always", str(self.image), str(after))
        os.kill(pid, signal.SIGKILL)
        return after

    def take(self, after: Path) -> None:
        """Go on with what a cut left."""
        shutil.move(after, self.image)


@contextmanager
def _mounted(place: Path, *how: str) -> Iterator[None]:
    place.mkdir(exist_ok=True)
    _run("mount", *how, str(place))
    try:
        yield
    finally:
        _run("umount", str(place))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
