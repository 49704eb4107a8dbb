"""What in the data needs attention, the most pressing first: each a sentence about one trait or event."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from quartier.analyse.plain import Plain
from quartier.analyse.quality.columns import ColumnQuality, EventQuality, Quality
from quartier.catalog import Label, Sensitivity
from quartier.language import Plural, Said, Text

LEAST_FILLED, LEAST_VALID = 0.5, 0.9
_LARGE = 100.0
_MOST_NAMED = 6
MOST_FAR_OUT = 0.01
"""Share of far-out values from which on they are more than a few odd customers."""


class Pressing(IntEnum):
    """How pressing a finding is, the most first."""

    SILENT = 0
    UNUSUAL = 1
    CHANGED = 2
    INVALID = 3
    UNFITTING = 4
    FUTURE = 5
    FAR_OUT = 6
    EMPTY = 7


@dataclass(frozen=True)
class Attention(Plain):
    """One thing to look at."""

    kind: str
    """silent, unusual, changed, invalid, unfitting, future, far_out or empty"""
    event: str | None
    """the event type; None for a trait of persons"""
    name: str | None
    """the trait or property; None for the event type itself, and for several traits or properties"""
    said: Said


def attention(quality: Quality) -> tuple[Attention, ...]:
    """Everything to look at, the most pressing first; the order within a kind is that of the data."""
    found = [*_of_columns(quality.traits, None)]
    for event in quality.events:
        found += [*_of_event(event, quality.at), *_of_columns(event.properties, event)]
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


Found = tuple[Pressing, Attention]


def _of_event(event: EventQuality, at: dt.datetime) -> Iterator[Found]:
    label, volume = _label(event.label), event.volume
    if volume is not None and volume.days_silent is not None:
        yield _found(Pressing.SILENT, event, None, _SILENT.with_(
            event=label, days=volume.days_silent, pause=_DAYS.with_(n=volume.longest_pause or 0)))  # fmt: skip
    elif volume is not None and volume.is_unusual:
        said = _FEWER if (volume.recent_week or 0) < (volume.usual_week or 0) else _MORE
        yield _found(Pressing.UNUSUAL, event, None, said.with_(
            event=label, recent=round(volume.recent_week or 0), usual=round(volume.usual_week or 0)))  # fmt: skip
    if event.unfitting:
        yield _found(Pressing.UNFITTING, event, None, _UNFITTING.with_(event=label, n=event.unfitting))
    if event.in_the_future:
        yield _found(Pressing.FUTURE, event, None, _FUTURE.with_(event=label, n=event.in_the_future, at=at))


def _of_columns(columns: tuple[ColumnQuality, ...], event: EventQuality | None) -> Iterator[Found]:
    for column in columns:
        where = _PLACED.with_(column=_label(column.label), event=_label(event.label)) if event else _label(column.label)
        for kind, said in _of_column(column):
            yield _found(kind, event, column.name, Said(said.text, {**said.fields, "column": where}))
    yield from _empty(columns, event)


def _of_column(column: ColumnQuality) -> Iterator[tuple[Pressing, Said]]:
    if column.drift is not None and column.drift.is_notable:
        yield Pressing.CHANGED, _CHANGED.with_(index=round(column.drift.index, 2))
    valid = column.valid_rate
    if valid is not None and valid < LEAST_VALID:
        wrong = column.filled - (column.valid or 0)
        yield Pressing.INVALID, _INVALID.with_(wrong=wrong, filled=column.filled, holds=column.rule)
    if column.outliers is not None and column.outliers.count > MOST_FAR_OUT * column.filled:
        yield Pressing.FAR_OUT, _far_out(column)


def _empty(columns: tuple[ColumnQuality, ...], event: EventQuality | None) -> Iterator[Found]:
    """All columns that are mostly empty, in one sentence: a survey that few answered would else fill the page."""
    empty = [each for each in columns if each.fill_rate is not None and each.fill_rate < LEAST_FILLED]
    if not empty:
        return
    named = [_label(each.label) for each in empty[:_MOST_NAMED]]
    rest = len(empty) - len(named)
    columns_said = _AND_MORE.with_(names=named, n=rest) if rest else Text(en="{names}", fr="{names}").with_(names=named)
    name = empty[0].name if len(empty) == 1 else None
    said = _EMPTY.with_(columns=columns_said) if event is None else _EMPTY_OF.with_(
        columns=columns_said, event=_label(event.label))  # fmt: skip
    yield _found(Pressing.EMPTY, event, name, said)


def _far_out(column: ColumnQuality) -> Said:
    """The fences are told for ordinary values only: those of few persons could be guessed from them."""
    assert column.outliers is not None
    if column.sensitivity is not Sensitivity.ORDINARY:
        return _FAR_OUT_SENSITIVE.with_(far=column.outliers.count, filled=column.filled)
    return _FAR_OUT.with_(far=column.outliers.count, filled=column.filled, low=_shown(column.outliers.low),
                          high=_shown(column.outliers.high))  # fmt: skip


def _shown(limit: float) -> float:
    """A limit as a reader wants it: without decimals where it is large."""
    return round(limit) if abs(limit) >= _LARGE else round(limit, 2)


def _found(kind: Pressing, event: EventQuality | None, name: str | None, said: Said) -> Found:
    return kind, Attention(kind.name.lower(), event.event if event else None, name, said)


def _label(label: Label) -> Said:
    return Said(label.text, {})


_PLACED = Text(en="{column} of {event}", fr="{column} de {event}")
_DAYS = Plural(Text(en="{n} day", fr="{n} jour"), Text(en="{n} days", fr="{n} jours"))
_SILENT = Text(
    en="“{event}” fell silent: nothing for {days} days, where the longest pause before was {pause}",
    fr="« {event} » s'est tu : rien depuis {days} jours, quand la plus longue pause était de {pause}",
)
_FEWER = Text(
    en="“{event}” comes less: {recent} a week over the last four, where {usual} are usual",
    fr="« {event} » se raréfie : {recent} par semaine sur les quatre dernières, au lieu de {usual} d'habitude",
)
_MORE = Text(
    en="“{event}” comes more: {recent} a week over the last four, where {usual} are usual",
    fr="« {event} » afflue : {recent} par semaine sur les quatre dernières, au lieu de {usual} d'habitude",
)
_UNFITTING = Text(
    en="“{event}”: {n} events hold a value that does not fit its column; it is kept beside it",
    fr="« {event} » : {n} événements portent une valeur qui n'entre pas dans sa colonne ; elle est gardée à part",
)
_FUTURE = Text(
    en="“{event}”: {n} events are dated after {at}",
    fr="« {event} » : {n} événements sont datés d'après le {at}",
)
_CHANGED = Text(
    en="“{column}” has other values than before (stability index {index} over the last four weeks)",
    fr="« {column} » n'a plus les mêmes valeurs qu'avant (indice de stabilité {index} sur quatre semaines)",
)
_INVALID = Text(
    en="“{column}”: {wrong} of {filled} values are not valid; a valid one {holds}",
    fr="« {column} » : {wrong} valeurs sur {filled} ne sont pas valides ; une valeur valide {holds}",
)
_FAR_OUT = Text(
    en="“{column}”: {far} of {filled} values are far out, below {low} or above {high}",
    fr="« {column} » : {far} valeurs sur {filled} sont aberrantes, sous {low} ou au-dessus de {high}",
)
_FAR_OUT_SENSITIVE = Text(
    en="“{column}”: {far} of {filled} values are far out",
    fr="« {column} » : {far} valeurs sur {filled} sont aberrantes",
)
_AND_MORE = Text(en="{names} and {n} more", fr="{names} et {n} de plus")
_EMPTY = Text(
    en="Filled in for fewer than half of the persons: {columns}",
    fr="Remplis pour moins de la moitié des personnes : {columns}",
)
_EMPTY_OF = Text(
    en="“{event}”: filled in for fewer than half of the events: {columns}",
    fr="« {event} » : remplis pour moins de la moitié des événements : {columns}",
)
