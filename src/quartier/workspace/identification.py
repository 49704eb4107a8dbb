"""Who is who in a workspace: links seen, decided of and taken back, and the limits within which they are followed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from quartier.identify.definition import LinkLimits, read_limits
from quartier.identify.told import Consequence, LinkTold, Review
from quartier.store import membership

if TYPE_CHECKING:
    from quartier.identify.deciding import Followed
    from quartier.identify.matching.persons import Named
    from quartier.identify.matching.proposing import Proposals
    from quartier.store.identities import Identity
    from quartier.store.links import Decision, OfOne, OfPair
    from quartier.workspace.workspace import Workspace

CERTAIN, DOUBTFUL = 0.99, 0.5
"""From which probability on identifiers are linked by likeness, and from which on somebody is asked."""
MOST = 50
"""How many findings of each kind are shown unless told otherwise."""


class Identification:
    """The links of a workspace; reached as `ws.identification`.

    An identifier is written as its value, or as `email:ann@example.com` where several kinds have it. Every decision can
    be tried first (`is_tried`) and taken back afterwards; nothing is ever removed. Methods raise UnknownName for an
    identifier that nobody has, and InvalidRequest for a value that several identifiers have.
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def links(self, person: str) -> tuple[LinkTold, ...]:
        """Every link of a person's identifiers, oldest first; the person is named by public id or by an identifier."""
        from quartier.identify.explaining import key_of, links_of

        ws = self._workspace
        return links_of(ws.store, ws.engine, key_of(ws.store, ws.engine, person, ws.config.country))

    def review(self, most: int = MOST) -> Review:
        """What nobody decided of: links that were not followed, identifiers that too many share, those that are alike.

        Those that are alike are the doubtful ones of the last matching.
        """
        from quartier.identify.explaining import review
        from quartier.identify.matching.persons import FOLDER, doubtful, named

        ws = self._workspace
        found, alike = review(ws.store, ws.engine, most), doubtful(ws.store, ws.engine, ws.folder / FOLDER)
        if alike is None:
            return found
        shown = named(ws.store, alike.first(most))
        return replace(found, alike=shown, alike_in_all=alike.pairs.num_rows)

    def match(
        self, *, certain: float = CERTAIN, doubtful: float = DOUBTFUL, is_anew: bool = False, is_tried: bool = False
    ) -> "Proposals":
        """Link the identifiers whose records are certainly one person's, and find the doubtful ones.

        What came since the last time is compared with all that is known. `certain` and `doubtful` are probabilities;
        with `is_anew` it is learnt again how much each field says, and all are compared with all. Raises InvalidRequest
        for thresholds that cannot be, and when Splink is not installed.
        """
        from quartier.identify.matching.persons import FOLDER, propose
        from quartier.identify.matching.proposing import Thresholds
        from quartier.identify.matching.workbench import Limits

        ws = self._workspace
        limits = Limits(memory=ws.config.memory_limit, threads=ws.config.threads)
        return propose(
            ws.store, ws.engine, ws.catalog, ws.folder / FOLDER, ws.clock.now(),
            thresholds=Thresholds(certain, doubtful), limits=limits, is_anew=is_anew, is_dry=is_tried,
        )  # fmt: skip

    def named(self, found: "Proposals", most: int = MOST) -> "tuple[tuple[Named, ...], tuple[Named, ...]]":
        """The likeliest of the certain and of the doubtful pairs that matching found, with their identifiers."""
        from quartier.identify.matching.persons import named

        store = self._workspace.store
        return named(store, found.links(most)), named(store, found.to_review(most))

    def decisions(self) -> "list[tuple[Decision, Identity, Identity | None]]":
        """Every decision, the newest first, with its identifiers."""
        from quartier.identify.explaining import decisions_of

        return decisions_of(self._workspace.store)

    def accept(
        self, a: str, b: str, *, note: str | None = None, is_tried: bool = False, author: str = "quartier"
    ) -> Consequence:
        """Hold two identifiers for one person's."""
        return self._of_pair(a, b, "accepted", note, is_tried, author)

    def refuse(
        self, a: str, b: str, *, note: str | None = None, is_tried: bool = False, author: str = "quartier"
    ) -> Consequence:
        """No longer take anything that links two identifiers for a reason to hold them for one person's."""
        return self._of_pair(a, b, "refused", note, is_tried, author)

    def block(
        self, identifier: str, *, note: str | None = None, is_tried: bool = False, author: str = "quartier"
    ) -> Consequence:
        """Say that an identifier tells nobody: it links no others, but by hand."""
        return self._of_one(identifier, "blocked", note, is_tried, author)

    def allow(
        self, identifier: str, *, note: str | None = None, is_tried: bool = False, author: str = "quartier"
    ) -> Consequence:
        """Say that an identifier tells who somebody is, however many share it."""
        return self._of_one(identifier, "allowed", note, is_tried, author)

    def split(
        self, identifiers: Sequence[str], *, note: str | None = None, is_tried: bool = False, author: str = "quartier"
    ) -> Consequence:
        """Part identifiers of one person from the rest: they are one person, the rest is another."""
        from quartier.identify.explaining import parting

        ws = self._workspace
        named = [self._identity(each) for each in identifiers]
        pairs = parting(ws.store, named)
        return self._done([self._pair(a, b, "refused", note, author) for a, b in pairs], is_tried)

    def take_back(
        self, a: str, b: str | None = None, *, is_tried: bool = False, author: str = "quartier"
    ) -> Consequence:
        """Take back the last decision of two identifiers, or of one: the decision before it is in force again."""
        from quartier.identify.explaining import taken_back

        ws = self._workspace
        one, other = self._identity(a), None if b is None else self._identity(b)
        return self._done([taken_back(ws.store, one, other, author=author, at=ws.clock.now())], is_tried)

    @property
    def limits(self) -> LinkLimits:
        """The limits in force."""
        from quartier.identify.linking import kept_limits

        with self._workspace.store.begin() as connection:
            return kept_limits(connection)

    def apply_limits(
        self, limits: LinkLimits | Mapping[str, Any], *, is_tried: bool = False, author: str = "quartier"
    ) -> Consequence:
        """Put other limits in force, or try them: links are followed again within them. Raises InvalidDefinition."""
        from quartier.identify.deciding import apply_limits, simulate

        ws = self._workspace
        read = limits if isinstance(limits, LinkLimits) else read_limits(limits)
        if is_tried:
            return self._told(simulate(ws.store, ws.engine, limits=read), is_done=False)
        found = apply_limits(ws.store, ws.engine, read, author=author, at=ws.clock.now())
        return self._told(found, is_done=True)

    def _of_pair(self, a: str, b: str, answer: "OfPair", note: str | None, is_tried: bool, author: str) -> Consequence:
        one, other = self._identity(a), self._identity(b)
        return self._done([self._pair(one.number, other.number, answer, note, author)], is_tried)

    def _of_one(self, identifier: str, answer: "OfOne", note: str | None, is_tried: bool, author: str) -> Consequence:
        return self._done([self._one(self._identity(identifier), answer, note, author)], is_tried)

    def _identity(self, written: str) -> "Identity":
        from quartier.identify.explaining import identity_of

        return identity_of(self._workspace.store, written, self._workspace.config.country)

    def _pair(self, a: int, b: int, answer: Any, note: str | None, author: str) -> "Decision":
        from quartier.identify.deciding import of_pair

        return of_pair(a, b, answer, author=author, at=self._workspace.clock.now(), note=note)

    def _one(self, identity: "Identity", answer: Any, note: str | None, author: str) -> "Decision":
        from quartier.identify.deciding import of_one

        return of_one(identity.number, answer, author=author, at=self._workspace.clock.now(), note=note)

    def _done(self, decisions: "Sequence[Decision]", is_tried: bool) -> Consequence:
        from quartier.identify.deciding import decide, simulate

        ws = self._workspace
        if is_tried:
            return self._told(simulate(ws.store, ws.engine, decisions), is_done=False)
        return self._told(decide(ws.store, ws.engine, decisions), is_done=True)

    def _told(self, followed: "Followed", *, is_done: bool) -> Consequence:
        """What follows, in names: the persons who are there, and their segments as of the last refresh."""
        ws = self._workspace
        there: pa.Table = ws.persons(followed.persons, [])
        names = {each.definition.name for each in ws.segments() if each.definition.subject == "person"}
        with ws.store.begin() as connection:
            members = membership.members_now(connection)
        touched = {name: len(members[name] & followed.persons) for name in sorted(names & members.keys())}
        return Consequence(
            len(followed.identities), tuple(there["person_id"].to_pylist()), len(followed.added), len(followed.gone),
            {name: n for name, n in touched.items() if n}, is_done,
        )  # fmt: skip
