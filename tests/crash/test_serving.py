"""What the server acknowledged is kept once, whatever happens to its process or its disk."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quartier.api.app import api
from quartier.clock import FixedClock
from quartier.store import Store
from quartier.store.journal import Journal
from quartier.workspace.keys import Keys
from tests.crash.appending import NOW, url
from tests.crash.disk import MEGABYTE, memory_disk, requires_mounting
from tests.crash.ends_of_servers import cut_power_of_server, kill_server
from tests.crash.serving import batch, headers


@pytest.mark.parametrize("times", [1, pytest.param(30, marks=pytest.mark.slow)])
def test_no_kill_of_the_server_loses_or_tears_a_batch_that_it_acknowledged(folder: Path, times: int) -> None:
    assert kill_server(folder, times) >= 5 * times


@pytest.mark.slow
def test_no_power_cut_of_the_server_loses_or_tears_a_batch_that_it_acknowledged(folder: Path) -> None:
    requires_mounting()
    assert cut_power_of_server(folder, 10) >= 50


def test_a_full_disk_answers_503_with_a_reason_and_a_time_and_heals(folder: Path) -> None:
    requires_mounting()
    clock, store = FixedClock(NOW), Store(f"sqlite:///{folder / 'store.sqlite'}", NOW)
    key = Keys(store, clock).create("web").key
    with memory_disk(folder / "small", 8 * MEGABYTE) as small, closing(store):
        (small / "other").write_bytes(b"x" * 6 * MEGABYTE)
        with closing(Journal(url(small), clock)) as journal, TestClient(api(store, journal, clock)) as client:
            kept = fill(client, key)
            refused = client.post("/v1/batch", content=large(0), headers=headers(key))
            assert (refused.status_code, refused.json()["success"]) == (503, False)
            assert int(refused.headers["retry-after"]) > 0
            assert client.get("/healthz").status_code == 200
            ready = client.get("/readyz")
            assert (ready.status_code, ready.json()["journal"]["failure"]) == (503, "JournalFull")
            assert journal.end() == 5 * kept
            (small / "other").unlink()
            assert client.post("/v1/batch", content=batch(1_000_000), headers=headers(key)).json()["stored"] == 5
            assert client.get("/readyz").status_code == 200


def fill(client: TestClient, key: str) -> int:
    """How many large batches were kept before the disk was full."""
    for number in range(1, 100):
        if client.post("/v1/batch", content=large(number), headers=headers(key)).status_code == 503:
            return number - 1
    raise AssertionError("the disk never was full")


def large(number: int) -> bytes:
    """A batch of five messages of twenty kilobytes each."""
    body = json.loads(batch(number))
    return json.dumps({"batch": [each | {"properties": {"pad": "x" * 20_000}} for each in body["batch"]]}).encode()
