"""A process that is killed between any two steps of a run: the next run loses nothing and doubles nothing."""

from collections.abc import Callable
from typing import Any

import pytest

import quartier
from quartier.collect import run as collecting
from quartier.collect.sources import run as sources
from quartier.collect.sources.shelf import Shelf
from tests.sources.servers import Answer, serving
from tests.sources.workspaces import orders, rest, rows, run

pytest.importorskip("dlt")


class Killed(BaseException):
    """What stands for a kill: nothing of ours catches it."""


def killed(*_args: Any, **_given: Any) -> None:
    raise Killed


def then_killed(step: Callable[..., Any]) -> Callable[..., Any]:
    def done(*args: Any, **given: Any) -> None:
        step(*args, **given)
        raise Killed

    return done


STEPS = {
    "before a load is known": (Shelf, "put", killed),
    "once a load is known": (Shelf, "put", then_killed(Shelf.put)),
    "before a load is imported": (collecting, "collect", killed),
    "when the store has it and the engine has not": (collecting, "project", killed),
    "when it is imported and the shelf does not know": (Shelf, "done", killed),
    "when the stream has moved and the load is still there": (Shelf, "drop", killed),
    "when all is done but to say so": (sources.source_runs, "end", killed),
}


KEENEST = ("once a load is known", "when the store has it and the engine has not",
           "when it is imported and the shelf does not know")  # fmt: skip


@pytest.mark.parametrize("chosen", [KEENEST, pytest.param(tuple(STEPS), marks=pytest.mark.slow)])
def test_a_run_that_is_killed_at_any_step_is_made_good_by_the_next(
    workspace: quartier.Workspace, monkeypatch: pytest.MonkeyPatch, chosen: tuple[str, ...]
) -> None:
    page = orders(1)
    with serving(lambda question: Answer({"orders": page})) as served:
        own = rest(served.url, params={"since": "{cursor}"}, incremental={"column": "at", "starts_at": "2026-01-01"})
        sources.apply(workspace.store, [own], author="t", at=workspace.clock.now())
        for n, where in enumerate(chosen, start=2):
            owner, step, kill = STEPS[where]
            page += orders(n)
            with monkeypatch.context() as patched:
                patched.setattr(owner, step, kill)
                with pytest.raises(Killed):
                    run(workspace)
            assert run(workspace).error is None, where
            found = rows(workspace, "select count(*), count(distinct event_id) from event_order_completed")
            assert found == [(n, n)], where
    shelf = Shelf(workspace.folder / sources.FOLDER / "crm")
    assert list(shelf.loads.iterdir()) == []
    before = rows(workspace, "select event_id, revenue from event_order_completed order by 1")
    workspace.rebuild()
    assert rows(workspace, "select event_id, revenue from event_order_completed order by 1") == before


def test_a_run_that_was_cut_short_is_due_at_once(
    workspace: quartier.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = rest("http://127.0.0.1:9") | {"every": "1 week"}
    sources.apply(workspace.store, [own], author="t", at=workspace.clock.now())
    with monkeypatch.context() as patched:
        patched.setattr(sources, "fetch_all", killed)
        with pytest.raises(Killed):
            run(workspace)
    assert [each.source for each in sources.due(workspace.store, workspace.clock.now())] == ["crm"]
    run(workspace)
    assert sources.due(workspace.store, workspace.clock.now()) == []
