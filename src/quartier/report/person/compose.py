"""From profile to page: every word in one language, the links drawn."""

from pathlib import Path
from zoneinfo import ZoneInfo

from markupsafe import Markup

from quartier.config import Config
from quartier.identify.profile import Belonging, Happening, Profile, TraitKnown
from quartier.identify.profile.words import (
    MASK,
    known_since_said,
    rule_said,
    shared_said,
    trait_written,
    written,
)
from quartier.language import Language, Plural, Text, day, instant, percent, whole
from quartier.look import page as look
from quartier.report.compose import SYNTHETIC
from quartier.report.page import Chip, Column, KeyFigure, Stop, Table
from quartier.report.person.links import links_picture
from quartier.report.person.page import FamilyView, HappeningRow, PersonPage, SimilarRow, TraitRow
from quartier.report.person.words import NOTES, TITLES, WORDS
from quartier.report.sections.road import STAGES
from quartier.report.written import DASH, short_day

_OWN = Path(__file__).parents[1] / "templates" / "person.css"
_ANCHORS = (("traits",), ("links",), ("timeline", "similar"), ("segments",), (), (), ("notes",))


def compose(found: Profile, language: Language, config: Config) -> PersonPage:
    """The page in one language."""
    zone = config.zone
    links = links_picture(found, language, zone)
    there = {
        "traits": found.traits, "timeline": found.timeline.events, "segments": found.memberships.stays,
        "links": links, "similar": found.similar, "notes": True,
    }  # fmt: skip
    return PersonPage(
        language=language, title=found.name, lead=_lead(found, language, zone),
        synthetic=SYNTHETIC.to(language) if config.is_synthetic else "",
        style=Markup(look.stylesheet(_OWN)),  # noqa: S704 - our own file
        words={name: text.to(language) for name, text in {**WORDS, **TITLES}.items()},
        rail=_rail({anchor for anchor, value in there.items() if value}, language),
        glance=_glance(found, language, zone), families=_families(found, language, zone),
        happenings=tuple(_happening(each, language, zone) for each in found.timeline.happenings),
        counts=_counts(found, language), segments=_segments(found, language, zone), hidden=_hidden(found, language),
        links=links, similar=_similar(found, language, zone), notes=_notes(found, language),
    )  # fmt: skip


def _lead(found: Profile, language: Language, zone: ZoneInfo) -> str:
    since, at = known_since_said(found.known_since, language, zone), instant(found.at, language, zone)
    return _LEAD.to(language, person=found.person, since=since or DASH, at=at)


def _rail(there: set[str], language: Language) -> tuple[Stop, ...]:
    return tuple(
        Stop(stage.to(language), tuple((each, TITLES[each].to(language)) for each in anchors if each in there))
        for (stage, _), anchors in zip(STAGES, _ANCHORS, strict=True)
    )


def _glance(found: Profile, language: Language, zone: ZoneInfo) -> tuple[KeyFigure, ...]:
    newest = found.timeline.happenings[0] if found.timeline.happenings else None
    last = _LAST.to(language, event=newest.label.to(language), at=_day(newest, language, zone)) if newest else ""
    figures = (
        (found.timeline.events, _EVENTS, last), (len(found.memberships.now), _SEGMENTS, ""),
        (sum(each.is_own for each in found.identifiers), _IDENTIFIERS, ""), (len(found.traits), _TRAITS, ""),
    )  # fmt: skip
    return tuple(KeyFigure(whole(n, language), label.to(language), of) for n, label, of in figures)


def _day(each: Happening, language: Language, zone: ZoneInfo) -> str:
    return day(each.at.astimezone(zone).date(), language)


def _families(found: Profile, language: Language, zone: ZoneInfo) -> tuple[FamilyView, ...]:
    return tuple(
        FamilyView(
            Chip(str(family), family.label.to(language)),
            tuple(_trait(each, language, zone) for each in found.of_family(family)),
        )
        for family in found.families
    )


