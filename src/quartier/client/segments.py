"""`client.segments`: read, tried, put in force, taken back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.client.asking import Asking, every, part, place
from quartier.client.failures import Flaw
from quartier.client.members import Members
from quartier.client.results import (
    Document,
    DryRun,
    History,
    Preview,
    Segment,
    Size,
    Standing,
    Validation,
    Version,
)
from quartier.client.told import instant

PAGE = 1000


@dataclass(frozen=True)
class Segments:
    """The segments of a workspace. Definitions are documents as files have them, as dictionaries."""

    _asking: Asking

    def list(self) -> tuple[Standing, ...]:
        """Every segment in force by name, as it stood when it was last evaluated."""
        return every(self._asking.pages("/segments", {"limit": PAGE}, "segments")[1], Standing.of_json)

    def get(self, name: str) -> Segment:
        """One segment in force."""
        return Segment.of_json(self._asking.one("GET", place("segments", name)))

    def validate(self, documents: Sequence[Document]) -> Validation:
        """Whether definitions could be put in force; nothing is stored."""
        told = self._asking.one("POST", "/segments/validate", body=_documents(documents))
        return Validation(part(told, "valid"), every(part(told, "problems"), Flaw.of_json))

    def preview(self, documents: Sequence[Document], *, rows: int = 0) -> tuple[Preview, ...]:
        """What definitions give now, with some of the members of each; nothing is stored."""
        told = self._asking.one("POST", "/segments/preview", body={**_documents(documents), "rows": rows})
        return every(part(told, "previews"), Preview.of_json)

    def dry_run(self, documents: Sequence[Document]) -> tuple[DryRun, ...]:
        """What putting definitions in force would change; nothing is stored."""
        told = self._asking.one("POST", "/segments/dry-run", body=_documents(documents))
        return every(part(told, "segments"), DryRun.of_json)

    def put(self, name: str, document: Document, *, if_version: int | None = None) -> Standing:
        """Put one segment in force.

        Args:
            name: of the segment.
            document: its definition.
            if_version: the version that was read; an ApiProblem 412 is raised where another one is in force.
        """
        headers = {} if if_version is None else {"If-Match": f'"{if_version}"'}
        told = self._asking.one("PUT", place("segments", name), body=dict(document), headers=headers)
        return Standing.of_json(told)

    def apply(self, documents: Sequence[Document]) -> tuple[Standing, ...]:
        """Put segments in force, all or none; they may refer to one another."""
        told = self._asking.one("POST", "/segments", body=_documents(documents))
        return every(part(told, "segments"), Standing.of_json)

    def undo(self, name: str, *, to: int | None = None) -> Standing:
        """Put an earlier version in force: the last other one, or the one that is named."""
        body = {} if to is None else {"to": to}
        return Standing.of_json(self._asking.one("POST", place("segments", name, "undo"), body=body))

    def retire(self, name: str) -> Version:
        """Take a segment out of force; its versions and its log stay."""
        return Version.of_json(self._asking.one("DELETE", place("segments", name)))

    def refresh(self) -> tuple[Standing, ...]:
        """Evaluate every segment now; who entered and left is logged."""
        return every(part(self._asking.one("POST", "/segments/refresh"), "segments"), Standing.of_json)

    def members(
        self, name: str, *, traits: Sequence[str] | None = None, as_of: dt.datetime | None = None, page: int = PAGE
    ) -> Members:
        """The members, page by page while they are looped over, all as of one instant.

        Args:
            name: of the segment.
            traits: which to tell, as they are now; all that are not sensitive unless given.
            as_of: an instant, UTC where it has no zone; the last evaluation unless given.
            page: how many are fetched at once, 10,000 at most.
        """
        query = {"limit": page, "traits": traits, "as_of": as_of}
        first, rows = self._asking.pages(place("segments", name, "members"), query, "members")
        at = instant(part(first, "at"))
        return Members(part(first, "segment"), part(first, "of"), part(first, "size"), at, rows)

    def explain(self, name: str, person: str) -> dict[str, Any]:
        """Why somebody (public id, user id, e-mail), or an account, is a member or not, as plain data."""
        return self._asking.one("GET", place("segments", name, "explanation"), {"person": person})

    def history(self, name: str, *, since: dt.datetime | None = None, until: dt.datetime | None = None) -> History:
        """The sizes as they were observed, with what entered and left each time."""
        told = self._asking.one("GET", place("segments", name, "history"), {"since": since, "until": until})
        sizes = every(part(told, "sizes"), Size.of_json)
        return History(part(told, "segment"), part(told, "before"), part(told, "is_reconstructed"), sizes)

    def flows(self, name: str, since: dt.datetime, until: dt.datetime | None = None) -> dict[str, Any]:
        """Where entries came from and exits went between two instants, as plain data; until now unless given."""
        return self._asking.one("GET", place("segments", name, "flows"), {"since": since, "until": until})

    def where(self, name: str) -> dict[str, Any]:
        """Where the members live, by country and city, as plain data."""
        return self._asking.one("GET", place("segments", name, "map"))

    def persona(self, name: str) -> dict[str, Any]:
        """The portrait of a segment of persons, made now, as plain data."""
        return self._asking.one("GET", place("segments", name, "persona"))

    def funnel(self, name: str) -> dict[str, Any]:
        """What each condition takes away now, as plain data."""
        return self._asking.one("GET", place("segments", name, "funnel"))

    def quality(self, *, base: str = "everyone") -> dict[str, Any]:
        """What the set of segments is worth over a population or a segment, as plain data."""
        return self._asking.one("GET", "/segmentation", {"base": base})

    def versions(self, name: str) -> tuple[Version, ...]:
        """Every version with its author, oldest first; those of a segment out of force, too."""
        told = self._asking.one("GET", place("segments", name, "versions"))
        return every(part(told, "versions"), Version.of_json)


def _documents(documents: Sequence[Document]) -> Mapping[str, Any]:
    return {"segments": [dict(each) for each in documents]}
