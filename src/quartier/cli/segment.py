"""`quartier segment`: see, refresh, define; `answers`, `history` and `library` add more."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from quartier.cli import answers, documents, history, library
from quartier.cli.audit import audit, state_word
from quartier.cli.bilingual import Group, command, option
from quartier.cli.findings import findings_in, plain_findings, say_findings
from quartier.cli.instants import read_instant
from quartier.cli.persons import names, plain, print_persons
from quartier.cli.session import Session, json_option, session
from quartier.cli.words import ACCOUNTS, PERSONS, SEGMENTS
from quartier.language import Plural, Text, instant, percent, whole

if TYPE_CHECKING:
    from quartier.segment.history import Observed
    from quartier.segment.run import Preview, Standing
    from quartier.workspace import Workspace

segment = Group(
    "segment",
    text=Text(en="See and define segments.", fr="Voir et définir des segments."),
    example="quartier -w my-shop segment list",
)
_NAME = click.argument("name", metavar="SEGMENT")
_FILE = click.argument("path", metavar="FILE", type=click.Path(path_type=Path))


@command(
    "list",
    Text(en="List the segments with their sizes.", fr="Lister les segments et leurs effectifs."),
    example="quartier -w my-shop segment list",
)
@json_option
def list_(as_json: bool) -> None:
    """List the segments."""
    now = session()
    with now.workspace() as ws:
        found, sizes, zone, health = ws.segments(), _sizes(ws), ws.config.zone, ws.health()
        currency = ws.config.currency
    if as_json:
        shown = {name: {key: each.as_json()[key] for key in ("state", "findings")} for name, each in health.items()}
        listed = [each.as_json() | shown[each.definition.name] for each in found]
        everyone = {"persons": sizes["person"], "accounts": sizes["account"]}
        now.print_json({**everyone, "segments": listed})
    elif not found:
        now.say(_NONE_YET)
    else:
        words = [state_word(health[each.definition.name], now) for each in found]
        _print_standings(found, sizes, now, words)
        if any(words):
            now.say(_SEE_AUDIT)
        persons, accounts = PERSONS.with_(n=sizes["person"]), ACCOUNTS.with_(n=sizes["account"])
        said = _EVALUATED_BOTH if _has_accounts(found) else _EVALUATED
        now.say(said, at=instant(found[0].at, now.language, zone), persons=persons, accounts=accounts)
        for each in found:
            say_findings(each.definition.name, health[each.definition.name].findings, now, currency)


@command(
    "refresh",
    Text(
        en="Evaluate every segment now and keep who entered and who left.",
        fr="Évaluer tous les segments maintenant et retenir les entrées et les sorties.",
    ),
    example="quartier -w my-shop segment refresh --if-due",
)
@option(
    "--if-due",
    is_flag=True,
    text=Text(en="Only if something may have changed.", fr="Seulement si quelque chose a pu changer."),
)
@json_option
def refresh(if_due: bool, as_json: bool) -> None:
    """Evaluate every segment now."""
    now = session()
    with now.workspace() as ws:
        if if_due and not (found_due := ws.due()).is_over(now.clock.now()):
            if as_json:
                now.print_json([])
            else:
                answers.say_due(found_due, now, ws.config.zone)
            return
        with now.progress(_EVALUATING):
            found = ws.refresh()
        zone = ws.config.zone
    if as_json:
        now.print_json([each.as_json() for each in found])
    elif not found:
        now.say(_NONE_YET)
    else:
        moved = [each for each in found if each.entered or each.left]
        if moved:
            size = _MEMBERS if _has_accounts(moved) else _PERSONS
            now.print_table([_SEGMENT, size, _ENTERED, _LEFT], [_moves(each, now) for each in moved], right=(1, 2, 3))
        at = instant(now.clock.now(), now.language, zone)
        now.say(_REFRESHED, segments=SEGMENTS.with_(n=len(found)), at=at, moved=len(moved))


@command(
    "preview",
    Text(en="Evaluate a definition without storing it.", fr="Évaluer une définition sans l'enregistrer."),
    example="quartier -w my-shop segment preview loyal.yaml",
)
@_FILE
@option(
    "--rows",
    type=click.IntRange(0, 1000),
    default=5,
    show_default=True,
    text=Text(en="Persons to show.", fr="Personnes à montrer."),
)
@json_option
def preview(path: Path, rows: int, as_json: bool) -> None:
    """Evaluate definitions of a file without storing them."""
    now = session()
    with now.workspace() as ws:
        seen = [(each, ws.members_table(each, limit=rows).to_pylist()) for each in ws.preview(documents.read(path))]
        sentences, zone = [ws.sentence(each.segment, now.language) for each, _ in seen], ws.config.zone
        currency, said_of = ws.config.currency, [plain_findings(each.findings, ws) for each, _ in seen]
    if as_json:
        now.print_json([
            {**_sized(each), "sentence": said, "sample": plain(sample), **findings}
            for (each, sample), said, findings in zip(seen, sentences, said_of, strict=True)
        ])  # fmt: skip
        return
    for (each, sample), said in zip(seen, sentences, strict=True):
        now.say_line(said)
        _say_size(each, now, zone)
        print_persons(sample, now, zone)
        say_findings(each.segment.name, each.findings, now, currency)


@command(
    "count",
    Text(en="Count the members of a segment.", fr="Compter les membres d'un segment."),
    example="quartier -w my-shop segment count frequent-buyers",
)
@_NAME
@json_option
def count(name: str, as_json: bool) -> None:
    """Count the members of a segment."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.evaluated(name), ws.config.zone
    if as_json:
        now.print_json(_sized(found))
    else:
        _say_size(found, now, zone)


