"""From a survey and what was typed to the page of one step: pure, ready for the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quartier.collect.surveys.answers import LONGEST_EMAIL, LONGEST_OTHER, Typed
from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.pages import Answers, Steps, is_shown, possible_steps
from quartier.collect.surveys.questions import OTHER, Choice, Number, Question, Scale, Words
from quartier.errors import Sentence
from quartier.language import Language, Text
from quartier.web import survey_words as words
from quartier.web.survey_views import Choosable, Field, FormPage, Layout

EMAIL, CONSENT = "email", "consent"
"""Names of the two fields that are no questions."""

PREFIX = "q."
"""Before the names of the fields that are."""


@dataclass(frozen=True)
class Filling:
    """How far somebody has come with a survey, and what goes with the form from step to step."""

    survey: Survey
    language: Language
    owner: str
    typed: Typed
    answers: Answers
    wrong: Mapping[str, Sentence]
    plan: Steps
    step: int
    is_known: bool
    carried: Mapping[str, str]
    trouble: Text | None = None

    @property
    def asks_email(self) -> bool:
        """Whether an e-mail must be asked for: a link says who it is without."""
        return self.survey.identify == "email" and not self.is_known


def form_page(filling: Filling) -> FormPage:
    """The page of the step at which somebody is."""
    survey, language, owner = filling.survey, filling.language, filling.owner
    possible = possible_steps(filling.plan, filling.answers, filling.step)
    number, count = possible.index(filling.step) + 1, len(possible)
    is_last = number == count
    fields = tuple(_field(each, filling) for each in _questions(filling))
    email = _email(filling) if is_last and filling.asks_email else None
    consent = _consent(filling) if is_last and survey.consent else None
    errors = tuple(_errors([*fields, *filter(None, (email, consent))], language))
    title = survey.title.to(language)
    return FormPage(
        language=language,
        other_language=other_of(language),
        head=(words.ERROR_HEAD if errors else words.HEAD).to(language, title=title, owner=owner),
        owner=owner,
        title=title,
        intro=survey.intro.to(language) if survey.intro and number == 1 else "",
        notice=_notice(filling),
        action=f"/s/{survey.survey}",
        step=number,
        steps=count,
        step_words=words.STEP.to(language, step=number, steps=count) if count > 1 else "",
        fields=fields,
        hidden=tuple(_hidden(filling, fields, email, consent)),
        email=email,
        consent=consent,
        errors=errors,
        trouble=filling.trouble.to(language) if filling.trouble else "",
        is_first=number == 1,
        is_last=is_last,
        words={name: each.to(language) for name, each in words.BUTTONS.items()}
        | {"other_language": words.NAMES[other_of(language)]},
    )


def other_of(language: Language) -> Language:
    """The other of our two languages."""
    return "fr" if language == "en" else "en"


def as_answered(typed: Typed) -> Typed:
    """What was typed to the questions, by their names."""
    return {name.removeprefix(PREFIX): values for name, values in typed.items() if name.startswith(PREFIX)}


def _questions(filling: Filling) -> list[Question]:
    return [each for each in filling.plan[filling.step] if is_shown(each, filling.answers)]


def _errors(fields: Sequence[Field], language: Language) -> list[tuple[str, str, str]]:
    return [
        (each.first_id, words.CONSENT.to(language) if each.name == CONSENT else each.text, each.error)
        for each in fields
        if each.error
    ]


def _field(question: Question, filling: Filling) -> Field:
    language, id_ = filling.language, f"q-{question.name}"
    choices = _choices(question, filling, id_)
    own = isinstance(question, Choice) and question.other
    wrong = filling.wrong.get(question.name)
    return Field(
        id=id_,
        first_id=choices[0].id if choices else f"{id_}-answer",
        name=PREFIX + question.name,
        kind=_kind(question),
        text=question.text.to(language),
        help=question.help.to(language) if question.help else "",
        is_required=question.required,
        choices=choices,
        ends=_ends(question, language),
        value=_only(filling.typed, PREFIX + (f"{question.name}.{OTHER}" if own else question.name)),
        other_name=f"{PREFIX}{question.name}.{OTHER}" if own else "",
        unit=question.unit.to(language) if isinstance(question, Number) and question.unit else "",
        longest=question.longest if isinstance(question, Words) else LONGEST_OTHER,
        error=wrong.to(language) if wrong else "",
    )


def _kind(question: Question) -> Layout:
    match question:
        case Scale():
            return "scale" if _has_words(question) else "points"
        case Choice():
            return "several" if question.several else "list"
        case Number():
            return "number"
        case _:
            return "words"


def _has_words(question: Scale) -> bool:
    """Whether each point has words, and not the ends alone."""
    return len(question.point_labels) == len(question.points)


def _choices(question: Question, filling: Filling, id_: str) -> tuple[Choosable, ...]:
    chosen, language = set(filling.typed.get(PREFIX + question.name, ())), filling.language
    if isinstance(question, Scale):
        labels = question.point_labels if _has_words(question) else ()
        texts = [each.to(language) for each in labels] or _end_texts(question, language)
        return tuple(
            Choosable(f"{id_}--{point}", str(point), str(point), text, str(point) in chosen)
            for point, text in zip(question.points, texts, strict=True)
        )
    if not isinstance(question, Choice):
        return ()
    offered = [(each.value, each.label.to(language)) for each in question.options]
    offered += [(OTHER, words.OTHER.to(language))] if question.other else []
    return tuple(Choosable(f"{id_}--{value}", value, "", label, value in chosen) for value, label in offered)


def _end_texts(question: Scale, language: Language) -> list[str]:
    low, high = _ends(question, language) or ("", "")
    return [low, *[""] * (len(question.points) - 2), high]


def _ends(question: Question | Scale, language: Language) -> tuple[str, str] | None:
    if not isinstance(question, Scale) or _has_words(question):
        return None
    low, high = question.point_labels
    return low.to(language), high.to(language)


def _email(filling: Filling) -> Field:
    wrong, language = filling.wrong.get(EMAIL), filling.language
    return Field(
        id=EMAIL, first_id=f"{EMAIL}-answer", name=EMAIL, kind="words", text=words.EMAIL.to(language),
        help=words.EMAIL_HELP.to(language, owner=filling.owner), is_required=True, choices=(), ends=None,
        value=_only(filling.typed, EMAIL), other_name="", unit="", longest=LONGEST_EMAIL,
        error=wrong.to(language) if wrong else "",
    )  # fmt: skip


def _consent(filling: Filling) -> Field:
    wrong, language = filling.wrong.get(CONSENT), filling.language
    text = filling.survey.consent.to(language) if filling.survey.consent else ""
    return Field(
        id=CONSENT, first_id=f"{CONSENT}-answer", name=CONSENT, kind="list", text=text, help="", is_required=True,
        choices=(), ends=None, value=_only(filling.typed, CONSENT), other_name="", unit="", longest=0,
        error=wrong.to(language) if wrong else "",
    )  # fmt: skip


def _notice(filling: Filling) -> str:
    said = words.KNOWN if filling.is_known else words.ASKED if filling.asks_email else words.ANONYMOUS
    return said.to(filling.language, owner=filling.owner)


def _hidden(
    filling: Filling, fields: Sequence[Field], email: Field | None, consent: Field | None
) -> list[tuple[str, str]]:
    """What was typed on other steps, so that nothing is lost on the way, and what tells the form apart."""
    here = {name for each in fields for name in (each.name, each.other_name)}
    here |= {each.name for each in (email, consent) if each}
    names = [each.name for each in filling.survey.questions]
    known = {PREFIX + name + end for name in names for end in ("", f".{OTHER}")}
    kept = [
        (name, value)
        for name, values in filling.typed.items()
        if name in known | {EMAIL, CONSENT} and name not in here
        for value in values
        if value
    ]
    return [*filling.carried.items(), ("step", str(filling.step)), *kept]


def _only(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[-1] if values else ""
