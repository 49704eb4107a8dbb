"""What conditions over the earlier values of a trait say, and what an explanation says was found."""

from collections.abc import Sequence
from typing import Any

from quartier.language import Text, joined
from quartier.segment.clauses import Clause, Reader, whose
from quartier.segment.compared_words import number_words
from quartier.segment.conditions import ChangedLeaf, Comparison, EarlierLeaf
from quartier.segment.earlier_observe import Change, Compared
from quartier.segment.predicates import duration, single
from quartier.segment.vocabulary import Unit, trait_noun
from quartier.segment.window_words import window_words


def changed_clause(leaf: ChangedLeaf, reader: Reader) -> Clause:
    """“whose plan changed from “free” to “pro” in the last 30 days”."""
    noun, unit = trait_noun(leaf.trait, reader)
    given = {"noun": noun, "window": window_words(leaf.window, reader)}
    if leaf.before and leaf.after:
        before, after = _values(leaf.before, reader, unit), _values(leaf.after, reader, unit)
        return whose(reader.said(_FROM_TO, before=before, after=after, **given))
    if leaf.before:
        return whose(reader.said(_FROM, before=_values(leaf.before, reader, unit), **given))
    if leaf.after:
        return whose(reader.said(_TO, after=_values(leaf.after, reader, unit), **given))
    return whose(reader.said(_CHANGED, **given))


def earlier_clause(leaf: EarlierLeaf, reader: Reader) -> Clause:
    """“whose income is more than 1.2 times what it was 90 days ago”."""
    noun, _ = trait_noun(leaf.trait, reader)
    ago = duration(leaf.ago, reader)
    if leaf.times == 1:
        return whose(reader.said(_COMPARED[leaf.operator_key], noun=noun, ago=ago))
    times = number_words(leaf.times, reader)
    return whose(reader.said(_TIMES[leaf.operator_key], noun=noun, ago=ago, n=times))


def found_earlier(leaf: ChangedLeaf | EarlierLeaf, found: Any, reader: Reader) -> str:
    """After the sentence, what was found: the last change that counts, or both values and when the earlier ended."""
    return _change_found(leaf, found, reader) if isinstance(leaf, ChangedLeaf) else _both_found(leaf, found, reader)


def _change_found(leaf: ChangedLeaf, found: Change | None, reader: Reader) -> str:
    if found is None:
        return reader.said(_NO_CHANGE)
    unit = trait_noun(leaf.trait, reader)[1]
    before, after = (_written(each, reader, unit) for each in (found.before, found.after))
    return reader.said(_CHANGE, before=before, after=after, at=single(found.changed_at, reader))


def _both_found(leaf: EarlierLeaf, found: Compared, reader: Reader) -> str:
    unit = trait_noun(leaf.trait, reader)[1]
    now, then = (_written(each, reader, unit) for each in (found.now, found.then))
    if found.changed_at is None:
        return reader.said(_BOTH, now=now, then=then)
    return reader.said(_BOTH_SINCE, now=now, then=then, at=single(found.changed_at, reader))


def _values(test: Comparison, reader: Reader, unit: Unit | None) -> str:
    value: Any = test.value
    values: Sequence[Any] = value if test.operator.takes == "values" else (value,)
    return joined([single(each, reader, unit) for each in values], reader.language, "or")


def _written(value: Any, reader: Reader, unit: Unit | None) -> str:
    if value is None:
        return reader.said(_UNKNOWN)
    if isinstance(value, list | tuple):
        return joined([_written(each, reader, unit) for each in value], reader.language) if value else "[]"
    return single(value, reader, unit)


_CHANGED = Text(en="{noun} changed{window}", fr="{noun} a changé{window}")
_FROM_TO = Text(
    en="{noun} changed from {before} to {after}{window}", fr="{noun} a changé ({before} avant, {after} après){window}"
)
_FROM = Text(en="{noun} changed from {before} to something else{window}", fr="{noun} a changé ({before} avant){window}")
_TO = Text(en="{noun} changed to {after}{window}", fr="{noun} a changé ({after} après){window}")
_COMPARED = {
    "is": Text(en="{noun} is what it was {ago} ago", fr="{noun} a la même valeur qu'il y a {ago}"),
    "is_not": Text(en="{noun} is not what it was {ago} ago", fr="{noun} n'a pas la même valeur qu'il y a {ago}"),
    "more_than": Text(en="{noun} is more than it was {ago} ago", fr="{noun} dépasse sa valeur d'il y a {ago}"),
    "at_least": Text(en="{noun} is at least what it was {ago} ago", fr="{noun} vaut au moins sa valeur d'il y a {ago}"),
    "less_than": Text(
        en="{noun} is less than it was {ago} ago", fr="{noun} est en dessous de sa valeur d'il y a {ago}"
    ),
    "at_most": Text(en="{noun} is at most what it was {ago} ago", fr="{noun} vaut au plus sa valeur d'il y a {ago}"),
}
_TIMES = {
    "is": Text(en="{noun} equals {n} times what it was {ago} ago", fr="{noun} vaut {n} fois sa valeur d'il y a {ago}"),
    "is_not": Text(
        en="{noun} differs from {n} times what it was {ago} ago",
        fr="{noun} ne vaut pas {n} fois sa valeur d'il y a {ago}",
    ),
    "more_than": Text(
        en="{noun} is more than {n} times what it was {ago} ago", fr="{noun} dépasse {n} fois sa valeur d'il y a {ago}"
    ),
    "at_least": Text(
        en="{noun} is at least {n} times what it was {ago} ago",
        fr="{noun} vaut au moins {n} fois sa valeur d'il y a {ago}",
    ),
    "less_than": Text(
        en="{noun} is less than {n} times what it was {ago} ago",
        fr="{noun} vaut moins de {n} fois sa valeur d'il y a {ago}",
    ),
    "at_most": Text(
        en="{noun} is at most {n} times what it was {ago} ago",
        fr="{noun} vaut au plus {n} fois sa valeur d'il y a {ago}",
    ),
}
_NO_CHANGE = Text(en=" (here no change)", fr=" (ici aucun changement)")
_CHANGE = Text(en=" (here from {before} to {after}, {at})", fr=" (ici {before} avant, {after} après, {at})")
_BOTH = Text(en=" (here {now} now, {then} then)", fr=" (ici {now} maintenant, {then} alors)")
_BOTH_SINCE = Text(
    en=" (here {now} now, {then} then and until {at})", fr=" (ici {now} maintenant, {then} alors, changement {at})"
)
_UNKNOWN = Text(en="unknown", fr="inconnu")
