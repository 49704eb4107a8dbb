"""The worker: one thread that opens the workspace, does each task when it is due, and closes the workspace at the end.

A task that fails is logged without any data of a customer, shown by `/readyz`, and tried again when it is next due; the
others go on.
"""

import datetime as dt
import itertools
import logging
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from quartier.clock import Clock
from quartier.errors import QuartierError
from quartier.workspace import Workspace
from quartier.workspace.work import Work

log = logging.getLogger("quartier.serve")


@dataclass(frozen=True)
class Task:
    """Something that is done again and again, every so many seconds.

    Attributes:
        is_urgent: whether it is done between any two others when it is due, and does not wait for all of them.
        is_last_thing: whether it is done once more at the end.
    """

    name: str
    seconds: float
    do: Callable[[Workspace], object]
    is_urgent: bool = False
    is_last_thing: bool = False


@dataclass
class Standing:
    """How a task is doing: when it last went well and last failed, how often in a row, and on what."""

    done_at: dt.datetime | None = None
    failed_at: dt.datetime | None = None
    failures: int = 0
    error: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        instants = {"done_at": self.done_at, "failed_at": self.failed_at}
        told = {name: at.isoformat() if at else None for name, at in instants.items()}
        return {"ok": self.failures == 0, **told, "failures": self.failures, "error": self.error}


@dataclass
class Worker:
    """Does tasks in a thread of its own; `open_workspace` is called there, for an engine belongs to one thread."""

    open_workspace: Callable[[], Workspace]
    tasks: Sequence[Task]
    clock: Clock
    standings: dict[str, Standing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.standings.update({task.name: Standing() for task in self.tasks})
        self.work = Work(self.clock, self._wake)
        self._opened: threading.Event = threading.Event()
        self._ending: threading.Event = threading.Event()
        self._woken: threading.Event = threading.Event()
        self._workspace: Workspace | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="worker")

    def start(self) -> Workspace:
        """Open the workspace and begin; what prevents that is raised here."""
        self._thread.start()
        self._opened.wait()
        if self._workspace is None:
            self._thread.join()
            raise self._failure or RuntimeError("the worker ended before it began")
        return self._workspace

    def stop(self) -> None:
        """Let the task that runs end, do the last things once more, close the workspace; what went wrong is raised."""
        self._ending.set()
        self._woken.set()
        self._thread.join()
        failure, self._failure = self._failure, None
        if failure:
            raise failure

    def as_json(self) -> dict[str, Any]:
        """How every task is doing, by name."""
        return {name: standing.as_json() for name, standing in self.standings.items()}

    def _run(self) -> None:
        try:
            self._workspace = self.open_workspace()
        except BaseException as error:
            self._failure = error
            return
        finally:
            self._opened.set()
        try:
            self._work(self._workspace)
        except BaseException as error:
            self._failure = error
        finally:
            self.work.close()
            self._workspace.close()

    def _wake(self) -> None:
        self._woken.set()

    def _work(self, workspace: Workspace) -> None:
        """Each task when it is due, counted from when it began last: what takes long does not come more rarely for it.

        Waiting is by the monotonic clock, which no change of the time of day moves. What requests ask for is done
        between any two tasks.
        """
        due = dict.fromkeys((task.name for task in self.tasks), monotonic())
        urgent = [task for task in self.tasks if task.is_urgent]
        while not self._ending.is_set():
            self._wait(due)
            self._do_what_is_asked(workspace)
            for task in itertools.chain.from_iterable((*urgent, each) for each in self.tasks):
                self._do_what_is_asked(workspace)
                if due[task.name] <= (begun := monotonic()) and not self._ending.is_set():
                    self._do(task, workspace)
                    due[task.name] = begun + task.seconds
        for task in self.tasks:
            if task.is_last_thing:
                self._do(task, workspace)

    def _wait(self, due: dict[str, float]) -> None:
        """Wait until a task is due, something is asked for, or it ends."""
        self._woken.wait(max(0.0, min(due.values(), default=monotonic() + 1) - monotonic()))
        self._woken.clear()

    def _do_what_is_asked(self, workspace: Workspace) -> None:
        while not self._ending.is_set():
            try:
                if self.work.do_next(workspace) is None:
                    return
            except Exception as error:
                log.error("a job failed: %s", _told(error))

    def _do(self, task: Task, workspace: Workspace) -> None:
        standing = self.standings[task.name]
        try:
            task.do(workspace)
        except Exception as error:
            standing.failed_at, standing.error = self.clock.now(), type(error).__name__
            standing.failures += 1
            log.error("%s failed (%s in a row): %s", task.name, standing.failures, _told(error))
        else:
            standing.done_at, standing.failures, standing.error = self.clock.now(), 0, None


def _told(error: Exception) -> str:
    """Our own messages hold no data; of any other error only its kind and its place are told."""
    if isinstance(error, QuartierError):
        return error.to("en")
    places = [f"{Path(each.filename).name}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__} at {' > '.join(places)}"
