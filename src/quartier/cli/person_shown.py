"""Persons in a terminal: the profile section by section, found and similar persons, the history of a trait."""

from zoneinfo import ZoneInfo

from quartier.cli.session import Session
from quartier.identify.profile import (
    Belonging,
    FoundPage,
    Identifier,
    Profile,
    Similar,
    TraitHistory,
    TraitKnown,
)
from quartier.identify.profile.words import (
    DASH,
    MASK,
    happening_written,
    kind_said,
    known_since_said,
    reason_said,
    rule_said,
    shared_said,
    standing_said,
    trait_written,
    written,
)
from quartier.language import Plural, Text, day, instant, percent, whole

MOST_PAST = 5
"""How many stays that are over are shown."""


def print_profile(found: Profile, now: Session, zone: ZoneInfo) -> None:
    """All that is known of a person, section by section; what is empty is left out."""
    now.out.print(found.name, style="bold")
    said = [found.person, known_since_said(found.known_since, now.language, zone)]
    now.say_line(" · ".join(each for each in said if each))
    now.say(_AS_OF, at=instant(found.at, now.language, zone))
    _traits(found, now, zone)
    _timeline(found, now, zone)
    _segments(found, now, zone)
    _identifiers(found, now)
    _links(found, now)
    if found.similar:
        _heading(_SIMILAR, now)
        print_similar(found.similar, now, zone)


def print_found(found: FoundPage, text: str, now: Session) -> None:
    """Persons with what was recognised."""
    if not found.persons:
        now.say(_NOBODY.with_(text=text))
        return
    rows = [[each.person, each.name, _by(each.by, now)] for each in found.persons]
    now.print_table([_PERSON, _NAME, _BY], rows)
    if found.next:
        now.say(_MORE, after=found.next)


def print_similar(found: tuple[Similar, ...], now: Session, zone: ZoneInfo) -> None:
    """How alike, who, and what is shared."""
    if not found:
        now.say(_NONE_SIMILAR)
        return
    rows = [
        [percent(each.alike, now.language, 0), each.name, each.person,
         " · ".join(shared_said(one, now.language, zone) for one in each.shared[:3])]
        for each in found
    ]  # fmt: skip
    now.print_table([_ALIKE, _NAME, _PERSON, _SHARED], rows, right=(0,))


def print_history(found: TraitHistory, now: Session, zone: ZoneInfo) -> None:
    """Every value with its instants and its source."""
    now.out.print(found.label.to(now.language), style="bold")
    rows = [
        [
            MASK if found.is_masked else written(each.value, now.language, zone),
            instant(each.since, now.language, zone) if each.since else DASH,
            instant(each.until, now.language, zone) if each.until else _NOW.to(now.language),
            each.source or DASH,
        ]
        for each in found.values
    ]
    if rows:
        now.print_table([_VALUE, _SINCE, _UNTIL, _SOURCE], rows)
    else:
        now.say(_NO_VALUE)
    if found.is_masked:
        now.say(_ASK)


def _traits(found: Profile, now: Session, zone: ZoneInfo) -> None:
    if not found.traits:
        return
    _heading(_TRAITS, now)
    rows = []
    for family in found.families:
        for place, each in enumerate(found.of_family(family)):
            rows.append([family.label.to(now.language) if not place else "", *_trait(each, now, zone)])
    now.print_table([_FAMILY, _TRAIT, _VALUE, _SINCE, _SOURCE, _EARLIER], rows)
    if any(each.is_masked for each in found.traits):
        now.say(_ASK)


def _trait(each: TraitKnown, now: Session, zone: ZoneInfo) -> list[str]:
    since = day(each.since.astimezone(zone).date(), now.language) if each.since else DASH
    earlier = whole(each.earlier, now.language) if each.earlier else ""
    chosen = rule_said(each, now.language)
    earlier = f"{earlier} ({chosen})" if earlier and chosen else earlier or chosen
    value = trait_written(each, now.language, zone)
    return [each.label.to(now.language), value, since, each.source or DASH, earlier]


def _timeline(found: Profile, now: Session, zone: ZoneInfo) -> None:
    if not found.timeline.events:
        return
    _heading(_TIMELINE, now)
    counts = [f"{label.to(now.language)} {whole(n, now.language)}" for _, label, n in found.timeline.counts]
    now.say(_EVENTS.with_(n=found.timeline.events, counts=", ".join(counts)))
    rows = [
        [instant(each.at, now.language, zone), each.label.to(now.language), happening_written(each, now.language, zone)]
        for each in found.timeline.happenings
    ]
    if rows:
        now.print_table([_AT, _EVENT, _DETAILS], rows)


def _segments(found: Profile, now: Session, zone: ZoneInfo) -> None:
    stays = found.memberships
    if not stays.stays and not stays.hidden:
        return
    _heading(_SEGMENTS, now)
    rows = [_stay(each, now, zone) for each in (*stays.now, *stays.before[:MOST_PAST])]
    if rows:
        now.print_table([_SEGMENT, _LABEL, _SINCE, _UNTIL], rows)
    if stays.hidden:
        now.say(_HIDDEN.with_(n=stays.hidden))


