"""A journal that hangs: requests are refused whole with an instant to come back, and memory stays flat."""

import base64
import http.client
import json
import os
import threading
from collections import Counter
from pathlib import Path

import pytest

from quartier.collect.tracking.reasons import RETRY_AFTER
from tests.serving import Gate, Live, until

BATCH = 100
THREADS = 24


def body(size: int = BATCH, text: int = 0) -> bytes:
    message = {"type": "track", "userId": "u1", "event": "Seen", "properties": {"text": "x" * text}}
    return json.dumps({"batch": [message] * size}).encode()


def post(live: Live, content: bytes) -> tuple[int, str | None, dict]:
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)
    key = base64.b64encode(f"{live.key}:".encode()).decode()
    connection.request("POST", "/v1/batch", content, {"authorization": f"Basic {key}"})
    answer = connection.getresponse()
    found = answer.status, answer.getheader("retry-after"), json.loads(answer.read())
    connection.close()
    return found


def in_threads(live: Live, content: bytes, answers: list) -> list[threading.Thread]:
    threads = [threading.Thread(target=lambda: answers.append(post(live, content))) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    return threads


def test_a_full_queue_refuses_whole_bodies_and_loses_none_that_it_took(folder: Path):
    gate, answers = Gate(), []
    with Live(folder, journal_clock=gate, queue=2 * BATCH) as live:
        gate.shut()
        threads = in_threads(live, body(), answers)
        until(lambda: len(answers) >= THREADS - 4)  # those that are not in the queue, nor with the writer
        gate.open()
        for thread in threads:
            thread.join()
        statuses = Counter(status for status, _, _ in answers)
        assert set(statuses) == {200, 503}
        assert len(live.kept()) == statuses[200] * BATCH
        assert {(wait, told["code"]) for status, wait, told in answers if status == 503} == {("2", "journal_full")}
        assert post(live, body())[0] == 200


def test_bodies_at_hand_are_bounded_and_memory_stays_flat(folder: Path):
    gate, answers = Gate(), []
    content = body(10, 30_000)  # 300 KB each: what waits would be megabytes
    with Live(folder, journal_clock=gate) as live:
        live.app.state.intake.most_bytes = 4 * len(content)
        gate.shut()
        before = resident_bytes()
        threads = in_threads(live, content, answers)
        until(lambda: len(answers) == THREADS - 4)
        for _ in range(40):
            answers.append(post(live, content))
        grown = resident_bytes() - before
        gate.open()
        for thread in threads:
            thread.join()
        assert Counter(status for status, _, _ in answers) == {429: THREADS + 36, 200: 4}
        assert grown < 64 * 2**20
        assert len(live.kept()) == 40
        assert all(wait == "1" for status, wait, _ in answers if status == 429)


def test_a_request_that_waits_too_long_for_the_journal_is_told_when_to_come_back(folder: Path):
    gate = Gate()
    with Live(folder, journal_clock=gate) as live:
        live.app.state.intake.patience = 0.05
        gate.shut()
        status, wait, told = post(live, body(1))
        gate.open()
        assert (status, wait, told["code"]) == (503, "5", "journal_down")


def test_a_journal_that_stopped_turns_readiness_red_and_refuses(folder: Path):
    with Live(folder) as live:
        live.journal.close()
        assert post(live, body(1))[:2] == (503, "5")
        connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("retry-after")) == (503, "5")
        assert json.loads(answer.read())["ready"] is False
        connection.close()


@pytest.mark.parametrize("seconds", RETRY_AFTER.values())
def test_every_wait_is_a_whole_number_of_seconds(seconds: int):
    assert isinstance(seconds, int)
    assert seconds >= 1


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
