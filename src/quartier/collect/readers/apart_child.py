"""The process that reads one file from outside and says what it found: see `apart.py`, which starts it.

It writes no file, opens no connection and starts no process; it ends when its memory or its time does not do, or when
nobody waits for it any more.
"""

import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pyarrow as pa

from quartier.collect.definition import Form
from quartier.collect.readers.apart import OUT_OF_MEMORY
from quartier.collect.readers.opening import opened_here
from quartier.collect.readers.reading import LINE, Reading
from quartier.errors import UserError

_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.remove",
    "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.link", "os.symlink", "shutil.",
)  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def main() -> None:
    """Read what is asked on standard input, and answer on standard output in frames."""
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_watch, daemon=True).start()
    _bound(asked["memory"], asked["seconds"])
    try:
        _answer(Path(asked["path"]), Form.model_validate(asked["form"]))
    except UserError as error:
        _send(b"X", json.dumps(_plain(error)).encode())
    except (MemoryError, pa.ArrowMemoryError):
        os._exit(OUT_OF_MEMORY)
    sys.stdout.buffer.flush()


def _answer(path: Path, form: Form) -> None:
    found = opened_here(path, form)
    reading, seen = found.reading, found.survey
    schema = pa.schema([*((name, reading.type_of(name)) for name in reading.names), (LINE, pa.int64())])
    about = {"digest": seen.digest, "size": seen.size, "encoding": seen.encoding, "is_gzip": seen.is_gzip}
    head = {
        "survey": about,
        "names": reading.names,
        "typed": list(reading.types),
        "schema": schema.serialize().to_pybytes().hex(),
    }
    _send(b"H", json.dumps(head).encode())
    for batch in reading.batches:
        _send(b"B", _written(batch, schema))
    _send(b"E", json.dumps({"refused": _refused(reading)}).encode())


def _written(batch: pa.RecordBatch, schema: pa.Schema) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def _refused(reading: Reading) -> list[tuple[int, str, str, str]]:
    return [(each.line, each.value, each.reason.to("en"), each.reason.to("fr")) for each in reading.refused]


def _plain(error: UserError) -> dict[str, Any]:
    where = error.where if error.where is None or isinstance(error.where, str) else _both(error.where)
    remedy = _both(error.remedy) if error.remedy else None
    told = {"kind": type(error).__name__, "what": _both(error.what), "where": where, "remedy": remedy}
    return {**told, "field": getattr(error, "field", None)}


def _both(sentence: Any) -> list[str]:
    return [sentence.to("en"), sentence.to("fr")]


def _send(tag: bytes, body: bytes) -> None:
    out = sys.stdout.buffer
    out.write(tag + len(body).to_bytes(8, "big"))
    out.write(body)
    out.flush()


def _watch() -> None:
    """Standard input closes when whoever started this has gone."""
    os.read(0, 1)
    os._exit(1)


def _bound(memory: int, seconds: int) -> None:
    """Set what the system holds this process to, and refuse what reading a file does not need."""
    with contextlib.suppress(ImportError):  # a system without such bounds has the clock of the parent
        import resource

        used = _size_now()
        for which, most in (
            (resource.RLIMIT_AS, used + memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 64),
        ):  # fmt: skip
            resource.setrlimit(which, (most, most))
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    sys.addaudithook(_refuse)


def _size_now() -> int:
    """Bytes of addresses that are taken before anything is read: code and libraries."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 1024**3


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    is_write = event == "open" and len(given) > 2 and isinstance(given[2], int) and given[2] & _WRITES
    if is_write or event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main()