def _stay(each: Belonging, now: Session, zone: ZoneInfo) -> list[str]:
    since = day(each.since.astimezone(zone).date(), now.language) if each.since else DASH
    until = day(each.until.astimezone(zone).date(), now.language) if each.until else _NOW.to(now.language)
    return [each.segment, each.label.to(now.language), since, until]


def _identifiers(found: Profile, now: Session) -> None:
    if found.identifiers:
        _heading(_IDENTIFIERS, now)
        rows = [[kind_said(each.kind, now.language), each.value, _origin(each, now)] for each in found.identifiers]
        now.print_table([_KIND, _VALUE, _SOURCE], rows)


def _links(found: Profile, now: Session) -> None:
    if found.links:
        _heading(_LINKS, now)
        values = {each.number: each.value for each in found.identifiers}
        rows = [
            [values[each.a], values[each.b], reason_said(each, now.language), standing_said(each, now.language)]
            for each in found.links
        ]
        now.print_table([_BETWEEN, _AND, _WHY, _STANDING], rows)


def _origin(each: Identifier, now: Session) -> str:
    """Where an identifier came from; somebody else's is marked."""
    source = each.source or _MESSAGES.to(now.language)
    return source if each.is_own else _OF_ANOTHER.to(now.language, source=source)


def _heading(text: Text, now: Session) -> None:
    now.out.print(f"\n{text.to(now.language)}", style="bold")


def _by(by: str, now: Session) -> str:
    known = {"public_id": _PUBLIC_ID, "name": _BY_NAME}
    return known[by].to(now.language) if by in known else kind_said(by, now.language)


_AS_OF = Text(en="as of {at}", fr="au {at}")
_TRAITS = Text(en="Traits", fr="Traits")
_TIMELINE = Text(en="Timeline", fr="Chronologie")
_SEGMENTS = Text(en="Segments", fr="Segments")
_IDENTIFIERS = Text(en="Identifiers", fr="Identifiants")
_LINKS = Text(en="Links between identifiers", fr="Liens entre identifiants")
_SIMILAR = Text(en="Similar persons", fr="Personnes semblables")
_FAMILY = Text(en="family", fr="famille")
_TRAIT = Text(en="trait", fr="trait")
_VALUE = Text(en="value", fr="valeur")
_SINCE = Text(en="since", fr="depuis")
_UNTIL = Text(en="until", fr="jusqu'à")
_NOW = Text(en="now", fr="maintenant")
_SOURCE = Text(en="source", fr="source")
_EARLIER = Text(en="earlier values", fr="valeurs antérieures")
_AT = Text(en="instant", fr="instant")
_EVENT = Text(en="event", fr="événement")
_DETAILS = Text(en="properties", fr="propriétés")
_SEGMENT = Text(en="segment", fr="segment")
_LABEL = Text(en="label", fr="libellé")
_KIND = Text(en="kind", fr="sorte")
_MESSAGES = Text(en="messages", fr="messages")
_OF_ANOTHER = Text(en="{source} (another person's)", fr="{source} (d'une autre personne)")
_BETWEEN = Text(en="between", fr="entre")
_AND = Text(en="and", fr="et")
_WHY = Text(en="why", fr="pourquoi")
_STANDING = Text(en="decision", fr="décision")
_PERSON = Text(en="person", fr="personne")
_NAME = Text(en="name", fr="nom")
_BY = Text(en="found by", fr="trouvée par")
_PUBLIC_ID = Text(en="public id", fr="identifiant public")
_BY_NAME = Text(en="name", fr="nom")
_ALIKE = Text(en="alike", fr="semblable")
_SHARED = Text(en="in common", fr="en commun")
_EVENTS = Plural(Text(en="{n} event: {counts}", fr="{n} événement : {counts}"),
                 Text(en="{n} events: {counts}", fr="{n} événements : {counts}"))  # fmt: skip
_HIDDEN = Plural(
    Text(
        en="{n} segment is not shown: it reads sensitive data (--sensitive).",
        fr="{n} segment n'est pas montré : il lit des données délicates (--sensitive).",
    ),
    Text(
        en="{n} segments are not shown: they read sensitive data (--sensitive).",
        fr="{n} segments ne sont pas montrés : ils lisent des données délicates (--sensitive).",
    ),
)
_ASK = Text(
    en="•••• stands for sensitive values: --sensitive shows them.",
    fr="•••• remplace des valeurs délicates : --sensitive les montre.",
)
_NO_VALUE = Text(en="Nothing is known of it.", fr="On n'en sait rien.")
_NOBODY = Text(
    en="Nobody has “{text}” as identifier or in the name.",
    fr="Personne n'a « {text} » comme identifiant ou dans son nom.",
)
_MORE = Text(en="There are more: --after {after}", fr="Il y en a d'autres : --after {after}")
_NONE_SIMILAR = Text(
    en="Too little is known of this person to compare them with others.",
    fr="On en sait trop peu sur cette personne pour la comparer à d'autres.",
)
