"""A catalog with one trait, event type or some properties as a form says them. Pure."""

from collections.abc import Mapping

from quartier.catalog import Catalog, EventType, Family, Label, Property, Sensitivity, Trait, ValueRule
from quartier.catalog.inbox import Answer


def with_trait(catalog: Catalog, trait: Trait, typed: Mapping[str, str]) -> Catalog:
    """The catalog with a trait as it was typed; what is no family, degree or rule stays as it was."""
    rule = ValueRule(typed["rule"]) if typed["rule"] in tuple(ValueRule) else None
    family = Family(typed["family"]) if typed["family"] in tuple(Family) else trait.family
    changed = trait.model_copy(
        update={"label": _label(typed), "family": family, "rule": rule, "is_new": False,
                "sensitivity": _degree(typed["sensitivity"], trait.sensitivity)}
    )  # fmt: skip
    traits = tuple(changed if (each.of, each.name) == (trait.of, trait.name) else each for each in catalog.traits)
    return catalog.model_copy(update={"traits": traits})


def with_event(catalog: Catalog, event: EventType, typed: Mapping[str, str]) -> Catalog:
    """The catalog with an event type and its properties as they were typed, `label_en.3` for the third path."""
    numbers = {path: str(place) for place, path in enumerate(event.paths())}
    changed = event.model_copy(
        update={"label": _label(typed), "is_new": False,
                "properties": tuple(_property(each, "", numbers, typed) for each in event.properties)}
    )  # fmt: skip
    events = tuple(changed if each.name == event.name else each for each in catalog.events)
    return catalog.model_copy(update={"events": events})


def answer(typed: Mapping[str, str]) -> Answer:
    """What is said of new names; what is left out stays as Quartier took it."""
    en, fr = typed["label_en"].strip(), typed["label_fr"].strip()
    label = Label.model_validate({"en": en or fr, "fr": fr or en}) if en or fr else None
    family = Family(typed["family"]) if typed["family"] in tuple(Family) else None
    degree = Sensitivity(typed["sensitivity"]) if typed["sensitivity"] in tuple(Sensitivity) else None
    return Answer(family, degree, label)


def _property(found: Property, above: str, numbers: Mapping[str, str], typed: Mapping[str, str]) -> Property:
    path = f"{above}{found.name}"
    below = tuple(_property(each, f"{path}.", numbers, typed) for each in found.properties)
    place = numbers.get(path)
    if place is None or f"label_en.{place}" not in typed:
        return found.model_copy(update={"properties": below})
    en, fr = (typed[f"label_{each}.{place}"].strip() for each in ("en", "fr"))
    label = Label.model_validate({"en": en or found.label.en, "fr": fr or found.label.fr})
    degree = _degree(typed.get(f"sensitivity.{place}", ""), found.sensitivity)
    return found.model_copy(update={"label": label, "sensitivity": degree, "is_new": False, "properties": below})


def _label(typed: Mapping[str, str]) -> Label:
    return Label.model_validate({"en": typed["label_en"].strip(), "fr": typed["label_fr"].strip()})


def _degree(said: str, otherwise: Sensitivity) -> Sensitivity:
    return Sensitivity(said) if said in tuple(Sensitivity) else otherwise
