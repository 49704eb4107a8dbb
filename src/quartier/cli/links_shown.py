"""Links, findings and decisions in a terminal."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from quartier.catalog import Catalog
from quartier.cli.link_match import print_alike
from quartier.cli.session import Session
from quartier.identify.profile.words import kind_said
from quartier.identify.told import CHANGED, WOULD_CHANGE, Consequence, LinkTold, Review, plain, plain_decision
from quartier.language import Language, Plural, Text, instant, percent, whole
from quartier.store.identities import Identity
from quartier.store.links import Decision

Decided = Sequence[tuple[Decision, Identity, Identity | None]]


def print_links(found: Sequence[LinkTold], now: Session, zone: ZoneInfo) -> None:
    """A line for each link; nothing to tell where the person has one identifier."""
    if not found:
        now.say(_NO_LINKS)
        return
    language = now.language
    rows = [
        [
            named(each.a, language), named(each.b, language), _reason(each, language),
            _STATES[each.state].to(language), instant(each.link.at, language, zone), _by(each.decision, language),
        ]
        for each in found
    ]  # fmt: skip
    now.print_table([_IDENTIFIER, _AND, _REASON, _STATE, _SINCE, _DECISION], rows)


def print_review(found: Review, catalog: Catalog, now: Session, zone: ZoneInfo) -> None:
    """The links in doubt, then the identifiers that too many share."""
    language = now.language
    if not found.doubts and not found.shared and not found.alike:
        now.say(_NOTHING_WAITS)
        return
    if found.doubts:
        now.say(_DOUBTS, n=found.doubts_in_all)
        rows = [
            [
                named(each.a, language),
                named(each.b, language),
                _STATES[each.why].to(language),
                ", ".join(customer.value for customer in each.customers),
                instant(each.since, language, zone),
            ]
            for each in found.doubts
        ]
        now.print_table([_IDENTIFIER, _AND, _WHY, _CUSTOMERS, _SINCE], rows)
        now.say(_DECIDE_PAIR)
    if found.shared:
        now.say(_SHARED, n=found.shared_in_all)
        counts = [
            [named(each.identifier, language), whole(each.customers, language), whole(each.others, language)]
            for each in found.shared
        ]
        now.print_table([_IDENTIFIER, _CUSTOMERS, _OTHERS], counts, right=(1, 2))
        now.say(_DECIDE_ONE)
    if found.alike:
        now.say(_ALIKE, n=found.alike_in_all)
        print_alike(found.alike, catalog, now)
        now.say(_DECIDE_ALIKE)


def print_decisions(found: Decided, now: Session, zone: ZoneInfo) -> None:
    """A line for each decision."""
    if not found:
        now.say(_NO_DECISIONS)
        return
    language = now.language
    rows = [
        [
            instant(decision.at, language, zone),
            _ANSWERS[decision.answer].to(language),
            named(a, language),
            named(b, language) if b else "",
            decision.author,
            decision.note or "",
        ]
        for decision, a, b in found
    ]
    now.print_table([_WHEN, _DECISION, _IDENTIFIER, _AND, _AUTHOR, _NOTE], rows)


def plain_decisions(found: Decided) -> list[dict[str, Any]]:
    """Decisions with their identifiers, as plain data."""
    return [plain_decision(each) | {"a": plain(a), "b": plain(b) if b else None} for each, a, b in found]


def print_consequence(found: Consequence, now: Session) -> None:
    """What changed, or would change."""
    if not found.identifiers:
        now.say(_NOTHING_CHANGES if found.is_done else _NOTHING_WOULD)
        return
    now.say(CHANGED if found.is_done else WOULD_CHANGE, n=found.identifiers)
    if found.added:
        now.say(_ADDED, n=found.added)
    if found.gone:
        now.say(_GONE, n=found.gone)
    for name, n in found.segments.items():
        now.say(_IN_SEGMENT, n=n, segment=name)
    if found.segments and found.is_done:
        now.say(_REFRESH)


def named(identity: Identity, language: Language) -> str:
    """An identifier as somebody reads it: its value, with what sort of identifier it is."""
    return f"{identity.value} ({kind_said(identity.kind, language)})"


def _reason(told: LinkTold, language: Language) -> str:
    reason = _REASONS[told.link.reason].to(language)
    return reason if told.link.probability is None else f"{reason} ({percent(told.link.probability, language)})"


def _by(decision: Decision | None, language: Language) -> str:
    return "" if decision is None else f"{_ANSWERS[decision.answer].to(language)}, {decision.author}"


_IDENTIFIER, _AND = Text(en="identifier", fr="identifiant"), Text(en="and", fr="et")
_REASON, _STATE, _WHY = Text(en="reason", fr="raison"), Text(en="state", fr="état"), Text(en="why", fr="pourquoi")
_SINCE, _WHEN = Text(en="since", fr="depuis"), Text(en="when", fr="quand")
_DECISION, _AUTHOR, _NOTE = Text(en="decision", fr="décision"), Text(en="by", fr="par"), Text(en="note", fr="note")
_CUSTOMERS = Text(en="customers", fr="clients")
_OTHERS = Text(en="identifiers in all", fr="identifiants en tout")
_REASONS = (
    Text(en="linked by hand", fr="reliés à la main"),
    Text(en="alike", fr="ressemblants"),
    Text(en="came in one record", fr="arrivés dans un même enregistrement"),
)
_STATES = {
    "followed": Text(en="followed", fr="suivi"),
    "refused": Text(en="refused", fr="refusé"),
    "two_customers": Text(en="would join two customers", fr="réunirait deux clients"),
    "too_many": Text(en="would give a person too many identifiers", fr="donnerait trop d'identifiants à une personne"),
    "says_nothing": Text(
        en="too many share one of the two, or it is blocked", fr="trop de monde partage l'un des deux, ou il est bloqué"
    ),
}
_ANSWERS = {
    "accepted": Text(en="accepted", fr="accepté"),
    "refused": Text(en="refused", fr="refusé"),
    "blocked": Text(en="blocked", fr="bloqué"),
    "allowed": Text(en="allowed", fr="admis"),
    "open": Text(en="open again", fr="de nouveau ouvert"),
}
_NO_LINKS = Text(
    en="This person has one identifier: nothing is linked.",
    fr="Cette personne n'a qu'un identifiant : rien n'est relié.",
)
_NO_DECISIONS = Text(en="Nobody has decided of any link.", fr="Personne n'a décidé d'aucun lien.")
_NOTHING_WAITS = Text(en="Nothing waits: every link was followed.", fr="Rien n'attend : tous les liens ont été suivis.")
_DOUBTS = Plural(
    Text(en="{n} link was not followed:", fr="{n} lien n'a pas été suivi :"),
    Text(en="{n} links were not followed:", fr="{n} liens n'ont pas été suivis :"),
)
_DECIDE_PAIR = Text(
    en="One person? `quartier link accept` both customers. Two? `quartier link refuse` the wrong link; accept "
    "it to say whose the identifier is.\n",
    fr="Une seule personne ? `quartier link accept` avec les deux clients. Deux ? `quartier link refuse` avec le "
    "mauvais lien ; l'accepter, c'est dire à qui est l'identifiant.\n",
)
_SHARED = Plural(
    Text(en="{n} identifier is shared by too many:", fr="{n} identifiant est partagé par trop de monde :"),
    Text(en="{n} identifiers are shared by too many:", fr="{n} identifiants sont partagés par trop de monde :"),
)
_DECIDE_ONE = Text(
    en="Nobody's? `quartier link block`. Somebody's after all? `quartier link allow`.",
    fr="À personne ? `quartier link block`. À quelqu'un malgré tout ? `quartier link allow`.",
)
_ALIKE = Plural(
    Text(en="{n} pair of identifiers is alike:", fr="{n} paire d'identifiants se ressemble :"),
    Text(en="{n} pairs of identifiers are alike:", fr="{n} paires d'identifiants se ressemblent :"),
)
_DECIDE_ALIKE = Text(
    en="One person? `quartier link accept`. Two? `quartier link refuse`.",
    fr="Une seule personne ? `quartier link accept`. Deux ? `quartier link refuse`.",
)
_NOTHING_CHANGES = Text(
    en="Noted. Nobody has other identifiers than before.", fr="C'est noté. Personne n'a d'autres identifiants qu'avant."
)
_NOTHING_WOULD = Text(en="Nothing would change.", fr="Rien ne changerait.")
_ADDED = Plural(
    Text(en="{n} person more.", fr="{n} personne de plus."), Text(en="{n} persons more.", fr="{n} personnes de plus.")
)
_GONE = Plural(
    Text(en="{n} person less.", fr="{n} personne de moins."), Text(en="{n} persons less.", fr="{n} personnes de moins.")
)
_IN_SEGMENT = Plural(
    Text(
        en="Segment “{segment}”: {n} of them is a member.",
        fr="Segment « {segment} » : {n} d'entre elles en fait partie.",
    ),
    Text(
        en="Segment “{segment}”: {n} of them are members.",
        fr="Segment « {segment} » : {n} d'entre elles en font partie.",
    ),
)
_REFRESH = Text(en="Segments follow with the next refresh.", fr="Les segments suivent à la prochaine mise à jour.")
