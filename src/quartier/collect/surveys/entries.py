"""What the catalog says of a survey: an event type whose properties are the questions, and traits for the answers kept.

Events of all surveys share one table, in which a question is a column: two surveys that ask under the same name must
ask for the same type of value.
"""

from collections.abc import Iterable, Sequence

from quartier.catalog import Catalog, EventType, Label, Property, Sensitivity, Trait, ValueType
from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.messages import Happening
from quartier.collect.surveys.questions import Question, properties_of
from quartier.errors import Problem
from quartier.language import Text


def with_surveys(catalog: Catalog, surveys: Iterable[Survey]) -> Catalog:
    """The catalog with the event types and traits of surveys; what it knows already stays as it is."""
    listed = list(surveys)
    for happening in Happening:
        catalog = catalog.with_event(_event(catalog, happening, listed))
    known = {each.name for each in catalog.traits if each.of == "person"}
    return catalog.with_traits(*(trait for trait in traits_of(listed) if trait.name not in known))


def clashes(survey: Survey, catalog: Catalog, others: Sequence[Survey]) -> list[Problem]:
    """Where a survey asks for another type of value than the data or another survey have under the same name."""
    event = catalog.event(Happening.ANSWERED.value)
    known = {each.name: each.type for each in (event.properties if event else ())}
    for other in others:
        if other.survey != survey.survey:
            for question in other.questions:
                known = properties_of(question) | known
    traits = {each.name: each.type for each in catalog.traits if each.of == "person"}
    found = []
    for place, question in enumerate(survey.questions):
        wrong = [name for name, type_ in properties_of(question).items() if not _fits(type_, known.get(name))]
        name = survey.trait_name(question.name)
        if question.trait and not _fits(question.value_type, traits.get(name)):
            wrong.append(name)
        found += [Problem(f"questions[{place}].name", _OTHER_TYPE.with_(name=each), _RENAME) for each in wrong]
    return found


def traits_of(surveys: Iterable[Survey]) -> list[Trait]:
    """The traits that keep answers beside the persons."""
    return [
        Trait(
            name=survey.trait_name(question.name),
            type=question.value_type,
            family=question.trait.family,
            label=question.trait.label or question.text,
            sensitivity=question.trait.sensitivity,
        )
        for survey in surveys
        for question in survey.questions
        if question.trait
    ]


def _fits(asked: ValueType, known: ValueType | None) -> bool:
    """Whole numbers fit a column of numbers, too."""
    return known in (None, asked) or (asked is ValueType.INTEGER and known is ValueType.NUMBER)


def _event(catalog: Catalog, happening: Happening, surveys: Sequence[Survey]) -> EventType:
    name = happening.value
    present = catalog.event(name) or EventType(name=name, label=_LABELS[happening])
    own = [*_COMMON, *(_CONSENT if happening is Happening.ANSWERED else ())]
    asked = [each for survey in surveys for question in survey.questions for each in _properties(question)]
    known = {each.name for each in present.properties}
    fresh: dict[str, Property] = {}
    for each in own + (asked if happening is Happening.ANSWERED else []):
        if each.name not in known:
            fresh.setdefault(each.name, each)
    return present.model_copy(update={"properties": (*present.properties, *fresh.values())})


def _properties(question: Question) -> list[Property]:
    sensitivity = question.trait.sensitivity if question.trait else Sensitivity.ORDINARY
    return [
        Property(name=name, type=type_, label=question.text, sensitivity=sensitivity)
        for name, type_ in properties_of(question).items()
    ]


_LABELS = {
    Happening.SHOWN: Label(en="Survey shown", fr="Enquête montrée"),
    Happening.DECLINED: Label(en="Survey declined", fr="Enquête refusée"),
    Happening.ANSWERED: Label(en="Survey answered", fr="Enquête remplie"),
}
_COMMON = (
    Property(name="survey", type=ValueType.TEXT, label=Label(en="Survey", fr="Enquête")),
    Property(
        name="version", type=ValueType.INTEGER, label=Label(en="Version of the survey", fr="Version de l'enquête")
    ),
    Property(name="language", type=ValueType.TEXT, label=Label(en="Language of the page", fr="Langue de la page")),
    Property(name="visit", type=ValueType.TEXT, label=Label(en="Visit of the page", fr="Visite de la page")),
)
_CONSENT = (
    Property(name="consent", type=ValueType.BOOLEAN, label=Label(en="Consent given", fr="Consentement donné")),
    Property(name="consent_text", type=ValueType.TEXT, label=Label(en="Text agreed to", fr="Texte accepté")),
)
_OTHER_TYPE = Text(
    en="“{name}” holds another type of value already", fr="« {name} » contient déjà un autre type de valeur"
)
_RENAME = Text(en="give the question another name", fr="donnez un autre nom à la question")
