"""Files from outside are read in a process of their own: the same rows, the same refusals, and bounds that hold."""

import gzip
import json
import os
import time
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quartier.collect.definition import Form
from quartier.collect.readers import apart_child
from quartier.collect.readers.apart import Apart
from quartier.collect.readers.opening import Opened, opened_here
from quartier.errors import InvalidRequest, UnreadableFile, UserError

CSV = 'name;city\nAna;Liège\nBen;"Lyon\n2"\nCleo\n'


def workbook(path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (["name", "city"], ["Ana", "Liège"], ["Ben", 3.5]):
        made.active.append(row)
    made.save(path)


def table(path: Path) -> None:
    coded = pa.array(["Liège", "Lyon"]).dictionary_encode()
    pq.write_table(pa.table({"name": ["Ana", "Ben"], "city": coded, "n": pa.array([1, None])}), path)


FILES = {
    "people.csv": lambda path: path.write_text(CSV, encoding="utf-8"),
    "latin.csv": lambda path: path.write_bytes(CSV.encode("cp1252")),
    "people.csv.gz": lambda path: path.write_bytes(gzip.compress(CSV.encode())),
    "people.xlsx": workbook,
    "people.json": lambda path: path.write_text(json.dumps([{"name": "Ana"}, {"name": "Ben", "n": 2}])),
    "people.ndjson": lambda path: path.write_text('{"name": "Ana"}\n{"name": \n{"name": "Ben"}\n'),
    "people.parquet": table,
}
BROKEN = {
    "empty.csv": b"",
    "broken.xlsx": b"PK\x03\x04 not a workbook",
    "cut.csv.gz": gzip.compress(CSV.encode() * 100)[:40],
    "broken.parquet": b"PAR1 nothing PAR1",
    "broken.json": b'[{"a": 1',
}


def all_of(opened: Opened) -> tuple[object, ...]:
    reading = opened.reading
    rows = pa.Table.from_batches(list(reading.batches)).to_pylist()
    refused = [(each.line, each.value, each.reason.to("en"), each.reason.to("fr")) for each in reading.refused]
    found = opened.survey
    return reading.names, rows, refused, dict(reading.types), (found.digest, found.size, found.encoding, found.is_gzip)


def test_what_is_read_apart_is_what_is_read_here(tmp_path: Path):
    apart = Apart()
    for name, write in FILES.items():
        write(tmp_path / name)
        assert all_of(apart(tmp_path / name, Form())) == all_of(opened_here(tmp_path / name, Form())), name


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told_in_the_same_words(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    told = []
    for opener in (opened_here, Apart()):
        with pytest.raises(UserError) as caught:
            all_of(opener(path, Form()))
        told.append((type(caught.value), caught.value.to("en"), caught.value.to("fr")))
    assert told[0] == told[1]


def test_a_file_that_needs_more_memory_than_it_may_ends_its_process_alone(tmp_path: Path):
    path = tmp_path / "bomb.json"
    path.write_text("[" + ",".join(["{}"] * 6_000_000) + "]")
    apart = Apart(memory=64 * 1024**2)
    with pytest.raises(UnreadableFile, match="memory"):
        all_of(apart(path, Form()))
    assert not apart._children


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path):
    path = tmp_path / "slow.csv"
    path.write_text(CSV)
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="takes longer"):
        Apart(seconds=0.05)(path, Form())
    assert time.monotonic() - began < 5


def test_a_server_that_stops_ends_what_is_being_read_and_says_so(tmp_path: Path):
    path = tmp_path / "long.csv"
    path.write_text("a\n" + "1\n" * 500_000)
    apart = Apart()
    opened = apart(path, Form())  # it waits until somebody takes the first batch
    apart.stop()
    with pytest.raises(InvalidRequest, match="server was stopped"):
        all_of(opened)
    with pytest.raises(InvalidRequest, match="server was stopped"):
        apart(path, Form())


def test_a_reading_that_is_given_up_leaves_no_process(tmp_path: Path):
    path = tmp_path / "long.csv"
    path.write_text("a\n" + "1\n" * 500_000)
    apart = Apart()
    for begins in (False, True):
        reading = apart(path, Form()).reading
        (child,) = apart._children
        if begins:
            next(reading.batches)
        reading.close()
        assert not apart._children
        with pytest.raises(ProcessLookupError):
            os.kill(child._process.pid, 0)


def test_the_process_gets_no_secret_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from quartier.collect.readers import apart

    monkeypatch.setenv("QUARTIER_OPEN_ID_SECRET", "s3cret")
    assert "s3cret" not in apart._environment().values()


@pytest.mark.parametrize(
    ("event", "given"),
    [("socket.connect", ()), ("subprocess.Popen", ()), ("os.system", ("x",)), ("os.remove", ("x",)),
     ("open", ("/tmp/x", "w", os.O_WRONLY | os.O_CREAT))],
)  # fmt: skip
def test_the_process_may_read_and_nothing_else(event: str, given: tuple[object, ...]):
    with pytest.raises(PermissionError):
        apart_child._refuse(event, given)
    apart_child._refuse("open", ("/x", "r", os.O_RDONLY))
