"""`quartier link match`: identifiers whose records are alike, linked when it is certain, told when it is doubtful."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session, try_option
from quartier.language import Plural, Text, decimal, percent, with_sign

if TYPE_CHECKING:
    from quartier.catalog import Catalog
    from quartier.identify.matching.evidence import Reason
    from quartier.identify.matching.persons import Named
    from quartier.identify.matching.proposing import Proposals

_CERTAIN, _DOUBTFUL, _REASONS = 0.99, 0.5, 4


@command(
    "match",
    Text(
        en="Find identifiers whose records are alike; link the certain ones, list the doubtful ones.",
        fr="Trouver les identifiants dont les fiches se ressemblent ; relier les sûrs, lister les douteux.",
    ),
    example="quartier -w my-shop link match --try\nquartier -w my-shop link match --examples 10",
)
@option(
    "--certain",
    type=click.FloatRange(0, 1, min_open=True),
    default=_CERTAIN,
    show_default=True,
    text=Text(en="Link from this probability on.", fr="Relier à partir de cette probabilité."),
)
@option(
    "--doubtful",
    type=click.FloatRange(0, 1, min_open=True),
    default=_DOUBTFUL,
    show_default=True,
    text=Text(en="List from this probability on.", fr="Lister à partir de cette probabilité."),
)
@option(
    "--examples",
    type=click.IntRange(0, 1_000),
    default=0,
    text=Text(
        en="Show so many of each kind, with their identifiers.",
        fr="En montrer autant de chaque sorte, identifiants compris.",
    ),
)
@option(
    "--anew",
    "is_anew",
    is_flag=True,
    text=Text(
        en="Learn again how much each field says, and compare all with all.",
        fr="Réapprendre ce que dit chaque champ, et comparer tout avec tout.",
    ),
)
@try_option
@json_option
def match(certain: float, doubtful: float, examples: int, is_anew: bool, is_tried: bool, as_json: bool) -> None:
    """Link identifiers by likeness."""
    now = session()
    with now.workspace() as ws, now.progress(_COMPARING):
        found = ws.identification.match(certain=certain, doubtful=doubtful, is_anew=is_anew, is_tried=is_tried)
        linked, doubts = ws.identification.named(found, examples)
        catalog = ws.catalog
    if as_json:
        now.print_json({**found.as_json(), "links": _plain(linked), "to_review": _plain(doubts)})
        return
    _say(found, now)
    _print(_LINKED, linked, catalog, now)
    _print(_DOUBTS, doubts, catalog, now)


def _plain(found: "tuple[Named, ...]") -> list[dict[str, Any]]:
    return [each.as_json() for each in found]


def _say(found: "Proposals", now: Session) -> None:
    if not found.compared and not found.certain.num_rows and not found.doubtful.num_rows:
        now.say(_NOTHING)
        return
    now.say(_CERTAIN_ONES if found.is_written else _WOULD, n=found.certain.num_rows)
    if found.followed.gone:
        now.say(_GONE if found.is_written else _WOULD_GO, n=len(found.followed.gone))
    now.say(_DOUBTFUL_ONES, n=found.doubtful.num_rows)
    if found.doubtful.num_rows:
        now.say(_DECIDE)


def _print(title: Text, found: "tuple[Named, ...]", catalog: "Catalog", now: Session) -> None:
    if found:
        now.say_line("")
        now.say(title)
        print_alike(found, catalog, now)


def print_alike(found: "tuple[Named, ...]", catalog: "Catalog", now: Session) -> None:
    """A line for each pair that is alike: its identifiers, how probable it is, and why."""
    labels = {each.name: each.label.to(now.language) for each in catalog.traits if each.of == "person"}
    rows = [
        [
            each.a.value, each.b.value, percent(each.proposal.probability, now.language),
            _why(each.proposal.reasons, labels, now),
        ]
        for each in found
    ]  # fmt: skip
    now.print_table([_IDENTIFIER, _AND, _PROBABILITY, _WHY], rows, right=(2,))


def _why(reasons: "tuple[Reason, ...]", labels: dict[str, str], now: Session) -> str:
    """What says most, for and against, in bits."""
    of_fields = sorted((each for each in reasons if each.field), key=lambda each: -abs(each.weight))[:_REASONS]
    return " · ".join(_said(each, labels, now) for each in of_fields)


def _said(reason: "Reason", labels: dict[str, str], now: Session) -> str:
    """How one field agrees, by its label, and what that weighs."""
    field = labels.get(reason.field or "", reason.field)
    what = replace(reason.what, fields={**reason.what.fields, "field": field})
    weight = with_sign(decimal(round(reason.weight, 1), now.language), reason.weight)
    return f"{what.to(now.language)} ({weight})"


_COMPARING = Text(en="Comparing records", fr="Comparaison des fiches")
_IDENTIFIER, _AND = Text(en="identifier", fr="identifiant"), Text(en="and", fr="et")
_PROBABILITY, _WHY = Text(en="probability", fr="probabilité"), Text(en="why (bits)", fr="pourquoi (bits)")
_NOTHING = Text(en="Nothing new to compare, and nothing waits.", fr="Rien de nouveau à comparer, et rien n'attend.")
_CERTAIN_ONES = Plural(
    Text(en="{n} pair of identifiers was linked.", fr="{n} paire d'identifiants a été reliée."),
    Text(en="{n} pairs of identifiers were linked.", fr="{n} paires d'identifiants ont été reliées."),
)
_WOULD = Plural(
    Text(en="{n} pair of identifiers would be linked.", fr="{n} paire d'identifiants serait reliée."),
    Text(en="{n} pairs of identifiers would be linked.", fr="{n} paires d'identifiants seraient reliées."),
)
_GONE = Plural(
    Text(en="{n} person turned out to be another one.", fr="{n} personne s'est révélée en être une autre."),
    Text(en="{n} persons turned out to be others.", fr="{n} personnes se sont révélées en être d'autres."),
)
_WOULD_GO = Plural(
    Text(en="{n} person would turn out to be another one.", fr="{n} personne se révélerait en être une autre."),
    Text(en="{n} persons would turn out to be others.", fr="{n} personnes se révéleraient en être d'autres."),
)
_DOUBTFUL_ONES = Plural(
    Text(en="{n} pair is doubtful and waits for somebody.", fr="{n} paire est douteuse et attend quelqu'un."),
    Text(en="{n} pairs are doubtful and wait for somebody.", fr="{n} paires sont douteuses et attendent quelqu'un."),
)
_DECIDE = Text(
    en="Look at them with `--examples`; then `quartier link accept` or `quartier link refuse`.",
    fr="Regardez-les avec `--examples` ; puis `quartier link accept` ou `quartier link refuse`.",
)
_LINKED, _DOUBTS = Text(en="Certain:", fr="Sûrs :"), Text(en="Doubtful:", fr="Douteux :")
