"""What somebody wants to decide of identifiers, what would follow, and how it is said. Pure but for `decide`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from quartier.catalog import Label
from quartier.errors import InvalidRequest, Sentence, UnknownName
from quartier.identify.profile.words import kind_said
from quartier.identify.told import CHANGED, WOULD_CHANGE, Consequence
from quartier.language import Language, Plural, Text
from quartier.store.identities import Identity
from quartier.web.addresses import part

if TYPE_CHECKING:
    from quartier.workspace.identification import Identification

Answer = Literal["accept", "refuse", "split", "block", "allow", "undo"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
Group = tuple[int, ...]
MOST_SEGMENTS = 6
"""How many of the segments concerned are named."""
MOST = 200
"""More identifiers than this are decided of by no form."""


@dataclass(frozen=True)
class Wish:
    """A decision that somebody wants.

    Attributes:
        answer: what is to be decided.
        groups: the identities by their numbers: one pair to accept or refuse, one to block or allow, those to be
            parted from the rest, or the pairs and single ones of which the last decision is taken back.
    """

    answer: Answer
    groups: tuple[Group, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """All identities that it is about."""
        return tuple(dict.fromkeys(number for group in self.groups for number in group))

    @property
    def of(self) -> tuple[str, ...]:
        """The groups as forms and addresses carry them."""
        return tuple("-".join(map(str, group)) for group in self.groups)


def read_wish(answer: str, of: Sequence[str]) -> Wish:
    """What a form or an address asks for. Raises InvalidRequest for what no page of ours sends."""
    groups = tuple(_group(each) for each in of[:MOST])
    wish = next((Wish(each, groups) for each in ANSWERS if each == answer), None)
    if wish is None or not groups:
        raise InvalidRequest(_NOTHING_CHOSEN, remedy=_CHOOSE)
    sizes = {len(group) for group in groups}
    fits = {
        "accept": sizes == {2} and len(groups) == 1, "refuse": sizes == {2} and len(groups) == 1,
        "block": sizes == {1} and len(groups) == 1, "allow": sizes == {1} and len(groups) == 1,
        "split": True, "undo": sizes <= {1, 2},
    }  # fmt: skip
    if not fits[wish.answer]:
        raise InvalidRequest(_NOTHING_CHOSEN, remedy=_CHOOSE)
    return wish


def decide(
    of: "Identification", wish: Wish, known: Mapping[int, Identity], *, note: str | None, author: str, is_tried: bool
) -> Consequence:
    """Decide, or only try. Raises UnknownName for an identity that is not there."""
    written = {number: _written(known, number) for number in wish.numbers}
    match wish.answer:
        case "accept" | "refuse" as answer:
            a, b = wish.numbers
            do = of.accept if answer == "accept" else of.refuse
            return do(written[a], written[b], note=note, is_tried=is_tried, author=author)
        case "block":
            return of.block(*written.values(), note=note, is_tried=is_tried, author=author)
        case "allow":
            return of.allow(*written.values(), note=note, is_tried=is_tried, author=author)
        case "split":
            return of.split(list(written.values()), note=note, is_tried=is_tried, author=author)
        case "undo":
            ends = [[written[number] for number in group] for group in wish.groups]
            return together([of.take_back(*each, is_tried=is_tried, author=author) for each in ends])


def together(found: Sequence[Consequence]) -> Consequence:
    """Several consequences as one; who moved twice is counted twice."""
    if len(found) == 1:
        return found[0]
    persons = tuple(dict.fromkeys(person for each in found for person in each.persons))
    return Consequence(
        sum(each.identifiers for each in found), persons, sum(each.added for each in found),
        sum(each.gone for each in found), {}, all(each.is_done for each in found),
    )  # fmt: skip


@dataclass(frozen=True)
class DecidePage:
    """What follows from a decision, before it is made.

    Attributes:
        identifiers: value and kind of each.
        lines: what would change.
        persons: name and address of the persons concerned, a few at most.
        may_note: whether a note can be kept with it.
    """

    answer: str
    meaning: str
    of: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    persons: tuple[tuple[str, str], ...]
    back: str
    may_note: bool
    is_danger: bool


def decide_page(
    wish: Wish, known: Mapping[int, Identity], found: Consequence, persons: Sequence[tuple[str, str]],
    labels: Mapping[str, Label], back: str, language: Language,
) -> DecidePage:  # fmt: skip
    """The page in one language; `persons` are public ids and names, `labels` those of segments."""
    shown = tuple((known[number].value, kind_said(known[number].kind, language)) for number in wish.numbers)
    links = tuple((name, f"/persons/{part(person)}") for person, name in persons)
    return DecidePage(
        wish.answer, MEANINGS[wish.answer].to(language), wish.of, shown,
        tuple(each.to(language) for each in consequence_said(found, labels)), links, back, wish.answer != "undo",
        wish.answer in ("refuse", "split", "block"),
    )  # fmt: skip


def consequence_said(found: Consequence, labels: Mapping[str, Label] | None = None) -> list[Sentence]:
    """What changed, or would change, a sentence each; segments by their labels where these are given."""
    if not found.identifiers:
        return [_NOTHING_CHANGED if found.is_done else _NOTHING_WOULD]
    said: list[Sentence] = [(CHANGED if found.is_done else WOULD_CHANGE).with_(n=found.identifiers)]
    if found.added:
        said.append(_ADDED.with_(n=found.added))
    if found.gone:
        said.append(_GONE.with_(n=found.gone))
    largest = sorted(found.segments.items(), key=lambda each: (-each[1], each[0]))
    known = {name: label.text for name, label in (labels or {}).items()}
    said += [_IN_SEGMENT.with_(n=n, segment=known.get(name, name)) for name, n in largest[:MOST_SEGMENTS]]
    if len(largest) > MOST_SEGMENTS:
        said.append(_MORE_SEGMENTS.with_(n=len(largest) - MOST_SEGMENTS))
    return said


def notice_of(wish: Wish, found: Consequence) -> Sentence:
    """What is told on the page after a decision."""
    first = consequence_said(found)[0]
    return _DONE.with_(what=DONE[wish.answer], first=first)


def _group(written: str) -> Group:
    numbers = written.split("-")
    if not all(each.isascii() and each.isdecimal() and len(each) < len("2147483648") for each in numbers):
        raise InvalidRequest(_NOTHING_CHOSEN, remedy=_CHOOSE)
    return tuple(int(each) for each in numbers)


def _written(known: Mapping[int, Identity], number: int) -> str:
    if number not in known:
        raise UnknownName(_NO_IDENTIFIER)
    return f"{known[number].kind}:{known[number].value}"


MEANINGS: dict[str, Text] = {
    "accept": Text(en="These two identifiers are one person's.", fr="Ces deux identifiants sont à une même personne."),
    "refuse": Text(
        en="Nothing that links these two identifiers is taken for a reason any more to hold them for one person's.",
        fr="Plus rien de ce qui relie ces deux identifiants ne sera pris pour une raison d'y voir une même personne.",
    ),
    "split": Text(
        en="These identifiers are one person's, the rest are another's.",
        fr="Ces identifiants sont à une personne, les autres à une autre.",
    ),
    "block": Text(
        en="This identifier tells nobody (a shop's phone, a shared mailbox): it links no others, but by hand.",
        fr="Cet identifiant ne désigne personne (téléphone d'un magasin, boîte partagée) : il n'en relie plus "
        "d'autres, sauf à "
        "la main.",
    ),
    "allow": Text(
        en="This identifier tells who somebody is, however many share it.",
        fr="Cet identifiant désigne bien quelqu'un, même si beaucoup le partagent.",
    ),
    "undo": Text(
        en="The last decision is taken back: the one before it holds again.",
        fr="La dernière décision est annulée : la précédente vaut de nouveau.",
    ),
}
TITLES: dict[str, Text] = {
    "accept": Text(en="Accept a link", fr="Accepter un lien"),
    "refuse": Text(en="Refuse a link", fr="Refuser un lien"),
    "split": Text(en="Part identifiers from a person", fr="Séparer des identifiants d'une personne"),
    "block": Text(en="An identifier that tells nobody", fr="Un identifiant qui ne désigne personne"),
    "allow": Text(en="An identifier that tells who it is", fr="Un identifiant qui désigne bien quelqu'un"),
    "undo": Text(en="Undo a decision", fr="Annuler une décision"),
}
DONE: dict[str, Text] = {
    "accept": Text(en="Accepted.", fr="Accepté."),
    "refuse": Text(en="Refused.", fr="Refusé."),
    "split": Text(en="Parted.", fr="Séparés."),
    "block": Text(en="Tells nobody from now on.", fr="Ne désigne plus personne."),
    "allow": Text(en="Tells who it is from now on.", fr="Désigne désormais quelqu'un."),
    "undo": Text(en="Undone.", fr="Annulé."),
}
WORDS: dict[str, Text | Plural] = {
    "of": Text(en="What it is about", fr="De quoi il s'agit"),
    "follows": Text(en="What follows", fr="Ce qui en découle"),
    "concerned": Text(en="Persons concerned", fr="Personnes concernées"),
    "note": Text(en="Note", fr="Note"),
    "note_help": Text(en="why, for those who read it later", fr="pourquoi, pour qui le lira plus tard"),
    "cancel": Text(en="Do nothing", fr="Ne rien faire"),
    "all_undone": Text(
        en="Nothing is removed: this can be undone at any time, and then everything is as it was.",
        fr="Rien n'est effacé : on peut l'annuler à tout moment, et tout redevient comme avant.",
    ),
    "accept": Text(en="Accept", fr="Accepter"),
    "refuse": Text(en="Refuse", fr="Refuser"),
    "split": Text(en="Part them", fr="Séparer"),
    "block": Text(en="It tells nobody", fr="Ne désigne personne"),
    "allow": Text(en="It tells who it is", fr="Désigne bien quelqu'un"),
    "undo": Text(en="Undo it", fr="Annuler la décision"),
}
_DONE = Text(en="{what} {first}", fr="{what} {first}")
_NOTHING_CHOSEN = Text(en="Nothing was chosen that can be decided", fr="Rien de décidable n'a été choisi")
_CHOOSE = Text(
    en="Go back and choose a link, or tick identifiers.",
    fr="Revenez en arrière et choisissez un lien, ou cochez des identifiants.",
)
_NO_IDENTIFIER = Text(en="This identifier is not known", fr="Cet identifiant n'est pas connu")
_NOTHING_CHANGED = Text(
    en="Nobody has other identifiers than before.", fr="Personne n'a d'autres identifiants qu'avant."
)
_NOTHING_WOULD = Text(
    en="Nobody would have other identifiers than now.", fr="Personne n'aurait d'autres identifiants que maintenant."
)
_ADDED = Plural(
    Text(en="There is one person more.", fr="Il y a une personne de plus."),
    Text(en="There are {n} persons more.", fr="Il y a {n} personnes de plus."),
)
_GONE = Plural(
    Text(en="There is one person less.", fr="Il y a une personne de moins."),
    Text(en="There are {n} persons less.", fr="Il y a {n} personnes de moins."),
)
_MORE_SEGMENTS = Plural(
    Text(en="And {n} segment more.", fr="Et {n} autre segment."),
    Text(en="And {n} segments more.", fr="Et {n} autres segments."),
)
_IN_SEGMENT = Plural(
    Text(
        en="One of them is in segment “{segment}”; it is brought up to date after a decision.",
        fr="L'une d'elles est dans le segment « {segment} » ; il sera actualisé après une décision.",
    ),
    Text(
        en="{n} of them are in segment “{segment}”; it is brought up to date after a decision.",
        fr="{n} d'entre elles sont dans le segment « {segment} » ; il sera actualisé après une décision.",
    ),
)
