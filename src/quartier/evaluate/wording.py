"""Effects in sentences, in both languages: the difference with its interval, or why nothing can be said."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from quartier.evaluate.effect import FEWEST_PERSONS, FEWEST_RESPONDERS, Caution, Effect, Interval, Verdict
from quartier.evaluate.outcome import BoundOutcome, Measure
from quartier.language import Language, Plural, Said, Text, amount, decimal, percent


class Unit(StrEnum):
    """How values of an outcome are written."""

    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"


@dataclass(frozen=True)
class Subject:
    """What was measured, for a reader: its words, its unit, and the currency of amounts."""

    label: Text | Said
    unit: Unit
    currency: str
    is_spending: bool = False

    def as_json(self) -> dict[str, object]:
        """The plain form, for machines."""
        label = {"en": self.label.to("en"), "fr": self.label.to("fr")}
        return {"label": label, "unit": self.unit.value, "currency": self.currency if self.unit is Unit.MONEY else None}


def subject_of(outcome: BoundOutcome, currency: str) -> Subject:
    """The words of a bound outcome."""
    n, unit = outcome.outcome.within.split()
    window = _WINDOWS[unit.removesuffix("s")].with_(n=int(n))
    of = outcome.of.label.text if outcome.of else ""
    label = _LABELS[outcome.measure].with_(of=of, event=outcome.event.label.text, window=window)
    unit_of = Unit.SHARE if outcome.measure is Measure.ANY else Unit.MONEY if outcome.is_money else Unit.NUMBER
    return Subject(label, unit_of, currency, outcome.is_spending)


def figure(value: float, subject: Subject) -> Text:
    """A value of the outcome as each language writes it."""
    match subject.unit:
        case Unit.MONEY:
            return _both(lambda language: amount(value, subject.currency, language))
        case Unit.SHARE:
            return _both(lambda language: percent(value, language, 2))
        case Unit.NUMBER:
            return _both(lambda language: decimal(value, language, 3))


def gap(value: float, subject: Subject, *, signed: bool = True) -> Text:
    """A difference of two values; between shares it is in points out of 100."""
    match subject.unit:
        case Unit.MONEY:
            return _both(lambda language: amount(value, subject.currency, language, signed=signed))
        case Unit.SHARE:
            return _both(lambda language: _POINTS.to(language, n=_number(value * 100, language, 2, signed)))
        case Unit.NUMBER:
            return _both(lambda language: _number(value, language, 3, signed))


def sentences_of(effect: Effect, subject: Subject) -> list[Said]:
    """The difference, its lift, and what to do when it is too small to tell."""
    said = [_difference(effect, subject), _lift(effect), _too_small(effect, subject)]
    sentences = [each for each in said if each is not None]
    if effect.segment is None:
        return sentences
    return [_IN_SEGMENT.with_(segment=effect.segment, sentence=each) for each in sentences]


def _difference(effect: Effect, subject: Subject) -> Said | None:
    if effect.difference is None or effect.targeted.mean is None or effect.held_out.mean is None:
        return None
    interval = _interval(effect, effect.interval, lambda value: gap(value, subject))
    if subject.is_spending:
        said = _SPENT_MORE if effect.difference >= 0 else _SPENT_LESS
        return said.with_(difference=gap(abs(effect.difference), subject, signed=False), interval=interval)
    return _DIFFERS[subject.unit].with_(
        label=subject.label,
        targeted=figure(effect.targeted.mean, subject),
        held_out=figure(effect.held_out.mean, subject),
        difference=gap(effect.difference, subject),
        interval=interval,
    )


def _lift(effect: Effect) -> Said | None:
    if effect.lift is None or effect.lift_interval is None:
        return None
    interval = _interval(effect, effect.lift_interval, _percents)
    return _LIFT.with_(lift=_percents(effect.lift), interval=interval)


def _too_small(effect: Effect, subject: Subject) -> Said | None:
    if effect.caution is not None:
        return _CAUTIONS[effect.caution].with_(n=min(effect.targeted.persons, effect.held_out.persons))
    if effect.verdict is not Verdict.TOO_SMALL:
        return None
    if effect.needed is None:
        return _TOO_SMALL.with_()
    return _TOO_SMALL_NEEDS.with_(
        difference=gap(effect.needed.difference, subject, signed=False),
        targeted=effect.needed.targeted,
        held_out=effect.needed.held_out,
    )


def _interval(effect: Effect, interval: Interval | None, written: Callable[[float], Text]) -> Said:
    if interval is None:
        return _NO_INTERVAL.with_()
    level = _both(lambda language: percent(effect.confidence, language, 2))
    return _INTERVAL.with_(level=level, low=written(interval.low), high=written(interval.high))


def _percents(share: float) -> Text:
    return _both(lambda language: percent(share, language, signed=True))


def _number(value: float, language: Language, places: int, signed: bool) -> str:
    text = decimal(value, language, places)
    return f"+{text}" if signed and value > 0 else text


def _both(write: Callable[[Language], str]) -> Text:
    return Text(en=write("en"), fr=write("fr"))


_POINTS = Text(en="{n} points", fr="{n} points")
_WINDOWS = {
    "hour": Plural(Text(en="{n} hour", fr="{n} heure"), Text(en="{n} hours", fr="{n} heures")),
    "day": Plural(Text(en="{n} day", fr="{n} jour"), Text(en="{n} days", fr="{n} jours")),
    "week": Plural(Text(en="{n} week", fr="{n} semaine"), Text(en="{n} weeks", fr="{n} semaines")),
}
_LABELS = {
    Measure.SUM: Text(
        en="{of} of “{event}” per person, within {window}", fr="{of} de « {event} » par personne, sous {window}"
    ),
    Measure.MEAN: Text(
        en="Mean {of} of a “{event}”, within {window}", fr="{of} en moyenne par « {event} », sous {window}"
    ),
    Measure.COUNT: Text(
        en="Number of “{event}” per person, within {window}", fr="Nombre de « {event} » par personne, sous {window}"
    ),
    Measure.DISTINCT: Text(
        en="Different values of {of} in “{event}” per person, within {window}",
        fr="Valeurs différentes de {of} dans « {event} » par personne, sous {window}",
    ),
    Measure.ANY: Text(
        en="Persons with at least one “{event}” within {window}",
        fr="Personnes avec au moins un « {event} » sous {window}",
    ),
}
_SPENT_MORE = Text(
    en="Targeted persons spent {difference} more on average than the held out ({interval}).",
    fr="Les personnes ciblées ont dépensé en moyenne {difference} de plus que le groupe témoin ({interval}).",
)
_SPENT_LESS = Text(
    en="Targeted persons spent {difference} less on average than the held out ({interval}).",
    fr="Les personnes ciblées ont dépensé en moyenne {difference} de moins que le groupe témoin ({interval}).",
)
_VALUES = Text(
    en="{label}: {targeted} for the targeted, {held_out} for the held out, a difference of {difference} ({interval}).",
    fr="{label} : {targeted} pour les personnes ciblées, {held_out} pour le groupe témoin, "
    "soit une différence de {difference} ({interval}).",
)
_SHARES = Text(
    en="{label}: {targeted} of the targeted, {held_out} of the held out, a difference of {difference} ({interval}).",
    fr="{label} : {targeted} des personnes ciblées, {held_out} du groupe témoin, "
    "soit une différence de {difference} ({interval}).",
)
_DIFFERS = {Unit.MONEY: _VALUES, Unit.NUMBER: _VALUES, Unit.SHARE: _SHARES}
_INTERVAL = Text(en="{level} interval: {low} to {high}", fr="intervalle à {level} : de {low} à {high}")
_NO_INTERVAL = Text(en="no interval can be computed", fr="aucun intervalle calculable")
_LIFT = Text(
    en="Relative to the held out: {lift} ({interval}).", fr="Par rapport au groupe témoin : {lift} ({interval})."
)
_IN_SEGMENT = Text(en="“{segment}”: {sentence}", fr="« {segment} » : {sentence}")
_TOO_SMALL = Text(
    en="Too small to tell: chance alone may give this.",
    fr="Trop petit pour conclure : le hasard seul peut donner cela.",
)
_TOO_SMALL_NEEDS = Text(
    en="Too small to tell: chance alone may give this. To show a difference of {difference}, about {targeted} targeted "
    "and {held_out} held out persons would be needed (8 chances in 10).",
    fr="Trop petit pour conclure : le hasard seul peut donner cela. Pour mettre en évidence une différence de "
    "{difference}, il faudrait environ {targeted} personnes ciblées et {held_out} personnes témoins "
    "(8 chances sur 10).",
)
_CAUTIONS = {
    Caution.EMPTY_ARM: Text(
        en="Nothing can be compared: one of the two sides has nobody, or nothing to measure.",
        fr="Rien à comparer : l'un des deux côtés n'a personne, ou rien à mesurer.",
    ),
    Caution.ONE_PERSON: Text(
        en="Nothing can be concluded: one of the two sides is a single person.",
        fr="Rien à conclure : l'un des deux côtés ne compte qu'une personne.",
    ),
    Caution.NO_SPREAD: Text(
        en="Nothing can be concluded: within each side all persons have the same value.",
        fr="Rien à conclure : de chaque côté, toutes les personnes ont la même valeur.",
    ),
    Caution.FEW: Text(
        en="Too small to tell: the smaller side has {n} persons; an interval is trusted, whether it leaves zero out or "
        f"not, from {FEWEST_PERSONS} persons and {FEWEST_RESPONDERS} expected to respond on each side.",
        fr="Trop petit pour conclure : le côté le plus petit compte {n} personnes ; un intervalle, qu'il exclue zéro "
        f"ou non, n'est retenu qu'à partir de {FEWEST_PERSONS} personnes et de {FEWEST_RESPONDERS} réactions "
        "attendues de chaque côté.",
    ),
}
