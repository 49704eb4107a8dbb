"""Reads a file that came from outside in a process of its own, with bounds of memory and time (`apart_child.py`).

The bytes of the file are looked at by nobody else: what comes over the pipe are batches of Arrow that are checked, so
that a workbook that unpacks to gigabytes, or one that breaks its reader, ends that process and nothing else.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from quartier.collect.definition import Form
from quartier.collect.readers.opening import Opened
from quartier.collect.readers.reading import Reading, Refused
from quartier.collect.readers.survey import Survey
from quartier.errors import AmbiguousFile, InvalidRequest, QuartierError, UnreadableFile, UserError
from quartier.language import Text, verbatim

MEMORY, SECONDS = 2 * 1024**3, 1800.0
"""Bytes and seconds that reading one file may take."""
LARGEST_FRAME = 1024**3
_KINDS: Mapping[str, type[UserError]] = {"UnreadableFile": UnreadableFile, "InvalidRequest": InvalidRequest}
OUT_OF_MEMORY = 77
"""The exit code by which the child says that its memory did not do."""
_ENDED_BY_CPU = -24  # SIGXCPU


@dataclass
class Apart:
    """Opens files apart; `stop` ends all that are being read, and takes no more."""

    memory: int = MEMORY
    seconds: float = SECONDS
    _children: set["_Child"] = field(default_factory=set, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _is_stopped: bool = False

    def __call__(self, path: Path, form: Form) -> Opened:
        """Open a file. Raises UserError for what cannot be read, also where it takes more than it may."""
        with self._lock:
            if self._is_stopped:
                raise InvalidRequest(_STOPPED, remedy=_AGAIN)
            child = _Child(self, path, form)
            self._children.add(child)
        try:
            return child.opened()
        except BaseException:
            child.end()
            raise

    def stop(self) -> None:
        """End what is being read: whoever waits for it is told that the server stopped."""
        with self._lock:
            self._is_stopped, left = True, list(self._children)
        for each in left:
            each.kill("stopped")

    def forget(self, child: "_Child") -> None:
        """A file was read, or given up."""
        with self._lock:
            self._children.discard(child)


class _Child:
    """One process that reads one file."""

    def __init__(self, owner: Apart, path: Path, form: Form) -> None:
        self._owner, self._path, self._why = owner, path, ""
        asked = {"path": str(path.absolute()), "form": form.model_dump(mode="json"), "memory": owner.memory,
                 "seconds": int(owner.seconds) + 1}  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "quartier.collect.readers.apart_child"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=path.absolute().parent, env=_environment(),
        )  # fmt: skip
        self._clock = threading.Timer(owner.seconds, self.kill, ["time"])
        self._clock.daemon = True
        self._clock.start()
        with contextlib.suppress(BrokenPipeError):  # it ended at once; reading says so
            stdin = self._process.stdin
            assert stdin is not None
            stdin.write(json.dumps(asked).encode() + b"\n")
            stdin.flush()  # it stays open: when it closes, the child knows that nobody waits

    def opened(self) -> Opened:
        """What the child says of the file at first."""
        head = self._told(b"H")
        said = head["survey"]
        found = Survey(said["digest"], said["size"], said["encoding"], b"", said["is_gzip"])
        schema = pa.ipc.read_schema(pa.py_buffer(bytes.fromhex(head["schema"])))
        types = {name: schema.field(name).type for name in head["typed"]}
        names, refused = tuple(head["names"]), list[Refused]()
        return Opened(found, Reading(names, self._batches(schema, refused), refused, types, self.end))

    def kill(self, why: str) -> None:
        """End the process; `why` is told to who waits."""
        self._why = self._why or why
        self._process.kill()

    def end(self) -> None:
        """Let the process go, whether it is done or not."""
        self._clock.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()
        self._owner.forget(self)

    def _batches(self, schema: pa.Schema, refused: list[Refused]) -> Iterator[pa.RecordBatch]:
        try:
            while (frame := self._frame())[0] == b"B":
                with pa.ipc.open_stream(frame[1]) as stream:
                    batch = stream.read_next_batch()
                batch.validate(full=True)
                if batch.schema != schema:
                    raise self._broken()
                yield batch
            told = self._read(*frame, b"E")
            for line, value, en, fr in told["refused"]:
                refused.append(Refused(line, value, verbatim(en, fr)))
        except pa.ArrowInvalid as error:
            raise self._broken() from error
        finally:
            self.end()

    def _told(self, wanted: bytes) -> dict[str, Any]:
        return self._read(*self._frame(), wanted)

    def _read(self, tag: bytes, body: bytes, wanted: bytes) -> dict[str, Any]:
        if tag == b"X":
            raise _error(json.loads(body))
        if tag != wanted:
            raise self._broken()
        found = json.loads(body)
        assert isinstance(found, dict)
        return found

    def _frame(self) -> tuple[bytes, bytes]:
        stdout = self._process.stdout
        assert stdout is not None
        head = _exactly(stdout, 9)
        size = int.from_bytes(head[1:], "big") if head else 0
        body = _exactly(stdout, size) if head and size <= LARGEST_FRAME else None
        if head is None or body is None:
            raise self._broken()
        return head[:1], body

    def _broken(self) -> QuartierError:
        """Why the child said no more."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        where = self._path.name
        if self._why == "stopped":
            return InvalidRequest(_STOPPED, remedy=_AGAIN)
        if self._why == "time" or self._process.returncode == _ENDED_BY_CPU:
            return UnreadableFile(_TIME.with_(n=int(self._owner.seconds)), where=where, remedy=_SMALLER)
        if self._process.returncode == OUT_OF_MEMORY:
            return UnreadableFile(_MEMORY.with_(n=self._owner.memory // 1024**2), where=where, remedy=_SMALLER)
        return UnreadableFile(_BROKEN.with_(n=self._owner.memory // 1024**2), where=where, remedy=_SMALLER)


def _exactly(stream: IO[bytes], size: int) -> bytes | None:
    """So many bytes; None where the stream ends before."""
    found = stream.read(size)
    return found if len(found) == size else None


def _environment() -> dict[str, str]:
    """What the child needs to find our code, and none of the secrets that the server was given."""
    kept = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL", "SYSTEMROOT")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    roots = os.pathsep.join(each for each in sys.path if each)
    return {**found, "PYTHONPATH": roots, "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"}


def _error(told: Mapping[str, Any]) -> UserError:
    what, where = verbatim(*told["what"]), told["where"]
    remedy = verbatim(*told["remedy"]) if told["remedy"] else None
    place = verbatim(*where) if isinstance(where, list) else where
    if told["kind"] == "AmbiguousFile":
        return AmbiguousFile(what, field=told["field"], where=place, remedy=remedy)
    return _KINDS.get(told["kind"], UnreadableFile)(what, where=place, remedy=remedy)


_STOPPED = Text(
    en="the server was stopped while the file was read; nothing of it was stored",
    fr="le serveur a été arrêté pendant la lecture du fichier ; rien n'en a été gardé",
)
_AGAIN = Text(en="import it again", fr="importez-le de nouveau")
_TIME = Text(en="reading this file takes longer than {n} s", fr="la lecture de ce fichier dure plus de {n} s")
_MEMORY = Text(
    en="reading this file takes more memory than {n} MB",
    fr="la lecture de ce fichier demande plus de {n} Mo de mémoire",
)
_BROKEN = Text(
    en="this file broke its reader, or needs more memory than {n} MB",
    fr="ce fichier a fait échouer sa lecture, ou demande plus de {n} Mo de mémoire",
)
_SMALLER = Text(
    en="save it as CSV, in several files where it is large",
    fr="enregistrez-le en CSV, en plusieurs fichiers s'il est gros",
)
