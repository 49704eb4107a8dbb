"""Whose is what somebody wrote: a public id, also one from before links joined persons, or an identifier."""

import ibis

from quartier.catalog import Subject
from quartier.engine import KEY, PUBLIC_ID, DuckDBEngine, Query, kept_sql, parameter, to_sql
from quartier.identify.cleaning.identifiers import spellings
from quartier.identify.definition import KINDS
from quartier.identify.public_ids import public_ids
from quartier.store import Store, identities
from quartier.store.identities import Identity

_LOOKS_LIKE = {"person": "p_", "account": "a_"}


def owner_of(store: Store, engine: DuckDBEngine, public_id: str, subject: Subject = "person") -> int | None:
    """The key of who has a public id, or had it before; None when nobody has.

    A list that left the house names persons by these ids: it still does when two of them turned out to be one.
    """
    text = public_id.strip()
    if not text.startswith(_LOOKS_LIKE[subject]) or engine.schema(subject) is None:
        return None
    keys = engine.keys(Query(_of_public_id_sql(subject), {"id": text}))
    if len(keys):
        return int(keys[0])
    with store.begin() as connection:
        moved = identities.moved_keys(connection, subject)
    former = dict(zip(public_ids(list(moved), subject, store.secret), moved.values(), strict=True))
    return former.get(text)


def written_identities(store: Store, written: str, country: str, subject: Subject = "person") -> list[Identity]:
    """The identifiers that somebody wrote, as a value alone or as `email:ann@shop.fr`; in order of their numbers.

    However an e-mail or a phone is written; `country` is whose phones are written without a code.
    """
    kind, _, rest = written.strip().partition(":")
    is_named = kind in KINDS and bool(rest)
    values = spellings(rest if is_named else written, country)
    with store.begin() as connection:
        return identities.of_value(connection, subject, [kind] if is_named else KINDS, values)


@kept_sql
def _of_public_id_sql(subject: Subject) -> str:
    rows = ibis.table({KEY[subject]: "int32", PUBLIC_ID[subject]: "string"}, name=subject)
    return to_sql(rows.filter(rows[PUBLIC_ID[subject]] == parameter("id", "string")).select(KEY[subject]))
