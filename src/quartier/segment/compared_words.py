"""What a comparison of two numbers says of persons: “whose total amount … is more than 1.2 times their yearly goal”."""

from quartier.language import Text, decimal, whole
from quartier.segment.clauses import Clause, Reader, whose
from quartier.segment.conditions import ComparedLeaf, EventLeaf, TraitLeaf
from quartier.segment.deeds import measured_subject
from quartier.segment.vocabulary import trait_noun
from quartier.segment.window_words import after_noun, window_words


def compared_clause(leaf: ComparedLeaf, reader: Reader) -> Clause:
    """What a comparison of two numbers says of persons."""
    subject = _noun(leaf.left, reader)
    other = _other(leaf.right, reader)
    if leaf.times != 1:
        other = reader.said(_TIMES, n=number_words(leaf.times, reader), other=other)
    return whose(reader.said(_COMPARED[leaf.operator_key], subject=subject, other=other))


def _noun(side: TraitLeaf | EventLeaf, reader: Reader) -> str:
    return trait_noun(side.trait, reader)[0] if isinstance(side, TraitLeaf) else measured_subject(side, reader)


def _other(side: TraitLeaf | EventLeaf, reader: Reader) -> str:
    if isinstance(side, TraitLeaf):
        return reader.said(_THEIR, noun=_noun(side, reader))
    window = after_noun(window_words(side.window, reader), reader) or reader.said(_EVER)
    return reader.said(_MASCULINE if side.measure.kind in _NUMBERS else _FEMININE, window=window)


def number_words(number: float, reader: Reader) -> str:
    """A factor as the reader's language writes it."""
    return whole(number, reader.language) if number == int(number) else decimal(number, reader.language, 6)


_NUMBERS = ("count", "days", "weeks", "months", "distinct")
"""The measures that are « le nombre de … » in French, whose others are « la somme », « la moyenne », « la valeur »."""
_THEIR = Text(en="their {noun}", fr="{noun}")
_MASCULINE = Text(en="that{window}", fr="celui{window}")
_FEMININE = Text(en="that{window}", fr="celle{window}")
_EVER = Text(en=" of all time", fr=" de toujours")
_TIMES = Text(en="{n} times {other}", fr="{n} fois {other}")
_COMPARED = {
    "is": Text(en="{subject} equals {other}", fr="{subject} vaut {other}"),
    "is_not": Text(en="{subject} differs from {other}", fr="{subject} ne vaut pas {other}"),
    "more_than": Text(en="{subject} is more than {other}", fr="{subject} dépasse {other}"),
    "at_least": Text(en="{subject} is at least {other}", fr="{subject} vaut au moins {other}"),
    "less_than": Text(en="{subject} is less than {other}", fr="{subject} vaut moins que {other}"),
    "at_most": Text(en="{subject} is at most {other}", fr="{subject} vaut au plus {other}"),
}
