"""Pairs of persons side by side, for whoever is to say whether they are one: what agrees and what differs. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from quartier.catalog import Meaning, Trait
from quartier.identify.cleaning.texts import folded
from quartier.identify.profile.listed import Listed
from quartier.identify.profile.words import DASH, kind_said, written
from quartier.identify.told import Doubt, Review, Shared
from quartier.language import Language, Text, percent
from quartier.store.identities import Identity
from quartier.web.addresses import part

if TYPE_CHECKING:
    from quartier.identify.matching.persons import Named

COMPARED = (
    Meaning.FULL_NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.BIRTH_DATE, Meaning.EMAIL, Meaning.PHONE,
    Meaning.ADDRESS, Meaning.POSTAL_CODE, Meaning.CITY, Meaning.COUNTRY, Meaning.COMPANY,
)  # fmt: skip
"""The traits that are laid side by side, by their meanings."""

Agreement = Literal["same", "near", "differs", "unknown"]


@dataclass(frozen=True)
class Side:
    """One of the two: the identifier that the pair is about, and the person whose it is."""

    identifier: str
    kind: str
    name: str
    url: str


@dataclass(frozen=True)
class Compared:
    """One trait of both: the values, whether they agree, and how closely in words."""

    label: str
    left: str
    right: str
    agreement: Agreement
    said: str


@dataclass(frozen=True)
class Answer:
    """One thing that can be answered at once: the label, what is decided, and of what."""

    label: str
    answer: str
    of: str
    is_main: bool = False


@dataclass(frozen=True)
class Pair:
    """Two identifiers side by side, why somebody is asked, and what can be answered."""

    left: Side
    right: Side
    why: str
    rows: tuple[Compared, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class SharedRow:
    """An identifier that too many share."""

    value: str
    kind: str
    customers: int
    others: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Waiting:
    """What nobody decided of: the first pairs and shared identifiers, and how many there are in all."""

    pairs: tuple[Pair, ...]
    pairs_in_all: int
    shared: tuple[SharedRow, ...]
    shared_in_all: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self.pairs_in_all and not self.shared_in_all


@dataclass(frozen=True)
class Known:
    """The persons of all pairs by their keys, and the traits that are compared."""

    persons: Mapping[int, Listed]
    traits: Sequence[Trait]
    language: Language
    zone: ZoneInfo


def keys_of(found: Review) -> list[int]:
    """The keys of all persons of whom a review speaks."""
    pairs = [(each.a, each.b) for each in found.doubts] + [(each.a, each.b) for each in found.alike]
    return sorted({end.key for pair in pairs for end in pair})


def waiting(found: Review, known: Known) -> Waiting:
    """What waits for somebody's eye in one language: links that were not followed first, then what is alike."""
    pairs = (*(_doubt(each, known) for each in found.doubts), *(_alike(each, known) for each in found.alike))
    return Waiting(
        pairs, found.doubts_in_all + found.alike_in_all,
        tuple(_shared(each, known.language) for each in found.shared), found.shared_in_all,
    )  # fmt: skip


def alike_pairs(found: "Sequence[Named]", known: Known) -> tuple[Pair, ...]:
    """Pairs that matching found, side by side."""
    return tuple(_alike(each, known) for each in found)


def _doubt(found: Doubt, known: Known) -> Pair:
    """A link that was not followed: one person, two persons, or to whom of both the identifier belongs."""
    language, of = known.language, _of(found.a, found.b)
    answers = [Answer(_TWO.to(language), "refuse", of)]
    if len(found.customers) > 1:
        answers.insert(0, Answer(_ONE.to(language), "accept", _of(*found.customers), is_main=True))
        mine, others = (found.b, found.a) if found.b in found.customers else (found.a, found.b)
        answers.append(Answer(_BELONGS.to(language, value=others.value, who=mine.value), "accept", of))
    else:
        answers.insert(0, Answer(_ONE.to(language), "accept", of, is_main=True))
    return _pair(found.a, found.b, _WHY[found.why].to(language), {}, tuple(answers), known)


