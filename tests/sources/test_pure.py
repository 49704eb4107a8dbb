"""What is decided without a service: the way out, how far, which columns, which shape, when again."""

import datetime as dt
import socket
import sys

import pytest

from quartier.collect.sources import columns, cursors
from quartier.collect.sources.definition import Shape, read_source
from quartier.collect.sources.egress import egress_to
from quartier.collect.sources.failures import SourceFailed
from quartier.collect.sources.library import load_dlt
from quartier.collect.sources.schedule import is_due
from quartier.collect.sources.shaping import shaped
from quartier.egress import is_public
from quartier.store.source_runs import SourceRun

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::", "::"],
)  # fmt: skip
def test_an_address_that_is_not_public_is_known_however_it_is_wrapped(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


def test_a_public_name_that_leads_into_a_private_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **given: found)
    with pytest.raises(SourceFailed, match="private network"):
        egress_to("https://api.example.org", is_internal=False).address()
    assert egress_to("https://api.example.org", is_internal=True).address() == "8.8.8.8"


@pytest.mark.parametrize(
    "url",
    ["http://api.example.org/x", "https://api.example.org:8443/x", "https://other.example.org/x", "file:///etc/passwd",
     "https://api.example.org.evil.org/", "https://api.example.org@evil.org/", "https://[::1]/", "https://h:x/"],
)  # fmt: skip
def test_the_way_out_leads_to_one_scheme_host_and_port(url: str) -> None:
    egress = egress_to("https://api.example.org/v1", is_internal=False)
    egress.check("https://API.example.org:443/v1/x?y=1")
    with pytest.raises(SourceFailed):
        egress.check(url)


@pytest.mark.parametrize(
    ("known", "found", "after"),
    [
        (None, 3, 3), (3, 2, 3), (3, None, 3), (3, "4", 3),
        ("2026-01-01T12:00:00-05:00", "2026-01-01T18:00:00+02:00", "2026-01-01T12:00:00-05:00"),
        ("2026-01-01T12:00:00-05:00", "2026-01-01T18:00:00Z", "2026-01-01T18:00:00Z"),
        ("2026-01-01", "2999-01-01", "2026-01-01"),
        ("a", "b", "b"), ("9", "10", "9"),
    ],
)  # fmt: skip
def test_a_cursor_is_compared_by_what_it_says(known: object, found: object, after: object) -> None:
    assert cursors.later(known, found, NOW) == after  # type: ignore[arg-type]  # values as services write them


@pytest.mark.parametrize(
    ("written", "lookback", "asked"),
    [("iso", None, "2026-01-02T00:00:00Z"), ("iso", "1 day", "2026-01-01T00:00:00Z"),
     ("epoch_seconds", None, 1767312000), ("epoch_milliseconds", "1 day", 1767225600000)],
)  # fmt: skip
def test_a_cursor_is_written_as_the_service_wants_it(written: str, lookback: str | None, asked: object) -> None:
    assert cursors.asked("2026-01-02T00:00:00Z", written, lookback) == asked


def test_columns_that_services_leave_out_when_empty_do_not_vanish_at_once() -> None:
    known = {"a": "text", "b": "number"}
    assert columns.changes("s", known, {"a": "text"}, rows=3, is_whole=False) == ()
    (gone,) = columns.changes("s", known, {"a": "text"}, rows=10, is_whole=False)
    assert (gone.column, gone.what) == ("b", "vanished")
    assert columns.after(known, {"a": "text"}, [gone]) == {"a": "text"}
    assert columns.changes("s", {}, known, rows=10, is_whole=True) == ()


def test_a_row_takes_the_shape_of_a_table() -> None:
    shape = Shape.model_validate({
        "explode": "items", "only": {"state": ["paid"]}, "prefix": {"id": "x:"},
        "convert": {"at": "epoch_seconds", "items.price": "minor_units", "day": "compact_date", "bad": "epoch_seconds"},
        "names": {"items.kind": {"a": "Apple"}}, "first": {"who": ["nobody", "id"]},
    })  # fmt: skip
    raw = {"id": 7, "state": "paid", "at": 0, "day": "20260131", "bad": "soon", "currency": "jpy",
           "items": [{"price": 500, "kind": "a"}, {"price": None, "kind": "b"}]}  # fmt: skip
    first, second = shaped(raw, shape)
    assert first == {
        "id": "x:7", "state": "paid", "at": "1970-01-01T00:00:00Z", "day": "2026-01-31", "bad": "soon",
        "currency": "jpy", "items.price": 500.0, "items.kind": "Apple", "who": "x:7",
    }  # fmt: skip
    assert (second["items.price"], second["items.kind"]) == (None, "b")
    assert list(shaped({**raw, "state": "open"}, shape)) == []


@pytest.mark.parametrize(
    ("every", "started", "ended", "due"),
    [("1 hour", 61, 60, True), ("1 hour", 59, 58, False), ("1 hour", None, None, True), ("1 hour", 5, None, True),
     (None, None, None, False)],
)  # fmt: skip
def test_a_source_is_due_when_its_time_has_come_or_its_run_was_cut_short(
    every: str | None, started: int | None, ended: int | None, due: bool
) -> None:
    source = read_source({"source": "a", "from": {"files": {"folder": "b"}}, "every": every})
    ago = {name: NOW - dt.timedelta(minutes=n) if n else None for name, n in (("s", started), ("e", ended))}
    last = SourceRun(1, "a", ago["s"], ago["e"]) if ago["s"] else None
    assert is_due(source, last, NOW) is due


def test_a_library_that_is_not_installed_is_named_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dlt", None)
    with pytest.raises(SourceFailed, match=r"pip install quartier\[sources\]"):
        load_dlt()