@command(
    "members",
    Text(en="List the members of a segment.", fr="Lister les membres d'un segment."),
    example="quartier -w my-shop segment members frequent-buyers --traits email,country --out members.csv",
)
@_NAME
@option(
    "--traits", text=Text(en="Traits to show, separated by commas.", fr="Traits à montrer, séparés par des virgules.")
)
@option("--limit", type=click.IntRange(min=1), text=Text(en="At most so many.", fr="Au plus ce nombre."))
@option(
    "--as-of",
    metavar="INSTANT",
    text=Text(
        en="Those who were members at this instant, as observed then.",
        fr="Qui était membre à cet instant, tel qu'observé alors.",
    ),
)
@option(
    "--out",
    "path",
    type=click.Path(path_type=Path),
    text=Text(en="Write CSV, Parquet or JSON here.", fr="Écrire ici en CSV, Parquet ou JSON."),
)
@json_option
def members(
    name: str, traits: str | None, limit: int | None, as_of: str | None, path: Path | None, as_json: bool
) -> None:
    """List the members of a segment."""
    now = session()
    with now.workspace() as ws:
        found: Preview | Observed = ws.observed(name, read_instant(as_of, "--as-of")) if as_of else ws.evaluated(name)
        table, zone = ws.members_table(found, traits=names(traits), limit=limit), ws.config.zone
    if path:
        from quartier.channels import file  # Arrow takes a while to load

        file.write(table, path)
        if as_json:
            now.print_json({**_sized(found), "path": str(path), "written": len(table)})
        else:
            now.say(_WRITTEN[found.of], n=len(table), path=str(path))
    elif as_json:
        now.print_json({**_sized(found), "members": plain(table.to_pylist())})
    else:
        print_persons(table.to_pylist(), now, zone)
        _say_size(found, now, zone)


