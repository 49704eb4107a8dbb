"""Near misses in words and as plain values."""

from math import ceil
from typing import Any

from quartier.language import LANGUAGES, Language, Text, joined
from quartier.segment.clauses import Reader
from quartier.segment.conditions import ComparedLeaf, EventLeaf, PlaceLeaf, RankLeaf, SequenceLeaf, TraitLeaf
from quartier.segment.near import Change, NearMiss
from quartier.segment.place_words import distance
from quartier.segment.predicates import counted, single
from quartier.segment.sentence import said
from quartier.segment.sequence_words import step_words
from quartier.segment.vocabulary import property_noun, trait_noun


def near_lines(found: NearMiss, language: Language, *, currency: str | None = None) -> list[str]:
    """What would turn it: a heading, and a line for each change, all of which are needed."""
    reader = Reader(language, currency)
    if not found.changes:
        return [reader.said(_NOTHING)]
    heading = reader.said(_TO_ENTER if found.enters else _TO_LEAVE)
    unsure = [] if found.is_sure else [reader.said(_UNSURE)]
    return [heading, *(reader.said(_ITEM, change=change_said(each, reader)) for each in found.changes), *unsure]


def change_said(change: Change, reader: Reader) -> str:
    """“Placed at least 3 orders in the last 90 days: 2 more”, “Plan is “pro”: “pro” instead of “free””."""
    sentence = said(change.node, reader)
    match change.node:
        case SequenceLeaf() as leaf:
            steps = [step_words(leaf, index, reader) for index in range(change.after - 1, len(leaf.steps))]
            return reader.said(_MISSING, sentence=sentence, steps=joined(steps, reader.language))
        case PlaceLeaf():
            is_outside = change.before > change.after
            return reader.said(_TOO_FAR if is_outside else _TO_EDGE, sentence=sentence, km=_kilometres(change, reader))
        case ComparedLeaf(left=changed) | RankLeaf(ranked=changed):
            return _instead(change, changed, sentence, reader)
        case EventLeaf() | TraitLeaf() as leaf:
            return _instead(change, leaf, sentence, reader)
    return sentence


def _instead(change: Change, changed: EventLeaf | TraitLeaf, sentence: str, reader: Reader) -> str:
    """How many more, or which value instead of which."""
    match changed:
        case EventLeaf() as leaf if change.more is not None:
            declared = leaf.measure.declared if leaf.measure.kind == "sum" else None
            unit = property_noun(declared, reader)[1] if declared else None
            return reader.said(_MORE, sentence=sentence, more=counted(change.more, reader, unit))
        case TraitLeaf() as leaf:
            unit = trait_noun(leaf.trait, reader)[1]
            before = reader.said(_UNKNOWN) if change.before is None else single(change.before, reader, unit)
            return reader.said(_INSTEAD, sentence=sentence, after=single(change.after, reader, unit), before=before)
    return sentence


def _kilometres(change: Change, reader: Reader) -> str:
    """To the next hundred metres, so that whoever goes that far is over the edge."""
    return distance(ceil((change.more or 0) * 10) / 10, reader)


def plain_near_miss(found: NearMiss, currency: str | None = None) -> dict[str, Any]:
    """The near miss as plain values, its changes in both languages."""
    return {
        "enters": found.enters,
        "is_sure": found.is_sure,
        "cost": found.cost if found.changes else None,
        "changes": [_plain_change(each, currency) for each in found.changes],
    }


def _plain_change(change: Change, currency: str | None) -> dict[str, Any]:
    return {
        "said": {language: change_said(change, Reader(language, currency)) for language in LANGUAGES},
        "before": change.before,
        "after": change.after,
        "more": change.more,
        "cost": change.cost,
    }


_TO_ENTER = Text(en="The smallest change to enter:", fr="Le plus petit changement pour entrer :")
_TO_LEAVE = Text(en="The smallest change to leave:", fr="Le plus petit changement pour sortir :")
_ITEM = Text(en="  • {change}", fr="  • {change}")
_MORE = Text(en="{sentence}: {more} more", fr="{sentence} : encore {more}")
_INSTEAD = Text(en="{sentence}: {after} instead of {before}", fr="{sentence} : {after} au lieu de {before}")
_MISSING = Text(en="{sentence}: still to come: {steps}", fr="{sentence} : il reste à faire : {steps}")
_TOO_FAR = Text(en="{sentence}: {km} too far", fr="{sentence} : {km} de trop")
_TO_EDGE = Text(en="{sentence}: {km} from the edge", fr="{sentence} : à {km} du bord")
_UNKNOWN = Text(en="a missing value", fr="une valeur manquante")
_UNSURE = Text(
    en="Other conditions read the same data, and may turn as well.",
    fr="D'autres conditions lisent les mêmes données et peuvent changer aussi.",
)
_NOTHING = Text(
    en="No smallest change of the data is offered for these conditions.",
    fr="Aucun plus petit changement des données n'est proposé pour ces conditions.",
)
