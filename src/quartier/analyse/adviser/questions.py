"""The survey that would fill a family: questions of the ready-made surveys, of our own where those have none."""

from typing import Any, Final

from quartier.catalog import Family
from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.shipped import TEMPLATES, read_template

MOST_QUESTIONS = 5
"""A short survey is answered; what more could be asked can be added by hand."""

_OPTIONS: Final = {
    "alone": ("Just me", "Moi seulement"), "to_9": ("2 to 9", "2 à 9"), "to_49": ("10 to 49", "10 à 49"),
    "to_249": ("50 to 249", "50 à 249"), "more": ("250 or more", "250 ou plus"),
}  # fmt: skip
_DEVICES: Final = {
    "phone": ("A phone", "Un téléphone"), "tablet": ("A tablet", "Une tablette"),
    "computer": ("A computer", "Un ordinateur"), "shop": ("I go to the shop", "Je vais en magasin"),
}  # fmt: skip
_WAYS: Final = {
    "email": ("By e-mail", "Par e-mail"), "text": ("By text message", "Par SMS"), "post": ("By post", "Par courrier"),
    "rarely": ("As rarely as possible", "Le moins possible"),
}  # fmt: skip


def _choice(name: str, en: str, fr: str, options: dict[str, tuple[str, str]], label: tuple[str, str]) -> dict[str, Any]:
    return {
        "name": name, "type": "choice", "text": {"en": en, "fr": fr}, "label": {"en": label[0], "fr": label[1]},
        "options": [{"value": key, "label": {"en": one, "fr": other}} for key, (one, other) in options.items()],
    }  # fmt: skip


_OWN: Final[dict[Family, dict[str, Any]]] = {
    Family.GEOGRAPHIC: {
        "name": "postal_code", "type": "text", "longest": 12,
        "text": {"en": "What is your postal code?", "fr": "Quel est votre code postal\N{NO-BREAK SPACE}?"},
        "label": {"en": "Postal code, as answered", "fr": "Code postal déclaré"},
    },
    Family.BEHAVIOURAL: {
        "name": "bought_anywhere", "type": "number", "whole": True, "min": 0, "max": 365,
        "text": {
            "en": "In the last twelve months, how many times did you buy this kind of thing, wherever it was?",
            "fr": "Ces douze derniers mois, combien de fois avez-vous acheté ce genre de choses, où que ce soit"
                  "\N{NO-BREAK SPACE}?",
        },
        "label": {"en": "Purchases of the year, all shops", "fr": "Achats de l'année, tous magasins"},
    },
    Family.FIRMOGRAPHIC: _choice(
        "company_size", "How many of you work in your company?",
        "Combien êtes-vous dans votre entreprise\N{NO-BREAK SPACE}?", _OPTIONS,
        ("Company size, as answered", "Taille d'entreprise déclarée"),
    ),
    Family.TECHNOGRAPHIC: _choice(
        "buys_on", "On what do you usually buy?", "Sur quoi achetez-vous d'habitude\N{NO-BREAK SPACE}?", _DEVICES,
        ("Usually buys on", "Achète d'habitude sur"),
    ),
    Family.ACCOUNT: _choice(
        "hears_by", "How would you like to hear from us?",
        "Comment souhaitez-vous avoir de nos nouvelles\N{NO-BREAK SPACE}?", _WAYS,
        ("Wishes to hear by", "Souhaite être joint par"),
    ),
}  # fmt: skip


def survey_for(family: Family) -> Survey:
    """A survey, complete in both languages, whose answers would be traits of the family: `ask-needs`."""
    questions, consent = _shipped(family)
    if not questions:
        own = dict(_OWN[family])
        questions = [own | {"trait": {"family": family.value, "label": own.pop("label")}}]
    title = {"en": "To know you better", "fr": "Pour mieux vous connaître"}
    document = {"survey": f"ask-{family.value}", "title": title, "every": "60 days", "questions": questions}
    return Survey.read(document | ({"consent": consent} if consent else {}))


def _shipped(family: Family) -> tuple[list[dict[str, Any]], dict[str, str] | None]:
    """The questions of ready-made surveys whose answers are traits of the family, and the consent they ask for."""
    found, consent = list[dict[str, Any]](), None
    for name in TEMPLATES:
        survey = read_template(name)
        fitting = [each for each in survey.questions if each.trait and each.trait.family is family]
        kept = fitting[: MOST_QUESTIONS - len(found)] if family is not Family.VALUES else fitting
        found += [each.model_dump(mode="json", exclude_defaults=True, exclude={"only_if"}) for each in kept]
        if kept and survey.consent:
            consent = survey.consent.model_dump()
    return found, consent