@command(
    "explain",
    Text(
        en="Say why a person, or an account, is in a segment or not.",
        fr="Dire pourquoi une personne, ou un compte, est dans un segment ou non.",
    ),
    example="quartier -w my-shop segment explain frequent-buyers C-1001",
)
@_NAME
@click.argument("person")
@option(
    "--near",
    is_flag=True,
    text=Text(
        en="Also the smallest change that would turn it.", fr="Dire aussi le plus petit changement qui y mettrait fin."
    ),
)
@json_option
def explain(name: str, person: str, near: bool, as_json: bool) -> None:
    """Say why a person is in a segment or not."""
    now = session()
    with now.workspace() as ws:
        found, findings = ws.explain(name, person), findings_in(ws, [name])[name]
    if as_json:
        near_miss = answers.near_json(found, ws, now) if near else {}
        now.print_json(found.as_json() | near_miss | plain_findings(findings, ws))
    else:
        nearest = answers.near_said(found, ws, now) if near else []
        for line in [*found.lines(now.language, currency=ws.config.currency), *nearest]:
            now.say_line(line)
        say_findings(name, findings, now, ws.config.currency)


@command(
    "apply",
    Text(
        en="Put the segments of a file in force, all or none.",
        fr="Mettre en vigueur les segments d'un fichier, tous ou aucun.",
    ),
    example="quartier -w my-shop segment apply segments.yaml",
)
@_FILE
@json_option
def apply(path: Path, as_json: bool) -> None:
    """Put the segments of a file in force."""
    now = session()
    with now.workspace() as ws:
        done = ws.apply_segments(documents.read(path), author=now.author)
        sizes, findings = _sizes(ws), findings_in(ws, [each.definition.name for each in done])
    if as_json:
        now.print_json([each.as_json() | plain_findings(findings[each.definition.name], ws) for each in done])
    else:
        _print_standings(done, sizes, now)
        for name, said in findings.items():
            say_findings(name, said, now, ws.config.currency)


@command(
    "export",
    Text(en="Write the definition of segments as YAML.", fr="Écrire la définition de segments en YAML."),
    example="quartier -w my-shop segment export frequent-buyers > segments.yaml",
)
@click.argument("wanted", metavar="[SEGMENT]...", nargs=-1)
@json_option
def export(wanted: tuple[str, ...], as_json: bool) -> None:
    """Write the definition of segments."""
    now = session()
    with now.workspace() as ws:
        found = [each.model_dump(mode="json") for each in ws.definitions(wanted)]
    if as_json:
        now.print_json(found)
    else:
        click.echo(documents.written(*found), nl=False)


for _each in (
    list_, refresh, answers.due, preview, answers.dry_run, answers.near, count, members, explain, apply, export,
    library.ready_made_, *history.COMMANDS, audit,
):  # fmt: skip
    segment.add_command(_each)


def _sizes(ws: "Workspace") -> dict[str, int]:
    """How many persons and accounts there are."""
    return {"person": ws.count_everyone(), "account": ws.count_accounts()}


def _has_accounts(standings: Sequence["Standing"]) -> bool:
    return any(each.definition.subject == "account" for each in standings)


def _print_standings(
    found: Sequence["Standing"], sizes: Mapping[str, int], now: Session, states: Sequence[str] = ()
) -> None:
    """One row per segment; of whom each is, as soon as one of them is of accounts, and its state if one is told."""
    rows = [_row(each, sizes[each.definition.subject], now) for each in found]
    last = [_STATE] if any(states) else []
    if last:
        rows = [[*row, state] for row, state in zip(rows, states, strict=True)]
    if not _has_accounts(found):
        now.print_table([_SEGMENT, _LABEL, _PERSONS, _SHARE, *last], rows, right=(2, 3))
        return
    named = [_NAMES[each.definition.subject].to(now.language) for each in found]
    told = [[segment, label, of, *rest] for (segment, label, *rest), of in zip(rows, named, strict=True)]
    now.print_table([_SEGMENT, _LABEL, _OF, _MEMBERS, _SHARE, *last], told, right=(3, 4))


def _row(standing: "Standing", everyone: int, now: Session) -> list[str]:
    label = standing.definition.label
    share = percent(standing.size / everyone if everyone else 0, now.language)
    return [
        standing.definition.name,
        label.to(now.language) if label else "",
        whole(standing.size, now.language),
        share,
    ]


