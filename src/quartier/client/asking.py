"""What the subjects of a client share: questions that follow jobs to their end, and lists page by page."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any, TypeVar, cast
from urllib.parse import quote

from quartier.client.failures import NOT_OURS, StillRunning, UnexpectedAnswer
from quartier.client.results import Job
from quartier.client.wire import Wire

PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Seconds between two looks at a job: at first, and at most."""

Value = str | int | float | bool | dt.datetime | Sequence[str] | None
"""What a query may say; None says nothing."""

Read = TypeVar("Read")


@dataclass(frozen=True)
class Asking:
    """The API for one client.

    Attributes:
        wire: the server and the key.
        patience: seconds for which a job is followed; 0 asks for the job at once (`Prefer`, RFC 7240).
    """

    wire: Wire
    patience: float

    def told(
        self, method: str, path: str, query: Mapping[str, Value] | None = None, body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # fmt: skip
        """What is answered, as plain data; what takes long (202) is followed until it ends."""
        hurry = {} if self.patience else {"Prefer": "respond-async"}
        answer = self.wire.ask(method, path, _written(query or {}), body, {**hurry, **(headers or {})})
        if answer.status == 202:
            return self.ended(Job.of_json(_one(answer.content)), self.patience).result
        return answer.content

    def one(self, method: str, path: str, query: Mapping[str, Value] | None = None, **about: Any) -> dict[str, Any]:
        """The same, where the answer is an object."""
        return _one(self.told(method, path, query, **about))

    def pages(
        self, path: str, query: Mapping[str, Value], rows: str, then: str = "cursor"
    ) -> tuple[dict[str, Any], Iterator[Any]]:
        """A list: its first page, fetched at once, and then every row of every page."""
        first = self.one("GET", path, query)

        def following_pages() -> Iterator[Any]:
            page = first
            while True:
                yield from part(page, rows)
                if (following := part(page, "next")) is None:
                    return
                page = self.one("GET", path, {**query, then: following})

        return first, following_pages()

    def job(self, number: str) -> Job:
        """How far a job is."""
        return Job.of_json(self.one("GET", place("jobs", number)))

    def ended(self, job: Job, patience: float) -> Job:
        """The job once it is done. Raises ApiProblem where it failed, StillRunning beyond so many seconds."""
        until, pause = monotonic() + patience, PAUSE
        while job.state in {"waiting", "running"}:
            left = until - monotonic()
            if left <= 0:
                raise StillRunning(job.job)
            sleep(min(pause, left))
            job, pause = self.job(job.job), min(pause * 1.5, LONGEST_PAUSE)
        if job.problem is not None:
            raise job.problem
        return job


def place(*parts: str) -> str:
    """An address by its parts, each quoted: a name may hold anything but nothing, `.` and `..`."""
    if {"", ".", ".."}.intersection(parts):
        raise ValueError("a name is missing, or is one that addresses cannot hold")
    return "".join(f"/{quote(each, safe='')}" for each in parts)


def part(told: Mapping[str, Any], name: str) -> Any:
    """A part of an answer that every answer of its kind has."""
    if name not in told:
        raise UnexpectedAnswer(NOT_OURS, 200)
    return told[name]


def every(told: Iterable[Any], read: Callable[[Any], Read]) -> tuple[Read, ...]:
    """Every one of a list, read."""
    return tuple(read(each) for each in told)


def _one(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise UnexpectedAnswer(NOT_OURS, 200)
    return cast(dict[str, Any], told)


def _written(query: Mapping[str, Value]) -> dict[str, str]:
    return {name: _word(value) for name, value in query.items() if value is not None}


def _word(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case dt.datetime():
            return value.isoformat()
        case str() | int() | float():
            return str(value)
    return ",".join(value or ())
