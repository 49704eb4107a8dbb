"""Sources that are due run side by side: one that hangs holds up neither the others nor the one who asks."""

import threading
import time
from typing import Any

import pytest

import quartier
from quartier.store.source_runs import SourceRun
from quartier.workspace.sources import Sources
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
