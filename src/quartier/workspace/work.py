"""What requests ask of the one thread that holds the workspace: jobs in their order, with how far each is.

Whoever asks gets a `Job` at once and may wait for it a while, or look at it again later.
"""

import datetime as dt
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from quartier.clock import Clock
from quartier.errors import InvalidRequest, QuartierError, Sentence
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.workspace.workspace import Workspace

State = Literal["waiting", "running", "done", "failed"]
Do = Callable[["Workspace", "Job"], Any]
"""What is done: it is given the workspace, and its job to tell how far it is."""

MOST_WAITING = 100
"""More jobs than this are not taken: the server is then asked for more than it can do."""
MOST_KEPT = 500
"""So many jobs are remembered; those that ended longest ago are forgotten first."""


@dataclass
class Job:
    """One thing to do.

    Attributes:
        number: what it is asked for by; nobody can guess it.
        title: what it does, in words.
        by: who asked for it.
        share: how far it is, from 0 to 1; None where nobody knows.
        result: what came of it.
        url: where that is seen; whoever does it may say so.
        error: why it failed, in words that hold no data; None also where the failure is a defect of ours.
    """

    number: str
    title: Sentence
    by: str
    asked_at: dt.datetime
    do: Do = field(repr=False)
    state: State = "waiting"
    share: float | None = None
    result: Any = None
    url: str = ""
    error: QuartierError | None = None
    ended_at: dt.datetime | None = None
    _ended: threading.Event = field(default_factory=threading.Event, repr=False)

    def tell(self, share: float) -> None:
        """Say how far it is: the callback that imports and rebuilds take."""
        self.share = min(max(share, 0.0), 1.0)

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended, but no longer than this; whether it has."""
        return self._ended.wait(seconds)

    @property
    def has_ended(self) -> bool:
        """Whether it is done or has failed."""
        return self._ended.is_set()


class Work:
    """The jobs of one workspace; `on_asked` is called when there is something to do."""

    def __init__(self, clock: Clock, on_asked: Callable[[], object] = lambda: None) -> None:
        self._clock, self.on_asked = clock, on_asked
        self._waiting: deque[Job] = deque()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._is_closed = False

    def ask(self, title: Sentence, do: Do, *, by: str) -> Job:
        """Put a job at the end. Raises InvalidRequest when too many wait, or none is taken any more."""
        job = Job(secrets.token_urlsafe(12), title, by, self._clock.now(), do)
        with self._lock:
            if self._is_closed or len(self._waiting) >= MOST_WAITING:
                raise InvalidRequest(_TOO_MUCH, remedy=_LATER)
            self._waiting.append(job)
            self._jobs[job.number] = job
            while len(self._jobs) > MOST_KEPT:
                self._jobs.popitem(last=False)
        self.on_asked()
        return job

    def find(self, number: str) -> Job | None:
        """The job of this number; None where it is unknown or forgotten."""
        return self._jobs.get(number)

    def recent(self, most: int = 20) -> list[Job]:
        """The jobs asked for last, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))[:most]

    def do_next(self, workspace: "Workspace") -> Job | None:
        """Do the job that has waited longest; None where none waits. Called by the workspace's own thread alone.

        What it raises is kept with the job; a defect is raised once more, so that it is told to whoever runs this.
        """
        with self._lock:
            job = self._waiting.popleft() if self._waiting else None
        if job is None:
            return None
        job.state = "running"
        try:
            job.result = job.do(workspace, job)
            job.state = "done"
        except QuartierError as error:
            job.error, job.state = error, "failed"
        except Exception:
            job.state = "failed"
            raise
        finally:
            job.ended_at = self._clock.now()
            job._ended.set()
        return job

    def close(self) -> None:
        """Take no more; what still waits fails, with that for its reason."""
        with self._lock:
            self._is_closed, left = True, list(self._waiting)
            self._waiting.clear()
        for job in left:
            job.error, job.state, job.ended_at = InvalidRequest(_STOPPING, remedy=_LATER), "failed", self._clock.now()
            job._ended.set()


_TOO_MUCH = Text(en="too much is waiting to be done", fr="trop de travaux sont en attente")
_STOPPING = Text(
    en="the server was stopped before this was begun", fr="le serveur a été arrêté avant que ceci ne commence"
)
_LATER = Text(en="try again in a moment", fr="réessayez dans un instant")
