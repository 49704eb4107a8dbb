"""What grows in words, and as segments."""

from collections.abc import Sequence
from typing import Any

from quartier.analyse.opportunities.found import Finding
from quartier.analyse.opportunities.growth import FEWEST, Grown, Newer
from quartier.catalog import Label, Trait, slug
from quartier.language import LANGUAGES, Plural, Said, Text, decimal, percent, verbatim

_LONGEST = 100


def findings_of(
    segments: Sequence[Grown], values: Sequence[Newer], arrival: Trait, days: int, newcomer_days: int
) -> tuple[Finding, ...]:
    """The opportunities, the one with the most persons beyond the base's growth first."""
    found = [_of_segment(each, days) for each in segments if each.is_fast]
    found += [_of_value(each, arrival, newcomer_days) for each in values if each.is_fast]
    return tuple(sorted(found, key=lambda each: -each.size))


def heading(findings: Sequence[Finding], *, is_compared: bool) -> Said:
    """The main finding."""
    if findings:
        return findings[0].said
    return (_NONE if is_compared else _NOT_COMPARED).with_()


def notes_of(*, short: int, changed: int, small: int, undated: int, days: int) -> tuple[Said, ...]:
    """What could not be compared: logs that begin too late, definitions that changed, small segments, no date."""
    notes = [_SHORT.with_(n=short, days=days)] if short else []
    notes += [_CHANGED.with_(n=changed, days=days)] if changed else []
    notes += [_SMALL.with_(n=small, fewest=FEWEST)] if small else []
    return (*notes, *([_UNDATED.with_(n=undated)] if undated else []))


def no_arrival() -> Said:
    """Why nothing is compared where nobody's arrival is dated."""
    return _NO_ARRIVAL.with_()


def _of_segment(each: Grown, days: int) -> Finding:
    said = _GREW.with_(segment=verbatim(each.label.en, each.label.fr), before=each.before, now=each.now, days=days)
    why = _GREW_WHY.with_(ratio=_times(each.ratio), low=_times(each.interval.low), high=_times(each.interval.high),
                          entries=each.entries, exits=each.exits, more=round(each.more))  # fmt: skip
    where = {"all": [{"segment": each.segment}, {"entered": each.segment, "within": f"{days} days"}]}
    label = _label(_ENTERED, each.label, days)
    return Finding(
        label, said, (why,), each.more, each.more_interval, _document(f"new-in-{each.segment}", label, where)
    )


def _of_value(each: Newer, arrival: Trait, days: int) -> Finding:
    share, before = (verbatim(percent(part, "en"), percent(part, "fr")) for part in (each.share, each.before))
    said = _CAME.with_(value=verbatim(each.label.en, each.label.fr), share=share, before=before, days=days)
    why = _CAME_WHY.with_(ratio=_times(each.ratio), low=_times(each.interval.low), high=_times(each.interval.high),
                          n=each.newcomers, of=each.of_newcomers, more=round(each.more))  # fmt: skip
    value: Any = each.value == "true" if each.value in ("true", "false") else each.value
    where = {"all": [{"trait": each.trait, "is": value}, {"trait": arrival.name, "within": f"{days} days"}]}
    label = _label(_NEWCOMERS, each.label, days)
    return Finding(
        label, said, (why,), each.more, each.more_interval,
        _document(f"newcomers {each.trait} {each.value}", label, where),
    )  # fmt: skip


def _label(text: Text, of: Label, days: int) -> Label:
    return Label(**{each: text.to(each, of=getattr(of, each), days=days) for each in LANGUAGES})


def _document(name: str, label: Label, where: dict[str, Any]) -> dict[str, Any]:
    written = slug(name).replace("_", "-")[:_LONGEST].rstrip("-")
    return {"segment": written, "label": label.model_dump(), "population": "everyone", "where": where}


def _times(value: float) -> Text:
    return verbatim(decimal(value, "en"), decimal(value, "fr"))


