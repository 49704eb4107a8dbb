"""Who would be joined to which account, as expressions that are compiled once."""

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.engine import KEY, kept_sql, parameter, to_sql
from quartier.identify.links import JOINED, JOINED_SCHEMA
from quartier.identify.resolve import LEDGER, LEDGER_SCHEMA

ACCOUNT, PERSON = KEY["account"], KEY["person"]
BY_DOMAIN, BY_HOUSEHOLD = "domain", "household"
WANTED, NAMED, FRESH = "staged_joined", "staged_named_persons", "staged_households"
PLACES = "person_household"
"""Where every person lives and by what last name, cleaned: what households are found by."""

PLACES_SCHEMA = ibis.schema(
    {PERSON: dtypes.int32, "address": dtypes.string, "last_name": dtypes.string, "shown": dtypes.string}
)
HOUSEHOLD = "household"
"""The kind of the identifiers of households."""

MOST_NAMES = 12
"""An address where more last names are found is a tower block, a residence or an office: nobody lives together."""


@kept_sql
def domains_sql(email: str) -> str:
    """The persons of whom no company is known, with the only account that has the domain of their e-mail."""
    persons = ibis.table({PERSON: dtypes.int32, email: dtypes.string}, name="person")
    named = ibis.table({PERSON: dtypes.int32, ACCOUNT: dtypes.int32}, name=NAMED)
    domain = persons[email].strip().lower().re_extract(r"@([^@\s]+)$", 1)
    found = persons.select(PERSON, domain=domain).filter(lambda r: r.domain != "")
    accounts = ibis.table({ACCOUNT: dtypes.int32, "firm_domain": dtypes.string}, name="account")
    owners = accounts.filter(accounts.firm_domain.notnull()).group_by("firm_domain").agg(
        n=lambda r: r.count(), **{ACCOUNT: lambda r: r[ACCOUNT].min()}
    )  # fmt: skip
    only = owners.filter(owners.n == 1).select(ACCOUNT, domain=lambda r: r.firm_domain)
    joined = found.join(only, "domain").select(ACCOUNT, PERSON, "domain")
    return to_sql(joined.anti_join(named, PERSON).order_by(ACCOUNT, PERSON))


@kept_sql
def households_sql() -> str:
    """The persons of each household: the same cleaned address and last name, at least two of them, at most so many."""
    places = _without_crowds(ibis.table(PLACES_SCHEMA, name=PLACES))
    alike = places.group_by("address", "last_name").agg(
        n=lambda r: r.count(), name=lambda r: r.shown.min()
    )  # fmt: skip
    kept = alike.filter((alike.n > 1) & (alike.n <= parameter("most", dtypes.int64)))
    joined = ibis.table(PLACES_SCHEMA, name=PLACES).join(kept, ["address", "last_name"])
    return to_sql(joined.select(PERSON, "address", "last_name", "name").order_by("address", "last_name", PERSON))


@kept_sql
def crowds_sql() -> str:
    """How many addresses are crowded, and how many groups of the others are too large for a household."""
    places = ibis.table(PLACES_SCHEMA, name=PLACES)
    crowded = _crowded(places)
    alike = _without_crowds(places).group_by("address", "last_name").agg(n=lambda r: r.count())
    large = alike.filter(alike.n > parameter("most", dtypes.int64))
    return to_sql(crowded.agg(crowded=lambda r: r.count()).cross_join(large.agg(large=lambda r: r.count())))


@kept_sql
def known_households_sql() -> str:
    """The households that the ledger knows: what they are known by, and their keys."""
    known = ibis.table(LEDGER_SCHEMA, name=LEDGER)
    own = known.filter((known.subject == "account") & (known.kind == HOUSEHOLD))
    return to_sql(own.select("value", "key").order_by("key"))


@kept_sql
def moved_sql() -> str:
    """The persons who are to be joined otherwise than they are."""
    wanted, held = (ibis.table(JOINED_SCHEMA, name=name) for name in (WANTED, JOINED))
    keys = list(JOINED_SCHEMA)
    moved = wanted.anti_join(held, keys).union(held.anti_join(wanted, keys))
    return to_sql(moved[[PERSON]].distinct())


@kept_sql
def wanted_sql() -> str:
    """Who is to be joined, in order of the accounts."""
    return to_sql(ibis.table(JOINED_SCHEMA, name=WANTED).select(*JOINED_SCHEMA).order_by(ACCOUNT, PERSON))


def _crowded(places: ir.Table) -> ir.Table:
    names = places.group_by("address").agg(names=lambda r: r.last_name.nunique())
    return names.filter(names.names > MOST_NAMES)


def _without_crowds(places: ir.Table) -> ir.Table:
    return places.anti_join(_crowded(places), "address")
