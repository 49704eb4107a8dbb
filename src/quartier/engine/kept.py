"""SQL that was compiled once: kept by the shape of what it asks, in the process and, if wanted, in a file.

Building and compiling an expression costs milliseconds, a query that is refreshed every minute must not pay them again.
"""

import functools
import hashlib
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, ParamSpec

Asked = ParamSpec("Asked")
_COMPILED: dict[str, str] = {}
_MADE_BY = ("quartier", "ibis-framework", "sqlglot")


def kept_sql(make: Callable[Asked, str]) -> Callable[Asked, str]:
    """Call `make` once for equal arguments; they are frozen values whose `repr` tells all of them."""

    @functools.lru_cache(maxsize=8192)
    def known(*args: Any, **kwargs: Any) -> str:
        key = f"{make.__module__}.{make.__qualname__}{args!r}{sorted(kwargs.items())!r}"
        if key not in _COMPILED:
            _COMPILED[key] = make(*args, **kwargs)
        return _COMPILED[key]

    _CLEARED.append(known.cache_clear)
    return functools.wraps(make)(lambda *args, **kwargs: known(*args, **kwargs))


def forget_compiled() -> None:
    """Compile everything anew, as a new process does without a file; for benchmarks."""
    _COMPILED.clear()
    for clear in _CLEARED:
        clear()


def read_compiled(path: Path) -> None:
    """Take over what an earlier process compiled, if the same versions did; a file that cannot be used is ignored."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it only saves time: without it, everything is compiled
        return
    if isinstance(found, dict) and found.get("made_by") == _made_by():
        _COMPILED.update(found["sql"])
        _HELD[path] = len(found["sql"])


def write_compiled(path: Path) -> None:
    """Leave what was compiled to the next process, if it knows less; the file may be deleted at any time."""
    if _HELD.get(path) == len(_COMPILED):
        return
    written = json.dumps({"made_by": _made_by(), "sql": dict(_COMPILED)}, sort_keys=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(written, encoding="utf-8")
    fresh.replace(path)
    _HELD[path] = len(_COMPILED)


_CLEARED: list[Callable[[], None]] = []
_HELD: dict[Path, int] = {}
"""How many queries each file held when it was read or written last."""


@functools.cache
def _made_by() -> str:
    """The versions that decide the text of compiled SQL, and our own source as it is."""
    source = Path(__file__).parents[1]
    written = hashlib.sha256()
    for room in ("analyse", "collect", "engine", "identify", "segment"):
        for path in sorted((source / room).rglob("*.py")):
            written.update(path.read_bytes())
    return " ".join([*(f"{name} {version(name)}" for name in _MADE_BY), written.hexdigest()])
