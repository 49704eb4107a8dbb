"""What a segment or condition says, as a sentence in French or in English, and as an outline for screens.

A segment reads “Customers whose country is France, and who placed at least 2 orders in the last 90 days.”: each
condition is a clause after “who” or “whose”, so that every sentence stays one that people would say. Groups inside
groups stand in parentheses: “and” and “or” are never left to be guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

from quartier.catalog import Meaning, Subject
from quartier.language import Language, Plural, Text
from quartier.segment.account_clauses import every_person, no_person, of_account, some_persons
from quartier.segment.clauses import Clause, Reader, capital, either, listed, quoted, relative, who, whose
from quartier.segment.compared_words import compared_clause
from quartier.segment.conditions import (
    AccountsLeaf,
    All,
    AtLeast,
    BoundSegment,
    Comparison,
    Condition,
    Crossing,
    EventLeaf,
    Everyone,
    EveryPerson,
    InSegment,
    Not,
    OfAccount,
    OwnTime,
    PersonsLeaf,
    RankLeaf,
    SomePersons,
    TraitLeaf,
    parts,
)
from quartier.segment.deeds import deed_clause, is_some, never_clause
from quartier.segment.earlier_words import changed_clause, earlier_clause
from quartier.segment.memory_words import campaign_clause, history_clause
from quartier.segment.operators import RANGES
from quartier.segment.own_time_words import own_time_clause
from quartier.segment.place_words import place_clause
from quartier.segment.population import EVERYONE
from quartier.segment.predicates import compared, duration, predicate
from quartier.segment.rank_words import rank_clause
from quartier.segment.sequence_words import sequence_clause
from quartier.segment.vocabulary import trait_noun


def sentence(node: Condition | BoundSegment, language: Language, *, currency: str | None = None) -> str:
    """The sentence that says who belongs. Amounts of money are written in `currency` (ISO 4217) where it is given."""
    reader = Reader(language, currency)
    if isinstance(node, BoundSegment):
        reader = replace(reader, of=node.of)
        return f"{_among(node, reader)} {_relative(node.where, reader)}."
    return f"{reader.said(_NAMES[reader.of])} {_relative(node, reader)}."


@dataclass(frozen=True)
class Line:
    """One line of an outline: what a condition says of one person, and the lines inside it."""

    text: str
    parts: tuple["Line", ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The line as a plain dict, `parts` nested."""
        return {"text": self.text, "parts": [part.as_json() for part in self.parts]}


def outline(node: Condition | BoundSegment, language: Language, *, currency: str | None = None) -> Line:
    """The same as lines inside lines, for screens: a group says how its parts combine."""
    reader = Reader(language, currency)
    if isinstance(node, BoundSegment):
        reader = replace(reader, of=node.of)
        population = _among(node, reader)
        said_of = _AMONG_ALL if node.population_name == EVERYONE else _AMONG
        heading = reader.said(said_of, population=population[:1].lower() + population[1:])
        return Line(heading, (outline(node.where, language, currency=currency),))
    inner = () if isinstance(node, InSegment | RankLeaf | Crossing) else parts(node)
    return Line(said(node, reader), tuple(outline(part, language, currency=currency) for part in inner))


def said(node: Condition, reader: Reader) -> str:
    """What a condition says of one person, as a line of its own; a group says how its parts combine."""
    match node:
        case All():
            return reader.said(_ALL_OF)
        case AtLeast(count=1):
            return reader.said(_ONE_OF)
        case AtLeast():
            return reader.said(_SOME_OF, n=node.count, of=len(node.parts))
        case Not(EventLeaf() as leaf) if is_some(leaf):
            return capital(never_clause(leaf, reader).one)
        case Not(OwnTime(part=EventLeaf() as leaf)) if is_some(leaf):
            return capital(clause(node, reader).one)
        case Not(SomePersons(count=1)):
            return capital(clause(node, reader).one)
        case Not():
            return reader.said(_NOT_THIS)
    return capital(clause(node, reader).one)


@singledispatch
def clause(node: Condition, _reader: Reader) -> Clause:
    """What a condition says of persons. Raises TypeError for what is no condition."""
    raise TypeError(f"not a condition: {type(node).__name__}")


@clause.register
def _(_node: Everyone, reader: Reader) -> Clause:
    return who(reader, _ANYONE)


@clause.register
def _(node: TraitLeaf, reader: Reader) -> Clause:
    subject, unit = trait_noun(node.trait, reader)
    if (years := _years(node)) is not None:
        return who(reader, _AGED, age=compared(years, reader, "years"))
    if node.trait.meaning is Meaning.BIRTH_DATE and node.comparison.operator_key == "anniversary":
        ahead: Any = node.comparison.value
        return whose(reader.said(_BIRTHDAY, ahead=duration(ahead, reader)))
    return whose(predicate(subject, node.comparison, reader, unit))


@clause.register
def _(node: OwnTime, reader: Reader) -> Clause:
    return own_time_clause(clause(node.part, reader), reader)


