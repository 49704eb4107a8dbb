"""What a rank says of persons: “who are among the top 10% by lifetime value”."""

from quartier.language import Text, decimal, whole
from quartier.segment.clauses import Clause, Reader, who
from quartier.segment.conditions import RankLeaf, TraitLeaf
from quartier.segment.deeds import measured_subject
from quartier.segment.ranks import Rank
from quartier.segment.vocabulary import trait_noun


def rank_clause(leaf: RankLeaf, reader: Reader) -> Clause:
    """What a rank says of persons."""
    return who(reader, _PLACES[leaf.rank.kind, leaf.rank.percent is None, leaf.rank.places == 1],
               n=_number(leaf.rank, reader), subject=_subject(leaf, reader))  # fmt: skip


def _subject(leaf: RankLeaf, reader: Reader) -> str:
    if isinstance(leaf.ranked, TraitLeaf):
        return trait_noun(leaf.ranked.trait, reader)[0]
    return measured_subject(leaf.ranked, reader)


def _number(rank: Rank, reader: Reader) -> str:
    if rank.percent is None:
        return whole(rank.places or 0, reader.language)
    percent = float(rank.percent)
    written = whole(percent, reader.language) if percent.is_integer() else decimal(percent, reader.language, 6)
    return reader.said(_PERCENT, n=written)


_PERCENT = Text(en="{n}%", fr="{n}\N{NO-BREAK SPACE}%")
_PLACES = {
    ("top", True, False): Text(
        en="{is_} among the top {n} by {subject}", fr="{is_} parmi les {n} premiers pour {subject}"
    ),
    ("top", True, True): Text(en="{has} the highest {subject}", fr="{has} la première place pour {subject}"),
    ("top", False, False): Text(
        en="{is_} among the top {n} by {subject}", fr="{is_} parmi les {n} en tête pour {subject}"
    ),
    ("bottom", True, False): Text(
        en="{is_} among the bottom {n} by {subject}", fr="{is_} parmi les {n} derniers pour {subject}"
    ),
    ("bottom", True, True): Text(en="{has} the lowest {subject}", fr="{has} la dernière place pour {subject}"),
    ("bottom", False, False): Text(
        en="{is_} among the bottom {n} by {subject}", fr="{is_} parmi les {n} en queue pour {subject}"
    ),
    ("share_of_total", False, False): Text(
        en="{is_} among the first by {subject}, who together make {n} of the total",
        fr="{is_} parmi les premiers pour {subject}, qui font ensemble {n} du total",
    ),
}
