"""The shop's newsletters: whom they reached, who opened them, who clicked."""

from dataclasses import dataclass

import numpy as np

from quartier.example.arrays import Days, Facts, Instants, Whole
from quartier.example.persons import Nature, Persons

DELIVERED, OPENED, CLICKED = range(3)
EVENT_NAMES: tuple[str, ...] = ("Email Delivered", "Email Opened", "Email Link Clicked")
DELIVERED_CHANCE = 0.98
CLICK_CHANCE = 0.22
DAYS_BETWEEN = 42
SENT_HOUR = 9
LOST_INTEREST = 0.35
"""How much less likely a person who is no longer active opens a newsletter."""


@dataclass(frozen=True)
class Mails:
    """One value per e-mail event, in order of time; `newsletter` counts from the oldest."""

    person: Whole
    event: Whole
    occurred_at: Instants
    newsletter: Whole

    def __len__(self) -> int:
        return len(self.person)


def draw_mails(rng: np.random.Generator, persons: Persons, nature: Nature, active_until: Days, days: Days) -> Mails:
    """The events of a newsletter every six weeks, to those who asked for it; nothing after the last of `days`."""
    sent_on = days[::-1][DAYS_BETWEEN // 2 :: DAYS_BETWEEN][::-1]
    parts = [
        _one_newsletter(
            rng, np.flatnonzero(persons.has_newsletter & (persons.signed_up < day)), nature, active_until, day, n
        )
        for n, day in enumerate(sent_on)
    ]
    person, event, at, newsletter = (np.concatenate(column) for column in zip(*parts, strict=True))
    in_time = np.lexsort((event, person, at))
    in_time = in_time[at[in_time] < days[-1] + np.timedelta64(1, "D")]
    return Mails(person[in_time], event[in_time], at[in_time], newsletter[in_time])


_Part = tuple[Whole, Whole, Instants, Whole]


def _one_newsletter(
    rng: np.random.Generator, audience: Whole, nature: Nature, active_until: Days, day: np.datetime64, number: int
) -> _Part:
    reached = audience[rng.random(len(audience)) < DELIVERED_CHANCE]
    sent_at: Instants = np.full(len(reached), day.astype("datetime64[s]") + np.timedelta64(SENT_HOUR, "h"))
    delivered_at = _after(rng, sent_at, 300)
    interest = np.where(active_until[reached] >= day, 1.0, LOST_INTEREST)
    opens: Facts = rng.random(len(reached)) < nature.opening[reached] * interest
    opened_at = _after(rng, delivered_at[opens], 6 * 3600)
    clicks: Facts = rng.random(len(opened_at)) < CLICK_CHANCE
    clicked_at = _after(rng, opened_at[clicks], 60)
    person = np.concatenate([reached, reached[opens], reached[opens][clicks]])
    event = np.repeat([DELIVERED, OPENED, CLICKED], [len(reached), len(opened_at), len(clicked_at)])
    return person, event, np.concatenate([delivered_at, opened_at, clicked_at]), np.full(len(person), number)


def _after(rng: np.random.Generator, instants: Instants, mean_seconds: float) -> Instants:
    """Each instant, and a wait of at least a second."""
    waits = 1 + rng.exponential(mean_seconds, len(instants))
    later: Instants = instants + waits.astype("timedelta64[s]")
    return later