def _alike(found: "Named", known: Known) -> Pair:
    language = known.language
    said = {each.field: each.what for each in found.proposal.reasons if each.field}
    how = {name: replace(what, fields={**what.fields, "field": ""}).to(language) for name, what in said.items()}
    words = {name: each.lstrip(" :\N{NO-BREAK SPACE}") for name, each in how.items()}
    speaking = {each.field for each in found.proposal.reasons if each.field and each.weight > 0}
    of = _of(found.a, found.b)
    answers = (Answer(_ONE.to(language), "accept", of, is_main=True), Answer(_TWO.to(language), "refuse", of))
    why = _ALIKE.to(language, p=percent(min(found.proposal.probability, _NEARLY), language, 1))
    return _pair(found.a, found.b, why, words, answers, known, speaking)


def _pair(
    a: Identity, b: Identity, why: str, how: Mapping[str, str], answers: tuple[Answer, ...], known: Known,
    speaking: Collection[str] = (),
) -> Pair:  # fmt: skip
    left, right = known.persons.get(a.key), known.persons.get(b.key)
    rows = tuple(
        row if row.agreement != "differs" or trait.name not in speaking else replace(row, agreement="near")
        for trait in known.traits
        if (row := _compared(trait, left, right, how.get(trait.name, ""), known))
    )
    return Pair(_side(a, left, known.language), _side(b, right, known.language), why, rows, answers)


def _compared(trait: Trait, left: Listed | None, right: Listed | None, said: str, known: Known) -> Compared | None:
    a, b = (None if each is None else each.values[trait.name] for each in (left, right))
    if a is None and b is None:
        return None
    texts = [DASH if each is None else written(each, known.language, known.zone) for each in (a, b)]
    agreement: Agreement = "unknown"
    if a is not None and b is not None:
        agreement = "same" if folded(str(a)) == folded(str(b)) else "differs"
    how = said or _AGREE[agreement].to(known.language)
    return Compared(trait.label.to(known.language), texts[0], texts[1], agreement, how)


def _side(identity: Identity, person: Listed | None, language: Language) -> Side:
    name, url = (person.name, f"/persons/{part(person.person)}") if person else (DASH, "")
    return Side(identity.value, kind_said(identity.kind, language), name, url)


def _shared(found: Shared, language: Language) -> SharedRow:
    of = str(found.identifier.number)
    answers = (Answer(_NOBODYS.to(language), "block", of, is_main=True), Answer(_SOMEBODYS.to(language), "allow", of))
    return SharedRow(
        found.identifier.value, kind_said(found.identifier.kind, language), found.customers, found.others, answers
    )


def _of(a: Identity, b: Identity) -> str:
    return "-".join(str(each) for each in sorted((a.number, b.number)))


_NEARLY = 0.999
_ONE = Text(en="One person", fr="Une seule personne")
_TWO = Text(en="Two persons", fr="Deux personnes")
_BELONGS = Text(en="{value} belongs to {who}", fr="{value} est à {who}")
_NOBODYS = Text(en="It tells nobody", fr="Il ne désigne personne")
_SOMEBODYS = Text(en="It tells who it is", fr="Il désigne bien quelqu'un")
_WHY: dict[str, Text] = {
    "two_customers": Text(
        en="They came in one record, but following this would join two customers.",
        fr="Ils sont arrivés dans un même enregistrement, mais suivre ce lien réunirait deux clients.",
    ),
    "too_many": Text(
        en="They came in one record, but following this would give a person too many identifiers.",
        fr="Ils sont arrivés dans un même enregistrement, mais suivre ce lien donnerait trop d'identifiants à une "
        "personne.",
    ),
}
_ALIKE = Text(
    en="Their records are alike: probably one person ({p}).",
    fr="Leurs fiches se ressemblent : probablement une seule personne ({p}).",
)
_AGREE: dict[str, Text] = {
    "same": Text(en="the same", fr="identique"),
    "differs": Text(en="differs", fr="diffère"),
    "unknown": Text(en="unknown of one", fr="inconnu pour l'une"),
}
