"""What to look at in a set of segments: one sentence for all segments of a kind, one for each pair that doubles."""

from collections.abc import Callable, Iterable, Sequence

from quartier.catalog import Label
from quartier.evaluate.segmentation.coverage import Coverage
from quartier.evaluate.segmentation.doubles import Double
from quartier.evaluate.segmentation.quality import Finding, SegmentQuality
from quartier.language import LANGUAGES, Language, Plural, Text, joined, percent, verbatim

LEAST_REACHED, LEAST_KEPT, LEAST_STEADY = 0.5, 0.5, 0.9
"""Shares of members reachable and kept, and steadiness of the portrait, below which a segment is named."""
MOST_UNCOVERED = 0.25
"""Share of the base in no segment above which it is said."""
_MOST_NAMED = 5


def findings_of(
    coverage: Coverage, segments: Sequence[SegmentQuality], doubles: Iterable[Double], enough: int
) -> tuple[Finding, ...]:
    """Everything to look at: what makes a segment useless first, then what weakens it."""
    filled = [each for each in segments if each.persons]
    told = [
        _named("empty", _EMPTY, [each for each in segments if not each.persons]),
        _named("everyone", _EVERYONE, [each for each in filled if each.persons == coverage.persons]),
        *_twice(doubles, {each.name: each.label for each in segments}),
        _named("small", _SMALL, [each for each in filled if each.persons < enough], enough=enough),
        _named("unreachable", _UNREACHABLE, _below(filled, lambda each: each.reachable, LEAST_REACHED)),
        _named("moved", _MOVED, _below(filled, lambda each: each.drift.kept if each.drift else None, LEAST_KEPT)),
        _named("unsteady", _UNSTEADY, _below(filled, lambda each: each.steadiness, LEAST_STEADY)),
        _uncovered(coverage),
    ]
    return tuple(each for each in told if each is not None)


def _below(
    segments: Iterable[SegmentQuality], figure: Callable[[SegmentQuality], float | None], least: float
) -> list[SegmentQuality]:
    return [each for each in segments if (known := figure(each)) is not None and known < least]


def _named(kind: str, text: Plural, found: Sequence[SegmentQuality], **fields: object) -> Finding | None:
    if not found:
        return None
    names = _listed([each.label for each in found])
    return Finding(kind, tuple(each.name for each in found), text.with_(n=len(found), names=names, **fields))


def _twice(doubles: Iterable[Double], labels: dict[str, Label]) -> list[Finding]:
    found = []
    for each in doubles:
        pair = _listed([labels[each.one], labels[each.other]])
        share = Text(en=percent(each.jaccard or 0, "en"), fr=percent(each.jaccard or 0, "fr"))
        said = _TWICE[each.likeness].with_(names=pair, share=share)
        found.append(Finding(each.likeness, (each.one, each.other), said))
    return found


def _uncovered(coverage: Coverage) -> Finding | None:
    share = coverage.share_in_none
    if share is None or share <= MOST_UNCOVERED:
        return None
    written = Text(en=percent(share, "en"), fr=percent(share, "fr"))
    return Finding("uncovered", (), _UNCOVERED.with_(n=coverage.in_none, of=coverage.persons, share=written))


def _listed(labels: Sequence[Label]) -> Text:
    """The first labels between quotes, then how many there are besides."""
    en, fr = (_in(language, labels) for language in LANGUAGES)
    return verbatim(en, fr)


def _in(language: Language, labels: Sequence[Label]) -> str:
    quoted = [_QUOTED.to(language, label=each.to(language)) for each in labels[:_MOST_NAMED]]
    more = len(labels) - _MOST_NAMED
    return joined([*quoted, _MORE.to(language, n=more)] if more > 0 else quoted, language)


_QUOTED = Text(en="“{label}”", fr="« {label} »")
_MORE = Plural(Text(en="{n} other", fr="{n} autre"), Text(en="{n} others", fr="{n} autres"))
_EMPTY = Plural(
    Text(en="{n} segment is empty: {names}.", fr="{n} segment est vide : {names}."),
    Text(en="{n} segments are empty: {names}.", fr="{n} segments sont vides : {names}."),
)
_EVERYONE = Plural(
    Text(
        en="{n} segment holds the whole base and tells nobody apart: {names}.",
        fr="{n} segment contient toute la base et ne distingue personne : {names}.",
    ),
    Text(
        en="{n} segments hold the whole base and tell nobody apart: {names}.",
        fr="{n} segments contiennent toute la base et ne distinguent personne : {names}.",
    ),
)
_TWICE = {
    "same_condition": Text(en="{names} have the same condition.", fr="{names} ont la même condition."),
    "same_members": Text(
        en="{names} have the same members, though not the same condition.",
        fr="{names} ont les mêmes membres, sans avoir la même condition.",
    ),
    "nearly_same_members": Text(
        en="{names} are nearly the same: {share} of the two together are in both.",
        fr="{names} sont presque identiques : {share} des deux réunis sont dans l'un et l'autre.",
    ),
}
_SMALL = Plural(
    Text(
        en="{n} segment has fewer than {enough} persons, too few to measure a usual effect in: {names}.",
        fr="{n} segment compte moins de {enough} personnes, trop peu pour y mesurer un effet ordinaire : {names}.",
    ),
    Text(
        en="{n} segments have fewer than {enough} persons, too few to measure a usual effect in: {names}.",
        fr="{n} segments comptent moins de {enough} personnes, trop peu pour y mesurer un effet ordinaire : {names}.",
    ),
)
_UNREACHABLE = Plural(
    Text(
        en="In {n} segment, fewer than half of the members have an e-mail, a phone number or a user id: {names}.",
        fr="Dans {n} segment, moins de la moitié des membres ont un e-mail, un téléphone ou un identifiant client : "
        "{names}.",
    ),
    Text(
        en="In {n} segments, fewer than half of the members have an e-mail, a phone number or a user id: {names}.",
        fr="Dans {n} segments, moins de la moitié des membres ont un e-mail, un téléphone ou un identifiant client : "
        "{names}.",
    ),
)
_MOVED = Plural(
    Text(
        en="{n} segment has lost more than half of its members since the earlier instant: {names}.",
        fr="{n} segment a perdu plus de la moitié de ses membres depuis l'instant comparé : {names}.",
    ),
    Text(
        en="{n} segments have lost more than half of their members since the earlier instant: {names}.",
        fr="{n} segments ont perdu plus de la moitié de leurs membres depuis l'instant comparé : {names}.",
    ),
)
_UNSTEADY = Plural(
    Text(
        en="{n} segment has a portrait that chance could have drawn: {names}.",
        fr="{n} segment a un portrait que le hasard aurait pu dessiner : {names}.",
    ),
    Text(
        en="{n} segments have a portrait that chance could have drawn: {names}.",
        fr="{n} segments ont un portrait que le hasard aurait pu dessiner : {names}.",
    ),
)
_UNCOVERED = Plural(
    Text(
        en="{n} of the {of} persons of the base is in no segment ({share}).",
        fr="{n} des {of} personnes de la base n'est dans aucun segment ({share}).",
    ),
    Text(
        en="{n} of the {of} persons of the base are in no segment ({share}).",
        fr="{n} des {of} personnes de la base ne sont dans aucun segment ({share}).",
    ),
)
