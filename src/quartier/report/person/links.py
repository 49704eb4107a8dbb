"""The section of identifiers and links: the picture for two widths, and tables of all that is in it."""

from zoneinfo import ZoneInfo

from quartier.identify.profile import Identifier, LinkShown, Profile
from quartier.identify.profile.words import kind_said, reason_said, standing_said
from quartier.language import Language, Plural, Text, instant
from quartier.report.page import Column, Table
from quartier.report.person.page import LinksPicture
from quartier.report.person.picture import NARROW, picture, wide_for
from quartier.report.person.tree import tree
from quartier.report.written import DASH


def links_picture(found: Profile, language: Language, zone: ZoneInfo) -> LinksPicture | None:
    """The picture of a person's identifiers; None where there are none."""
    branches = tree(found.identifiers, found.links)
    if not branches:
        return None
    title = _title(found, language)
    left = len(found.identifiers) - len(branches)
    note = " ".join(
        text
        for text in (_READING.to(language) if found.links else "", _MORE.to(language, n=left) if left else "")
        if text
    )
    return LinksPicture(
        title=title, note=note, wide=picture(branches, wide_for(branches), language, title),
        narrow=picture(branches, NARROW, language, title), identifiers=_identifiers(found, language),
        links=_links(found, language, zone),
    )  # fmt: skip


def _title(found: Profile, language: Language) -> str:
    own = [each for each in found.identifiers if each.is_own]
    followed = sum(each.is_followed for each in found.links)
    title = (_ONE if len(own) == 1 else _HELD).to(language, n=len(own), links=_BY.with_(n=followed))
    apart = len(found.links) - followed
    return f"{title} {_APART.to(language, n=apart)}" if apart else title


def _identifiers(found: Profile, language: Language) -> Table:
    heads = (_IDENTIFIER, _KIND, _SOURCE)
    rows = tuple((each.value, kind_said(each.kind, language), _source(each, language)) for each in found.identifiers)
    return Table(_ALL_IDENTIFIERS.to(language), _columns(heads, language), rows)


def _source(each: Identifier, language: Language) -> str:
    source = each.source or _MESSAGES.to(language)
    return source if each.is_own else _OF_ANOTHER.to(language, source=source)


def _links(found: Profile, language: Language, zone: ZoneInfo) -> Table | None:
    if not found.links:
        return None
    values = {each.number: each.value for each in found.identifiers}
    rows = tuple(_link(each, values, language, zone) for each in found.links)
    return Table(_ALL_LINKS.to(language), _columns((_BETWEEN, _AND, _WHY, _SINCE, _DECISION), language), rows)


def _link(each: LinkShown, values: dict[int, str], language: Language, zone: ZoneInfo) -> tuple[str, ...]:
    at = instant(each.at, language, zone) if each.at else DASH
    ends = (values.get(each.a, DASH), values.get(each.b, DASH))
    return (*ends, reason_said(each, language), at, standing_said(each, language) or DASH)


def _columns(heads: tuple[Text, ...], language: Language) -> tuple[Column, ...]:
    return tuple(Column(each.to(language), is_figure=False) for each in heads)


_ONE = Text(en="One identifier.", fr="Un seul identifiant.")
_HELD = Text(en="{n} identifiers, held together by {links}.", fr="{n} identifiants, tenus ensemble par {links}.")
_BY = Plural(Text(en="{n} link", fr="{n} lien"), Text(en="{n} links", fr="{n} liens"))
_APART = Plural(
    Text(en="{n} more is not followed.", fr="{n} autre n'est pas suivi."),
    Text(en="{n} more are not followed.", fr="{n} autres ne sont pas suivis."),
)
_READING = Text(
    en="A line says why two identifiers are held for one person's; a dashed one is not followed, or no longer.",
    fr="Un trait dit pourquoi deux identifiants sont tenus pour ceux d'une même personne ; en pointillé, il n'est pas "
    "suivi, ou ne l'est plus.",
)
_MORE = Plural(
    Text(en="{n} more identifier is in the table.", fr="{n} autre identifiant figure dans le tableau."),
    Text(en="{n} more identifiers are in the table.", fr="{n} autres identifiants figurent dans le tableau."),
)
_ALL_IDENTIFIERS = Text(en="All identifiers", fr="Tous les identifiants")
_ALL_LINKS = Text(en="All links", fr="Tous les liens")
_IDENTIFIER = Text(en="identifier", fr="identifiant")
_KIND = Text(en="kind", fr="sorte")
_SOURCE = Text(en="first source", fr="première source")
_MESSAGES = Text(en="messages", fr="messages")
_OF_ANOTHER = Text(en="{source} (another person's)", fr="{source} (d'une autre personne)")
_BETWEEN = Text(en="between", fr="entre")
_AND = Text(en="and", fr="et")
_WHY = Text(en="why", fr="pourquoi")
_SINCE = Text(en="since", fr="depuis")
_DECISION = Text(en="decision", fr="décision")
