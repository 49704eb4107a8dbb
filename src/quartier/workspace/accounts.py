"""The accounts of an open workspace: found, and all that is known of one."""

from dataclasses import replace
from typing import TYPE_CHECKING

from quartier.analyse.accounts import Brought, bring
from quartier.identify.accounts.shown import AccountPage, AccountProfile, Belongs, Branch, Member

if TYPE_CHECKING:
    from quartier.identify.accounts.findings import Finding
    from quartier.identify.accounts.joining import Suggestion
    from quartier.identify.accounts.shown.run import Reading
    from quartier.workspace.workspace import Workspace

EVENTS, MEMBERS, FOUND = 20, 100, 25
"""How many events, members and found accounts are shown unless told otherwise."""


class Accounts:
    """The companies and households of a workspace; reached as `ws.accounts`.

    An account is named by its public id, its number, or a checked SIREN, SIRET or VAT number or domain of its own.
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._ws, self._engine = workspace, workspace.engine

    def find(self, text: str, *, limit: int = FOUND, after: str | None = None) -> AccountPage:
        """Accounts with this public id, number or domain; when there are none, those with every word in the name.

        Args:
            text: what is looked for; accents and capitals of names do not count.
            limit: at most so many.
            after: the `next` of the page before.

        Raises InvalidRequest for fewer than two letters.
        """
        from quartier.identify.accounts.shown.run import find

        return find(self._reading(), text, limit=limit, after=after)

    def page(self, *, limit: int = FOUND, after: str | None = None) -> AccountPage:
        """All accounts in the order in which they came to be known, from `after` one of them on.

        Raises UnknownName for an `after` that no account has.
        """
        from quartier.identify.accounts.shown.run import page

        return page(self._reading(), limit=limit, after=after)

    def of_person(self, person: str, *, limit: int = MEMBERS) -> tuple[Belongs, ...]:
        """The accounts that a person (public id or identifier) is or was a member of; those of now first."""
        from quartier.identify.accounts.shown.run import of_person
        from quartier.identify.explaining import key_of

        key = key_of(self._ws.store, self._engine, person, self._ws.config.country)
        return of_person(self._reading(), key, limit)

    def profile(
        self, account: str, *, members: int = MEMBERS, events: int = EVENTS, sensitive: bool = False
    ) -> AccountProfile:
        """All that is known of one account: traits by family, hierarchy, members, what they did, segments.

        Args:
            account: what names it.
            members: how many members at most, those of now first.
            events: how many of the newest events of its persons.
            sensitive: whether sensitive values are shown, too; else they are masked.

        Raises UnknownName when no account has this identifier, InvalidRequest when several have.
        """
        from quartier.identify.accounts.shown.run import key_of, profile
        from quartier.segment.of_account import segments_of

        reading = self._reading(sensitive)
        key = key_of(reading, account)
        found = profile(reading, key, members=members, events=events)
        return replace(found, segments=segments_of(self._ws.store, key))

    def members(self, account: str, *, limit: int = MEMBERS) -> tuple[Member, ...]:
        """The persons who are or were members of an account, with their roles and since when; those of now first."""
        from quartier.identify.accounts.shown.run import key_of, members_of

        reading = self._reading()
        return members_of(reading, key_of(reading, account), limit)[0]

    def tree(self, account: str) -> Branch:
        """The whole hierarchy that an account is in, from the ultimate parent down."""
        from quartier.identify.accounts.shown.run import key_of, tree

        reading = self._reading()
        return tree(reading, key_of(reading, account))

    def findings(self) -> "tuple[Finding, ...]":
        """What is wrong with accounts: wrong check digits, circles of parents, doubles, crowds that are no home."""
        from quartier.identify.accounts.joining.run import read_crowds
        from quartier.identify.accounts.run import read_findings

        ws = self._ws
        of_records = read_findings(self._engine, ws.catalog, ws.config, ws.clock.now())
        return (*of_records, *read_crowds(self._engine, ws.config))

    def suggestions(self) -> "tuple[Suggestion, ...]":
        """Persons of whom no company is known, by the company whose domain their e-mail has.

        They become members where `join_by_domain` is set to true; a provider of mail for everybody is nobody's domain.
        """
        from quartier.identify.accounts.joining import Suggestion
        from quartier.identify.accounts.joining.run import read_domains
        from quartier.identify.accounts.shown.run import named

        ws, reading = self._ws, self._reading()
        found = read_domains(self._engine, reading.catalog)
        called = named(reading, [key for key, *_ in found])
        is_applied = ws.config.join_by_domain
        return tuple(
            Suggestion(called[key].account, called[key].name, domain, n, is_applied) for key, domain, n in found
        )

    def bring(self, *, whole: bool = False) -> Brought:
        """Bring the computed traits of accounts to now; imports, refreshes and rebuilds do so by themselves.

        Only accounts that changed, or over which time has moved, are looked at; `whole` looks at all, to the same end.
        """
        ws = self._ws
        return bring(ws.store, ws.engine, ws.config, ws.clock.now(), whole=whole)

    def _reading(self, sensitive: bool = False) -> "Reading":
        from quartier.identify.accounts.shown.run import Reading

        ws = self._ws
        return Reading(self._engine, ws.catalog, ws.config, ws.clock.now(), sensitive)
