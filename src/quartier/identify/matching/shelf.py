"""Known records in a folder: files that are written once and mapped into memory, and a list of those that count.

The list is replaced at once, by its new version; whatever is not on it is removed afterwards. A process that ends in
between leaves the known records as they were. The folder holds what is told of persons: it belongs beside the engine's
file, and may be thrown away, since it is made of what the workspace knows.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from quartier.identify.matching.kept import Kept, Shares
from quartier.identify.matching.model import Model
from quartier.identify.matching.segments import Segment

FORMAT = 1
_LIST = "known.json"


def write(kept: Kept, folder: Path) -> None:
    """Bring a folder to what is known now; what it has already is not written again."""
    folder.mkdir(parents=True, exist_ok=True)
    before = _listed(folder)
    pairs = f"pairs-{int((before or {}).get('written', 0)) + 1}"
    here = {each["name"] for each in before["segments"]} if before else set()
    for each in kept.segments:
        if each.name not in here:
            _write_segment(each, folder)
    if before is None:
        for name, shares in kept.shares.items():
            _write(folder / f"shares-{name}", pa.table({"value": shares.values, "share": shares.shares}))
    _write(folder / pairs, kept.pairs)
    listed = _list_of(kept, pairs)
    _replace(folder / _LIST, json.dumps(listed, indent=1))
    _sweep(folder, listed)


def read(folder: Path) -> Kept | None:
    """What is known, by a folder; None when it holds nothing that this version reads."""
    listed = _listed(folder)
    if listed is None:
        return None
    shares = {name: _read_shares(folder / f"shares-{name}", rarest) for name, rarest in listed["shares"].items()}
    return Kept(
        Model.from_json(listed["model"]), listed["record"], listed["least"], shares, _read(folder / listed["pairs"]),
        tuple(_read_segment(each["name"], folder) for each in listed["segments"]),
        np.array(listed["gone"], np.int64), listed["made"], listed["mark"],
    )  # fmt: skip


def forget(folder: Path) -> None:
    """Throw away what a folder holds."""
    (folder / _LIST).unlink(missing_ok=True)
    _sweep(folder, None)


def _list_of(kept: Kept, pairs: str) -> dict[str, Any]:
    return {
        "kind": "known_records",
        "format": FORMAT,
        "written": int(pairs.rpartition("-")[2]),
        "record": kept.record,
        "least": kept.least,
        "made": kept.made,
        "segments": [{"name": each.name, "records": len(each)} for each in kept.segments],
        "gone": kept.gone.tolist(),
        "pairs": pairs,
        "shares": {name: shares.rarest for name, shares in kept.shares.items()},
        "mark": dict(kept.mark),
        "model": kept.model.as_json(),
    }


def _listed(folder: Path) -> dict[str, Any] | None:
    path = folder / _LIST
    listed: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return listed if listed.get("format") == FORMAT else None


def _sweep(folder: Path, listed: Mapping[str, Any] | None) -> None:
    wanted = {_LIST}
    if listed is not None:
        wanted |= {listed["pairs"], *(f"shares-{name}" for name in listed["shares"])}
        wanted |= {f"{part}-{each['name']}" for each in listed["segments"] for part in ("records", "keys")}
    for path in folder.iterdir() if folder.exists() else ():
        if path.name not in wanted:
            path.unlink()


def _write_segment(segment: Segment, folder: Path) -> None:
    _write(folder / f"records-{segment.name}", segment.records)
    _write(folder / f"keys-{segment.name}", pa.table({"key": segment.keys, "place": segment.places}))


def _read_segment(name: str, folder: Path) -> Segment:
    keys = _read(folder / f"keys-{name}")
    return Segment(name, _read(folder / f"records-{name}"), keys["key"].to_numpy(), keys["place"].to_numpy())


def _read_shares(path: Path, rarest: float) -> Shares:
    table = _read(path)
    return Shares(table["value"].to_numpy(), table["share"].to_numpy(), rarest)


def _write(path: Path, table: pa.Table) -> None:
    """One batch, so that what is read back lies in one piece."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks(), max_chunksize=max(table.num_rows, 1))


def _read(path: Path) -> pa.Table:
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()


def _replace(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as sink:
        sink.write(text)
        sink.flush()
        os.fsync(sink.fileno())
    fresh.replace(path)
