"""How bursts of clicks, and our rules, go with what people said: the real set iweb.

28 persons did 479 tasks on a map whose answers were delayed on purpose, and rated each from 1 (bad) to 5. Run
`python -m benchmarks.signals_iweb`; the set is not in the repository (QUARTIER_DATA names its folder).

What the set does not tell: which element was clicked and whether the page changed. A `Down` is on the map, an `up`
alone on one of its buttons (zooming, as the tasks ask for); a load is pending when the set says so (`-9`). So what is
measured is the rule of loading, and bursts with and without what the plug-in would add: the buttons are made to be
clicked often, and a burst counts only while the map has not answered.
"""

import csv
import gzip
import math
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scipy import stats

from quartier.collect.signals import PARAMETERS, Parameters, Rule, frustrations

FILE = "iweb_clicks_raw.csv.gz"
UNHAPPY = 2
"""A rating of 2 or 1 says that the task went badly."""
ALL = replace(PARAMETERS, rules=frozenset(Rule))
_CLICK = re.compile(r"(?:(-?\d+):Down|(up)):(\d+):(\d+)[:-](\d+)")


@dataclass(frozen=True)
class Click:
    at: int
    x: int
    y: int
    is_on_map: bool
    is_pending: bool


@dataclass(frozen=True)
class Task:
    rating: int
    answers: tuple[int, ...]
    clicks: tuple[Click, ...]


@dataclass(frozen=True)
class Measured:
    """How one count per task goes with the ratings."""

    name: str
    events: int
    tasks: int
    unhappy: int
    correlation: float
    low: float
    high: float

    @property
    def precision(self) -> float:
        return self.unhappy / self.tasks if self.tasks else float("nan")

    def as_markdown(self) -> str:
        interval = f"{self.correlation:+.2f} ({self.low:+.2f} to {self.high:+.2f})"
        return f"| {self.name} | {self.events} | {self.tasks} | {self.precision:.0%} | {interval} |"


HEADING = (
    "| rule | events | tasks with one | of these rated 1 or 2 | rank correlation with the rating |\n"
    "|---|---|---|---|---|"
)


def main() -> None:
    folder = Path(os.environ.get("QUARTIER_DATA") or Path(__file__).parents[2] / "shared" / "data")
    tasks = read(folder / FILE)
    base = sum(task.rating <= UNHAPPY for task in tasks) / len(tasks)
    print(f"{len(tasks)} tasks, {base:.0%} of them rated 1 or 2\n\n{HEADING}")
    for each in measure(tasks):
        print(each.as_markdown())


def measure(tasks: Sequence[Task]) -> list[Measured]:
    """Naive bursts, and the rules as they are."""
    once = replace(ALL, loading_clicks=1)
    return [
        _measured("3 clicks in 1 s within 30 px, anywhere", tasks, lambda task: bursts(task.clicks)),
        _measured("the same, on the map alone", tasks, lambda task: bursts([c for c in task.clicks if c.is_on_map])),
        _measured("Rage Clicked", tasks, lambda task: derived(task, Rule.RAGE_CLICK)),
        _measured("any click while loading", tasks, lambda task: sum(c.is_pending for c in task.clicks)),
        _measured("one click 1 s into a load", tasks, lambda task: derived(task, Rule.CLICK_WHILE_LOADING, once)),
        _measured("Clicked While Loading", tasks, lambda task: derived(task, Rule.CLICK_WHILE_LOADING)),
    ]


def read(path: Path) -> list[Task]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [_task(row) for row in csv.DictReader(file)]


def bursts(clicks: Sequence[Click]) -> int:
    """The naive rule: three clicks within a second and 30 pixels, whatever the page did."""
    found, place = 0, 0
    while place + 2 < len(clicks):
        first, third = clicks[place], clicks[place + 2]
        is_burst = third.at - first.at <= 1000 and all(_near(first, each) for each in clicks[place + 1 : place + 3])
        found, place = (found + 1, place + 3) if is_burst else (found, place + 1)
    return found


def derived(task: Task, rule: Rule, limits: Parameters = ALL) -> int:
    """How many events of this rule the task's clicks give."""
    if not task.clicks:
        return 0
    begin = task.clicks[0].at - 60_000
    signals = [{"kind": "page", "at": 0, "page": "/map", "how": "open"}, *_signals(task, begin)]
    properties = {"visit": "v", "batch": 0, "at": signals[-1]["at"], "signals": signals}
    moment = "2026-01-01T00:00:00Z"
    message = {"type": "track", "event": "Signals Reported", "messageId": "m", "timestamp": moment}
    events, _ = frustrations([message | {"properties": properties, "receivedAt": moment}], None, limits)
    return sum(each["event"] == rule for each in events)


def _signals(task: Task, begin: int) -> list[dict[str, Any]]:
    """Clicks as the plug-in would report them: a load goes on since the first of the pending clicks in a row."""
    made, since = [], None
    for click in task.clicks:
        if click.is_on_map:
            since = (since or click.at) if click.is_pending else None
        answer = next((each - click.at for each in task.answers if each >= click.at), None)
        said = {"kind": "click", "at": click.at - begin, "target": "map" if click.is_on_map else "button", "x": click.x,
                "y": click.y, "acts": True, "repeats": not click.is_on_map}  # fmt: skip
        made.append(
            said
            | ({"changed": answer} if answer is not None and answer <= 1000 else {})
            | ({"loading": max(1, click.at - since)} if click.is_pending and since else {})
        )
    return made[:199]


def _measured(name: str, tasks: Sequence[Task], count: Callable[[Task], int]) -> Measured:
    counts, ratings = [count(task) for task in tasks], [task.rating for task in tasks]
    correlation = float(stats.spearmanr(counts, ratings).statistic)
    spread = stats.norm.ppf(0.975) / math.sqrt(len(tasks) - 3)  # Fisher's interval, at 95 %
    low, high = (math.tanh(math.atanh(correlation) + side * spread) for side in (-1, 1))
    unhappy = sum(bool(number) and rating <= UNHAPPY for number, rating in zip(counts, ratings, strict=True))
    return Measured(name, sum(counts), sum(map(bool, counts)), unhappy, correlation, low, high)


def _task(row: dict[str, str]) -> Task:
    """A load that was answered is `began:took`; a click `pending or last load:Down:ms:x:y` or `up:ms:x-y`."""
    loads = [each.split(":") for each in row["iLTs"].split(",")]
    answers = tuple(sorted(int(each[0]) + int(each[1]) for each in loads if len(each) == 2))
    clicks, pressed = [], False
    for load, up, at, x, y in _CLICK.findall(row["mouse_clicks"]):
        if not up or not pressed:  # the release of a press on the map is no click of its own
            clicks.append(Click(int(at), int(x), int(y), is_on_map=not up, is_pending=load == "-9"))
        pressed = not up
    return Task(int(row["ACR"]), answers, tuple(clicks))


def _near(one: Click, other: Click) -> bool:
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 <= 30**2


if __name__ == "__main__":
    main()