def _trait(each: TraitKnown, language: Language, zone: ZoneInfo) -> TraitRow:
    since = short_day(each.since.astimezone(zone).date(), language) if each.since else ""
    said = [since, each.source or ""]
    said.append(rule_said(each, language))
    if each.earlier:
        said.append(_EARLIER.to(language, n=each.earlier))
    why = " · ".join(part for part in said if part)
    return TraitRow(each.label.to(language), trait_written(each, language, zone), each.is_masked, why)


def _happening(each: Happening, language: Language, zone: ZoneInfo) -> HappeningRow:
    details = tuple(
        (one.label.to(language), MASK if one.is_masked else written(one.value, language, zone)) for one in each.details
    )
    return HappeningRow(instant(each.at, language, zone), each.label.to(language), details)


def _counts(found: Profile, language: Language) -> str:
    counts = ", ".join(f"{label.to(language)} {whole(n, language)}" for _, label, n in found.timeline.counts)
    shown = len(found.timeline.happenings)
    return _OF_ALL.to(language, n=found.timeline.events, shown=shown, counts=counts) if counts else ""


def _segments(found: Profile, language: Language, zone: ZoneInfo) -> Table | None:
    stays = (*found.memberships.now, *found.memberships.before)
    if not stays:
        return None
    heads = (Text(en="segment", fr="segment"), Text(en="since", fr="depuis"), Text(en="until", fr="jusqu'à"))
    columns = tuple(Column(each.to(language), is_figure=False) for each in heads)
    return Table(_OBSERVED.to(language), columns, tuple(_stay(each, language, zone) for each in stays))


def _stay(each: Belonging, language: Language, zone: ZoneInfo) -> tuple[str, ...]:
    since = day(each.since.astimezone(zone).date(), language) if each.since else DASH
    until = day(each.until.astimezone(zone).date(), language) if each.until else _NOW.to(language)
    return each.label.to(language), since, until


def _hidden(found: Profile, language: Language) -> str:
    return _HIDDEN.to(language, n=found.memberships.hidden) if found.memberships.hidden else ""


def _similar(found: Profile, language: Language, zone: ZoneInfo) -> tuple[SimilarRow, ...]:
    return tuple(
        SimilarRow(
            each.name, each.person, each.alike, percent(each.alike, language, 0),
            " · ".join(shared_said(one, language, zone) for one in each.shared),
        )
        for each in found.similar
    )  # fmt: skip


def _notes(found: Profile, language: Language) -> tuple[tuple[str, str], ...]:
    wanted = {"traits"} | {"similar" for _ in found.similar} | {"segments" for _ in found.memberships.stays}
    wanted |= {"masked" for each in found.traits if each.is_masked} | {"links" for _ in found.links}
    return tuple((word.to(language), said.to(language)) for name, word, said in NOTES if name in wanted)


_LEAD = Text(
    en="All that is known of {person}, {since}, as of {at}.", fr="Tout ce que l'on sait de {person}, {since}, au {at}."
)
_EVENTS = Text(en="events", fr="événements")
_SEGMENTS = Text(en="segments", fr="segments")
_IDENTIFIERS = Text(en="identifiers", fr="identifiants")
_TRAITS = Text(en="traits known", fr="traits connus")
_LAST = Text(en="the last: {event}, {at}", fr="le dernier : {event}, {at}")
_EARLIER = Plural(
    Text(en="{n} other value before", fr="{n} autre valeur auparavant"),
    Text(en="{n} other values before", fr="{n} autres valeurs auparavant"),
)
_OF_ALL = Plural(
    Text(en="The one event: {counts}.", fr="Le seul événement : {counts}."),
    Text(en="The newest {shown} of {n} events: {counts}.", fr="Les {shown} plus récents de {n} événements : {counts}."),
)
_OBSERVED = Text(
    en="As they were observed, the newest first", fr="Tels qu'ils ont été observés, du plus récent au plus ancien"
)
_NOW = Text(en="now", fr="maintenant")
_HIDDEN = Plural(
    Text(
        en="{n} segment is not shown, since it reads sensitive data.",
        fr="{n} segment n'est pas montré, car il lit des données délicates.",
    ),
    Text(
        en="{n} segments are not shown, since they read sensitive data.",
        fr="{n} segments ne sont pas montrés, car ils lisent des données délicates.",
    ),
)