def _moves(standing: "Standing", now: Session) -> list[str]:
    counts = (standing.size, standing.entered, standing.left)
    return [standing.definition.name, *(whole(each, now.language) for each in counts)]


def _sized(found: "Preview | Observed") -> dict[str, Any]:
    from quartier.segment.history import Observed  # loaded by now, with the engines

    if isinstance(found, Observed):
        return found.as_json()
    return {
        "segment": found.segment.name,
        "of": found.segment.of,
        "size": found.size,
        "population": found.population,
        "at": found.at.isoformat(),
    }


def _say_size(found: "Preview | Observed", now: Session, zone: ZoneInfo) -> None:
    from quartier.segment.history import Observed  # loaded by now, with the engines

    if isinstance(found, Observed):
        at = instant(found.at, now.language, zone)
        now.say(_OBSERVED, name=found.segment, members=_COUNTED[found.of].with_(n=found.size), at=at)
        return
    share = percent(found.size / found.population if found.population else 0, now.language)
    at = instant(found.at, now.language, zone)
    counts = {"size": found.size, "population": found.population}
    persons = {f"{name}_persons": _COUNTED[found.of].with_(n=n) for name, n in counts.items()}
    now.say(_SIZE, name=found.segment.label.to(now.language), **counts, **persons, share=share, at=at)


_SEGMENT = Text(en="segment", fr="segment")
_LABEL = Text(en="label", fr="intitulé")
_PERSONS = Text(en="persons", fr="personnes")
_MEMBERS = Text(en="members", fr="membres")
_OF = Text(en="of", fr="composé de")
_COUNTED = {"person": PERSONS, "account": ACCOUNTS}
_NAMES = {"person": _PERSONS, "account": Text(en="accounts", fr="comptes")}
_SHARE = Text(en="share", fr="part")
_STATE = Text(en="state", fr="état")
_SEE_AUDIT = Text(
    en="Why a segment failed or is stuck: quartier segment audit",
    fr="Pourquoi un segment est en échec ou bloqué : quartier segment audit",
)
_ENTERED = Text(en="entered", fr="entrées")
_LEFT = Text(en="left", fr="sorties")
_EVALUATING = Text(en="Evaluating segments", fr="Évaluation des segments")
_EVALUATED = Text(en="As of {at}, of {persons}.", fr="Au {at}, sur {persons}.")
_EVALUATED_BOTH = Text(en="As of {at}, of {persons} and {accounts}.", fr="Au {at}, sur {persons} et {accounts}.")
_REFRESHED = Text(
    en="{segments} evaluated as of {at}; changed: {moved}.", fr="{segments} au {at} ; changements : {moved}."
)
_SIZE = Text(
    en="{name}: {size} of {population_persons} ({share}), as of {at}.",
    fr="{name} : {size_persons} sur {population} ({share}), au {at}.",
)
_OBSERVED = Text(
    en="{name}: {members}, as observed on {at}; their traits are as they are now.",
    fr="{name} : {members}, observation au {at} ; leurs traits sont ceux de maintenant.",
)
_WRITTEN = {
    "person": Plural(
        Text(en="{n} person written to {path}.", fr="{n} personne écrite dans {path}."),
        Text(en="{n} persons written to {path}.", fr="{n} personnes écrites dans {path}."),
    ),
    "account": Plural(
        Text(en="{n} account written to {path}.", fr="{n} compte écrit dans {path}."),
        Text(en="{n} accounts written to {path}.", fr="{n} comptes écrits dans {path}."),
    ),
}
_NONE_YET = Text(
    en="There are no segments yet. Collect a file, or apply one: quartier segment apply segments.yaml",
    fr="Il n'y a pas encore de segment. Collectez un fichier ou appliquez-en un : quartier segment apply segments.yaml",
)