clause.register(deed_clause)
clause.register(compared_clause)
clause.register(changed_clause)
clause.register(earlier_clause)
clause.register(rank_clause)
clause.register(sequence_clause)
clause.register(place_clause)
clause.register(history_clause)
clause.register(campaign_clause)


@clause.register
def _(node: PersonsLeaf, reader: Reader) -> Clause:
    n = len(node.identifiers)
    return Clause("who", *(form.to(reader.language, n=n) for form in _ON_A_LIST))


@clause.register
def _(node: AccountsLeaf, reader: Reader) -> Clause:
    n = len(node.identifiers)
    return Clause("who", *(form.to(reader.language, n=n) for form in _ON_A_LIST_OF_ACCOUNTS))


@clause.register
def _(node: SomePersons, reader: Reader) -> Clause:
    inner = replace(reader, of="person", is_one=node.count == 1)
    deed = None if isinstance(_ungrouped(node.part), All | AtLeast) else clause(_ungrouped(node.part), inner)
    return some_persons(node.count, deed, _relative(node.part, inner, is_nested=True), reader)


@clause.register
def _(node: EveryPerson, reader: Reader) -> Clause:
    inner = replace(reader, of="person", is_one=False)
    return every_person(_relative(node.part, inner, is_nested=True), reader)


@clause.register
def _(node: OfAccount, reader: Reader) -> Clause:
    inner = replace(reader, of="account", is_one=True)
    return of_account(_relative(node.part, inner, is_nested=True), reader)


@clause.register
def _(node: InSegment, reader: Reader) -> Clause:
    return who(reader, _IN_SEGMENT, segment=_quoted_segment(node, reader))


@clause.register
def _(node: All, reader: Reader) -> Clause:
    return _only(node.parts[0], reader) if len(node.parts) == 1 else _listed_parts(_EACH_OF, node, reader)


@clause.register
def _(node: AtLeast, reader: Reader) -> Clause:
    if len(node.parts) == 1 and node.count == 1:
        return _only(node.parts[0], reader)
    return _listed_parts(_AT_LEAST_OF, node, reader)


@clause.register
def _(node: Not, reader: Reader) -> Clause:
    match node.part:
        case AtLeast(count=1, parts=(only,)):
            return clause(Not(only), reader)
        case AtLeast(count=1, parts=several):
            return _neither(several, reader)
        case EventLeaf() as leaf if is_some(leaf):
            return never_clause(leaf, reader)
        case OwnTime(part=part):
            return own_time_clause(clause(Not(part), reader), reader)
        case SomePersons(count=1, part=part):
            inner = replace(reader, of="person", is_one=True)
            return no_person(_relative(part, inner, is_nested=True), reader)
        case InSegment() as segment:
            return who(reader, _NOT_IN, segment=_quoted_segment(segment, reader))
    return who(reader, _NOT_AMONG, persons=_relative(node.part, replace(reader, is_one=False), is_nested=True))


def _neither(several: Sequence[Condition], reader: Reader) -> Clause:
    """“neither in A nor in B” where all are segments, else “neither among those who …, nor among those who …”."""
    segments = [_quoted_segment(part, reader) for part in several if isinstance(part, InSegment)]
    if len(segments) == len(several):
        rest = "".join(reader.said(_NOR_IN, segment=each) for each in segments[1:])
        return who(reader, _NEITHER_IN, first=segments[0], rest=rest)
    many = replace(reader, is_one=False)
    first, *others = (_relative(part, many, is_nested=True) for part in several)
    return who(reader, _NEITHER, first=first, rest="".join(reader.said(_NOR, persons=each) for each in others))


def _quoted_segment(node: InSegment, reader: Reader) -> str:
    return quoted(node.segment.label.to(reader.language), reader)


def _only(part: Condition, reader: Reader) -> Clause:
    return clause(part, reader)


def _listed_parts(pattern: Text, node: All | AtLeast, reader: Reader) -> Clause:
    """Parts as a list in parentheses, for groups that no “and” or “either” can say."""
    inner = reader.said(_BETWEEN_PARTS).join(clause(part, reader).one for part in node.parts)
    n = node.count if isinstance(node, AtLeast) else len(node.parts)
    return who(reader, pattern, n=n, of=len(node.parts), parts=inner)


def _relative(node: Condition, reader: Reader, *, is_nested: bool = False) -> str:
    """Persons described: “whose country is France, and who placed an order”; a nested group stands in parentheses."""
    match _without_none_of_events(node):
        case All() | AtLeast(count=1) as node if len(node.parts) == 1:
            return _relative(node.parts[0], reader, is_nested=is_nested)
        case All() as node:
            text = listed([_part(part, reader, node) for part in node.parts], reader)
        case AtLeast(count=1) as node:
            text = either([_part(part, reader, node) for part in node.parts], reader)
        case _:
            return relative(clause(node, reader), reader)
    return f"({text})" if is_nested else text


def _ungrouped(node: Condition) -> Condition:
    """What a group of one part says."""
    match node:
        case All(parts=(only,)) | AtLeast(count=1, parts=(only,)):
            return _ungrouped(only)
    return _without_none_of_events(node)


