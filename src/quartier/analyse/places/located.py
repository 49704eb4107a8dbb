"""Where each person's place is looked up among the known ones, as expressions."""

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Catalog
from quartier.engine import KEY, dtype_of, kept_sql, to_sql
from quartier.engine.keyed import of_wanted
from quartier.identify.places import place_traits

PERSON = KEY["person"]
KNOWN = "quartier_places"
"""The places that were derived already, by what records say of them."""

FROM = ("country", "postal_code", "city")
TYPES = {each.name: dtype_of(each.type) for each in place_traits(Catalog())}
KNOWN_SCHEMA = ibis.schema({**dict.fromkeys(FROM, "string"), **TYPES})
Sources = tuple[tuple[str, str], ...]
"""The columns of places and the traits of persons that hold them."""


@kept_sql
def unknown_sql(sources: Sources) -> str:
    """What records of the wanted persons say that none said before."""
    said = of_wanted(_said(sources, ()), PERSON).select(*FROM).distinct()
    return to_sql(said.anti_join(_known(), list(FROM)).order_by(*FROM))


@kept_sql
def differing_sql(sources: Sources, names: tuple[str, ...]) -> str:
    """The wanted persons whose traits are not those of their places, with what they are to be."""
    both = _said(sources, names).join(_known(), list(FROM))
    is_other = ibis.or_(*(~both[name].identical_to(both[f"held_{name}"]) for name in names))
    other = both.filter(is_other).select(PERSON, *names)
    return to_sql(of_wanted(other, PERSON))


def _said(sources: Sources, names: tuple[str, ...]) -> ir.Table:
    """What is said of the place of each person, nothing as an empty text, and some traits that they have."""
    held = dict(sources)
    types = {**dict.fromkeys(held.values(), "string"), **{name: TYPES[name] for name in names}}
    rows = ibis.table({PERSON: "int32", **types}, name="person")
    nothing = ibis.literal("", dtypes.string)
    parts = {each: rows[held[each]].fill_null("") if each in held else nothing for each in FROM}
    return rows.select(PERSON, **parts, **{f"held_{name}": rows[name] for name in names})


def _known() -> ir.Table:
    return ibis.table(KNOWN_SCHEMA, name=KNOWN)
