"""Sources that are due run side by side: one that hangs holds up neither the others nor the one who asks."""

import threading
import time
from dataclasses import replace
from typing import Any

import pytest

import quartier
from quartier.clock import SystemClock
from quartier.errors import UnknownName
from quartier.serve.tasks import tasks
from quartier.serve.worker import Worker
from quartier.store.source_runs import SourceRun
from quartier.workspace.sources import Sources
from tests.serving import until
from tests.sources.servers import Answer, serving
from tests.sources.workspaces import ENVIRON, counts, orders, rest

pytest.importorskip("dlt")


def ended(sources: Sources, most: float = 60) -> list[SourceRun]:
    until, done = time.monotonic() + most, list[SourceRun]()
    while not done and time.monotonic() < until:
        done = sources.run_due()
        time.sleep(0.02)
    return done


def test_a_source_that_hangs_holds_up_nobody(workspace: quartier.Workspace) -> None:
    let_go = threading.Event()

    def hang(_handler: Any, stop: threading.Event) -> bool:
        while not (let_go.is_set() or stop.is_set()):
            stop.wait(0.02)
        return False

    sources = Sources(workspace, ENVIRON)
    with serving(lambda _: Answer({"orders": orders(1)}), raw=hang) as slow:
        with serving(lambda _: Answer({"orders": orders(2, 3)})) as quick:
            own = [rest(served.url) | {"source": name, "every": "1 hour"}
                   for name, served in (("slow", slow), ("quick", quick))]  # fmt: skip
            sources.apply(own)
            assert sources.run_due() == []
            (first,) = ended(sources)
            assert (first.source, counts(first)) == ("quick", (2, 2, 0))
        let_go.set()
        (second,) = ended(sources)
        assert (second.source, counts(second), second.error) == ("slow", (1, 1, 0), None)
    assert sources.run_due() == []


def test_a_source_that_is_paused_is_fetched_when_somebody_asks_and_only_then(workspace: quartier.Workspace) -> None:
    sources = Sources(workspace, ENVIRON)
    with serving(lambda _: Answer({"orders": orders(1, 2)})) as served:
        sources.apply([rest(served.url) | {"source": "quiet", "every": "1 hour", "paused": True}])
        assert sources.run_due() == []
        assert sources.standings()[0].last is None
        with pytest.raises(UnknownName):
            sources.ask("loud")
        sources.ask("quiet")
        (run,) = ended(sources)
    assert (run.source, counts(run)) == ("quiet", (2, 2, 0))
    assert sources.run_due() == []


def test_a_source_that_hangs_delays_neither_a_projection_nor_the_end_of_the_server(
    workspace: quartier.Workspace,
) -> None:
    projected: list[int] = []

    def hang(_handler: Any, stop: threading.Event) -> bool:
        return stop.wait(60)

    def project(opened: quartier.Workspace) -> None:
        projected.append(opened.arrivals.project().messages)

    def again() -> quartier.Workspace:
        return quartier.open(workspace.folder)

    with serving(lambda _: Answer(), raw=hang) as slow:
        workspace.sources.apply([rest(slow.url) | {"every": "1 hour"}])
        workspace.close()
        own = [replace(each, do=project) if each.name == "projection" else each for each in tasks(0.02)]
        worker = Worker(again, own, SystemClock())
        opened = worker.start()
        until(lambda: bool(slow.asked))
        opened.arrivals.take([{"type": "track", "userId": "c1", "event": "Order Completed"}], source="web")
        until(lambda: sum(projected) == 1)
        begun = time.monotonic()
        worker.stop()
        assert time.monotonic() - begun < 10
        assert not slow.stop.is_set()
