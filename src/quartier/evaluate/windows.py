"""From when to when each person of an audience is watched."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from quartier.engine import naive_utc
from quartier.store.audiences import Audience, Exposure

Instants = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Windows:
    """One row per person of both arms, in order of dense keys; instants are naive UTC with microseconds."""

    keys: npt.NDArray[np.uint32]
    is_targeted: npt.NDArray[np.bool_]
    starts_at: Instants
    length: dt.timedelta

    @property
    def ends_at(self) -> Instants:
        """When each person's window closes."""
        return self.starts_at + np.timedelta64(self.length)

    @property
    def first(self) -> dt.datetime:
        """When the first window opens."""
        return _aware(self.starts_at.min())

    @property
    def last(self) -> dt.datetime:
        """When the last window closes."""
        return _aware(self.ends_at.max())

    @property
    def has_waves(self) -> bool:
        """Whether persons were exposed first at different instants."""
        return bool(self.starts_at.min() != self.starts_at.max())

    def rows_of(self, members: BitMap) -> npt.NDArray[np.intp]:
        """The rows of those members who are in the audience."""
        return np.flatnonzero(np.isin(self.keys, np.asarray(members.to_array(), np.uint32), assume_unique=True))


def windows_of(audience: Audience, exposures: Sequence[Exposure], length: dt.timedelta) -> Windows:
    """A window from each targeted person's first exposure; from the campaign's first exposure for everybody else.

    Everybody else is the held out, and the targeted who were never exposed: they stay in the arm to which they were
    drawn (intention to treat), for leaving them out would undo the draw. `exposures` are at least one, in order of
    time.
    """
    keys = np.asarray(audience.persons.to_array(), dtype=np.uint32)
    is_targeted = np.isin(keys, np.asarray(audience.targeted.to_array(), np.uint32), assume_unique=True)
    starts_at = np.full(len(keys), _naive(exposures[0].at))
    for exposure in reversed(exposures):  # the first exposure of a person is written last and stays
        reached = np.asarray((exposure.persons & audience.targeted).to_array(), np.uint32)
        starts_at[np.searchsorted(keys, reached)] = _naive(exposure.at)
    return Windows(keys, is_targeted, starts_at, length)


def _naive(instant: dt.datetime) -> np.datetime64:
    return np.datetime64(naive_utc(instant), "us")


def _aware(instant: np.datetime64) -> dt.datetime:
    naive: dt.datetime = instant.astype("datetime64[us]").item()
    return naive.replace(tzinfo=dt.UTC)