def _without_none_of_events(node: Condition) -> Condition:
    """None of some events as each of them not done: “who did not open and did not click” needs no “neither”."""
    match node:
        case Not(AtLeast(count=1, parts=inner)) if all(isinstance(each, EventLeaf) and is_some(each) for each in inner):
            return All(tuple(Not(each) for each in inner))
    return node


def _part(part: Condition, reader: Reader, group: All | AtLeast) -> str:
    """A part of a group; a choice at the very end of a list needs no parentheses."""
    is_last_choice = isinstance(group, All) and part is group.parts[-1] and isinstance(part, AtLeast)
    return _relative(part, reader, is_nested=not is_last_choice)


def _years(node: TraitLeaf) -> Comparison | None:
    """The comparison of a person's age, for a birth date or an age that the user has not called otherwise."""
    if node.trait.meaning is Meaning.BIRTH_DATE and node.comparison.operator_key == "age":
        return node.comparison.value if isinstance(node.comparison.value, Comparison) else None
    is_range = node.comparison.operator_key in RANGES
    return node.comparison if node.trait.meaning is Meaning.AGE and is_range else None


def _among(segment: BoundSegment, reader: Reader) -> str:
    populations = _POPULATIONS[reader.of]
    if segment.population_name in populations:
        return reader.said(populations[segment.population_name])
    if isinstance(segment.population, InSegment):
        return reader.said(_MEMBERS, segment=quoted(segment.population.segment.label.to(reader.language), reader))
    return reader.said(_NAMES[reader.of])


_NAMES: dict[Subject, Text] = {
    "person": Text(en="Persons", fr="Personnes"),
    "account": Text(en="Accounts", fr="Comptes"),
}
_POPULATIONS: dict[Subject, dict[str | None, Text]] = {
    "person": {
        "everyone": Text(en="All persons", fr="Toutes les personnes"),
        "identified": Text(en="Identified persons", fr="Personnes identifiées"),
        "customers": Text(en="Customers", fr="Clients"),
    },
    "account": {
        "everyone": Text(en="All accounts", fr="Tous les comptes"),
        "customers": Text(en="Customer accounts", fr="Comptes clients"),
    },
}
_MEMBERS = Text(en="Members of {segment}", fr="Membres de {segment}")
_AMONG = Text(en="Among {population}", fr="Parmi les {population}")
_AMONG_ALL = Text(en="Among {population}", fr="Parmi {population}")
_ANYONE = Text(en="{is_} anyone at all", fr="{is_} dans la base")
_AGED = Text(en="{is_} {age} old", fr="{has} {age}")
_BIRTHDAY = Text(en="birthday is today or within {ahead}", fr="l'anniversaire tombe aujourd'hui ou d'ici {ahead}")
_ON_A_LIST = (
    Plural(
        Text(en="is the one person on a list", fr="est la seule personne d'une liste"),
        Text(en="is on a list of {n} persons", fr="figure sur une liste de {n} personnes"),
    ),
    Plural(
        Text(en="are the one person on a list", fr="sont la seule personne d'une liste"),
        Text(en="are on a list of {n} persons", fr="figurent sur une liste de {n} personnes"),
    ),
)
_ON_A_LIST_OF_ACCOUNTS = (
    Plural(
        Text(en="is the one account on a list", fr="est le seul compte d'une liste"),
        Text(en="is on a list of {n} accounts", fr="figure sur une liste de {n} comptes"),
    ),
    Plural(
        Text(en="are the one account on a list", fr="sont le seul compte d'une liste"),
        Text(en="are on a list of {n} accounts", fr="figurent sur une liste de {n} comptes"),
    ),
)
_IN_SEGMENT = Text(en="{is_} in {segment}", fr="{makes} partie de {segment}")
_NOT_IN = Text(en="{is_} not in {segment}", fr="{is_not} pas dans {segment}")
_NEITHER_IN = Text(en="{is_} neither in {first}{rest}", fr="{is_not} ni dans {first}{rest}")
_NOR_IN = Text(en=" nor in {segment}", fr=" ni dans {segment}")
_NOT_AMONG = Text(en="{is_} not among those {persons}", fr="{is_not} pas de ceux {persons}")
_NEITHER = Text(en="{is_} neither among those {first}{rest}", fr="{is_not} ni de ceux {first}{rest}")
_NOR = Text(en=", nor among those {persons}", fr=" ni de ceux {persons}")
_EACH_OF = Text(en="meet{s} all {of} of these conditions ({parts})", fr="{meets} ces {of} conditions ({parts})")
_AT_LEAST_OF = Text(
    en="meet{s} at least {n} of these {of} conditions ({parts})",
    fr="{meets} au moins {n} de ces {of} conditions ({parts})",
)
_BETWEEN_PARTS = Text(en="; ", fr="\N{NO-BREAK SPACE}; ")
_ALL_OF = Text(en="All of these", fr="Toutes ces conditions")
_ONE_OF = Text(en="At least one of these", fr="Au moins l'une de ces conditions")
_SOME_OF = Text(en="At least {n} of these {of}", fr="Au moins {n} de ces {of} conditions")
_NOT_THIS = Text(en="Not this", fr="Sauf ceci")
