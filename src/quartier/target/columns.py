"""Which columns a list has: what reaches a person, unless the user chooses; never a special category."""

from collections.abc import Sequence

from quartier.catalog import Catalog, Meaning, Sensitivity
from quartier.engine import PUBLIC_ID
from quartier.errors import InvalidDefinition, Problem, suggestion
from quartier.language import Text

_REACHING = (
    Meaning.USER_ID,
    Meaning.EMAIL,
    Meaning.PHONE,
    Meaning.FIRST_NAME,
    Meaning.LAST_NAME,
    Meaning.FULL_NAME,
)


def columns_of(catalog: Catalog, traits: Sequence[str] | None = None) -> tuple[str, ...]:
    """The public id, then the traits asked for, or those that name and reach a person.

    Raises InvalidDefinition for traits that are unknown or of a special category, all at once.
    """
    if traits is None:
        found = (catalog.with_meaning(meaning) for meaning in _REACHING)
        traits = [each.name for each in found if each and each.sensitivity is not Sensitivity.SPECIAL]
    chosen = [name for name in dict.fromkeys(traits) if name != PUBLIC_ID["person"]]
    if problems := [problem for name in chosen if (problem := _problem(catalog, name))]:
        raise InvalidDefinition("traits", problems)
    return (PUBLIC_ID["person"], *chosen)


def _problem(catalog: Catalog, name: str) -> Problem | None:
    trait = catalog.trait(name)
    if trait is None:
        return Problem(name, _UNKNOWN, suggestion(name, [each.name for each in catalog.traits if each.of == "person"]))
    return Problem(name, _SPECIAL, _LEAVE_OUT) if trait.sensitivity is Sensitivity.SPECIAL else None


_UNKNOWN = Text(en="no trait has this name", fr="aucun trait ne porte ce nom")
_SPECIAL = Text(
    en="this trait is of a special category (Article 9 GDPR) and does not leave in a list",
    fr="ce trait relève d'une catégorie particulière (article 9 du RGPD) et ne sort pas dans une liste",
)
_LEAVE_OUT = Text(en="leave it out", fr="retirez-le")