_GREW = Text(
    en="{segment}: from {before} to {now} members in {days} days",
    fr="{segment} : de {before} à {now} membres en {days} jours",
)
_GREW_WHY = Text(
    en="{ratio} times as large as the growth of the base would have made it (95% between {low} and {high}); entries: "
    "{entries}, exits: {exits}; {more} members more.",
    fr="{ratio} fois ce qu'en aurait fait la croissance de la base (95 % entre {low} et {high}) ; entrées : {entries}, "
    "sorties : {exits} ; {more} membres de plus.",
)
_ONLY_ENTRIES = Text(
    en="Nobody left: a condition that nobody can cease to meet grows by itself.",
    fr="Personne n'en est sorti : une condition que l'on ne peut cesser de remplir grandit d'elle-même.",
)
_CAME = Text(
    en="{value}: {share} of those who came in the last {days} days, {before} of those before",
    fr="{value} : {share} de ceux qui sont venus ces {days} derniers jours, {before} de ceux d'avant",
)
_CAME_WHY = Text(
    en="{ratio} times the share before (95% between {low} and {high}); {n} of {of} newcomers: {more} more than the "
    "share before would make.",
    fr="{ratio} fois la part d'avant (95 % entre {low} et {high}) ; {n} nouveaux sur {of} : {more} de plus que n'en "
    "ferait la part d'avant.",
)
_ENTERED = Text(en="{of}, entered in the last {days} days", fr="{of}, entrés ces {days} derniers jours")
_NEWCOMERS = Text(en="{of}, came in the last {days} days", fr="{of}, venus ces {days} derniers jours")
_NONE = Text(en="Nothing grows clearly faster than the base", fr="Rien ne grandit nettement plus vite que la base")
_NOT_COMPARED = Text(en="Growth cannot be compared yet", fr="La croissance ne peut pas encore se comparer")
_SHORT = Plural(
    Text(
        en="{n} segment has been followed for less than {days} days: its growth shows later.",
        fr="{n} segment est suivi depuis moins de {days} jours : sa croissance se verra plus tard.",
    ),
    Text(
        en="{n} segments have been followed for less than {days} days: their growth shows later.",
        fr="{n} segments sont suivis depuis moins de {days} jours : leur croissance se verra plus tard.",
    ),
)
_CHANGED = Plural(
    Text(
        en="{n} segment got another definition in the last {days} days: its sizes do not compare.",
        fr="{n} segment a changé de définition ces {days} derniers jours : ses tailles ne se comparent pas.",
    ),
    Text(
        en="{n} segments got another definition in the last {days} days: their sizes do not compare.",
        fr="{n} segments ont changé de définition ces {days} derniers jours : leurs tailles ne se comparent pas.",
    ),
)
_SMALL = Plural(
    Text(
        en="{n} segment has fewer than {fewest} members: too few to tell growth from chance.",
        fr="{n} segment a moins de {fewest} membres : trop peu pour distinguer croissance et hasard.",
    ),
    Text(
        en="{n} segments have fewer than {fewest} members: too few to tell growth from chance.",
        fr="{n} segments ont moins de {fewest} membres : trop peu pour distinguer croissance et hasard.",
    ),
)
_UNDATED = Plural(
    Text(
        en="It is not known when {n} person came: counted among those who were there before.",
        fr="On ne sait pas quand {n} personne est venue : elle compte parmi ceux d'avant.",
    ),
    Text(
        en="It is not known when {n} persons came: counted among those who were there before.",
        fr="On ne sait pas quand {n} personnes sont venues : elles comptent parmi ceux d'avant.",
    ),
)
_NO_ARRIVAL = Text(
    en="No trait says when persons came, so that the growth of the base is not known. Bring in a date of registration.",
    fr="Aucun trait ne dit quand les personnes sont venues : la croissance de la base est inconnue. Importez une date "
    "d'inscription.",
)
