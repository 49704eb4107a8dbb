"""How a condition on the person's own clock is bound: every leaf inside that looks at the time is read on that clock.

What holds on their own clock is decided person by person, so that a group of conditions there is the group of each of
them there.
"""

from quartier.catalog import Catalog, Meaning, Trait, ValueType
from quartier.language import Text
from quartier.segment import definition as written
from quartier.segment.binding import Binder, bind_condition
from quartier.segment.conditions import Condition


@bind_condition.register
def _(node: written.OwnTimeCondition, binder: Binder, place: str) -> Condition:
    around, binder.clock = binder.clock, _zone_of_persons(binder.catalog)
    if binder.clock is None:
        binder.problem(f"{place}.own_time", _NO_ZONES, _COLLECT_ZONES)
    found = binder.condition(node.own_time, f"{place}.own_time")
    binder.clock = around
    return found


def _zone_of_persons(catalog: Catalog) -> Trait | None:
    found = catalog.with_meaning(Meaning.TIME_ZONE)
    return found if found and found.type is ValueType.TEXT else None


_NO_ZONES = Text(
    en="nobody's own time zone is known: no trait of persons means `time_zone`",
    fr="le fuseau horaire de personne n'est connu : aucun trait de personnes ne signifie `time_zone`",
)
_COLLECT_ZONES = Text(
    en="collect a column of time zones such as `Europe/Paris`, or give its trait the meaning `time_zone` in the "
    "catalog; without `own_time` the workspace's time zone is used",
    fr="collectez une colonne de fuseaux horaires comme `Europe/Paris`, ou donnez à son trait le sens `time_zone` "
    "dans le catalogue ; sans `own_time`, c'est le fuseau de l'espace de travail qui vaut",
)
