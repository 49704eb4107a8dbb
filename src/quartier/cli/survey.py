"""`quartier survey`: start from a ready-made survey, put it in force, invite persons, read what they answered."""

from pathlib import Path

import click

from quartier.cli import documents
from quartier.cli.bilingual import Group, command, option
from quartier.cli.persons import names
from quartier.cli.session import json_option, session
from quartier.language import Plural, Text, instant, whole

survey = Group(
    "survey",
    text=Text(
        en="Ask persons: surveys in two languages, answers as events and traits.",
        fr="Interroger les personnes : des enquêtes en deux langues, des réponses en événements et traits.",
    ),
    example="quartier survey new --template satisfaction --out satisfaction.yaml",
)
_NAME = click.argument("name", metavar="SURVEY")
_READY_MADE = ("satisfaction", "recommendation", "needs", "persona", "values")


@command(
    "new",
    Text(
        en="Write a ready-made survey, to be changed as you like.",
        fr="Écrire une enquête prête à l'emploi, à modifier à votre guise.",
    ),
    example="quartier survey new spring-needs --template needs --out spring-needs.yaml",
)
@click.argument("name", metavar="[NAME]", required=False)
@option(
    "--template",
    "chosen",
    required=True,
    type=click.Choice(_READY_MADE),
    text=Text(en="Which one to start from.", fr="Celle dont partir."),
)
@option(
    "--out",
    "path",
    type=click.Path(path_type=Path),
    text=Text(en="File to write (printed unless given).", fr="Fichier à écrire (affichée par défaut)."),
)
@json_option
def new(name: str | None, chosen: str, path: Path | None, as_json: bool) -> None:
    """Write a ready-made survey."""
    from quartier.collect.surveys.definition import Survey  # pydantic takes a while to load
    from quartier.collect.surveys.shipped import renamed, template

    now = session()
    text = renamed(template(chosen), chosen, name) if name else template(chosen)
    if path:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    if as_json:
        now.print_json(Survey.read(text).as_json())
    elif path:
        now.say(_WRITTEN, path=str(path))
    else:
        now.say_line(text.rstrip("\n"))


@command(
    "apply",
    Text(en="Put the surveys of a file in force.", fr="Mettre en vigueur les enquêtes d'un fichier."),
    example="quartier -w my-shop survey apply satisfaction.yaml",
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def apply(path: Path, as_json: bool) -> None:
    """Put surveys in force."""
    now = session()
    with now.workspace() as ws:
        found = ws.surveys.apply(documents.read(path), author=now.author)
    if as_json:
        now.print_json([each.as_json() for each in found])
        return
    for each in found:
        now.say(_APPLIED, name=each.survey.survey, version=each.version)
        now.say(_PAGE, name=each.survey.survey)


@command(
    "list",
    Text(
        en="List the surveys with how many were asked and answered.",
        fr="Lister les enquêtes, avec le nombre de personnes interrogées et de réponses.",
    ),
    example="quartier -w my-shop survey list",
)
@json_option
def list_(as_json: bool) -> None:
    """List the surveys."""
    now = session()
    with now.workspace() as ws:
        found, zone = ws.surveys.all(), ws.config.zone
    if as_json:
        now.print_json([each.as_json() for each in found])
    elif not found:
        now.say(_NONE_YET)
    else:
        rows = [
            [
                each.survey.survey,
                each.survey.title.to(now.language),
                whole(each.version, now.language),
                instant(each.at, now.language, zone),
                whole(len(each.survey.questions), now.language),
                whole(each.asked, now.language),
                whole(each.answered, now.language),
            ]
            for each in found
        ]
        now.print_table(_HEADS, rows, right=(2, 4, 5, 6))


@command(
    "show",
    Text(en="Show the document of a survey.", fr="Montrer le document d'une enquête."),
    example="quartier -w my-shop survey show satisfaction",
)
@_NAME
@json_option
def show(name: str, as_json: bool) -> None:
    """Show the document of a survey."""
    now = session()
    with now.workspace() as ws:
        found = ws.surveys.standing(name).survey.as_json()
    if as_json:
        now.print_json(found)
    else:
        now.say_line(documents.written(found).rstrip("\n"))


@command(
    "invite",
    Text(
        en="Write a link for each member of a segment who may be asked now, and record that they are asked.",
        fr="Écrire un lien pour chaque membre d'un segment que l'on peut interroger maintenant, et retenir la demande.",
    ),
    example="quartier -w my-shop survey invite satisfaction --segment frequent-buyers "
    "--url https://surveys.example.com --out links.csv",
)
@_NAME
@option("--segment", required=True, text=Text(en="Whose members are asked.", fr="Dont on interroge les membres."))
@option(
    "--url",
    required=True,
    text=Text(
        en="Where `quartier serve` is reached from outside.",
        fr="L'adresse où l'on joint `quartier serve` de l'extérieur.",
    ),
)
@option(
    "--out",
    "path",
    required=True,
    type=click.Path(path_type=Path),
    text=Text(en="File to write: .csv, .parquet or .json.", fr="Fichier à écrire : .csv, .parquet ou .json."),
)
@option(
    "--traits",
    text=Text(
        en="Traits to write beside the link, separated by commas.",
        fr="Traits à écrire à côté du lien, séparés par des virgules.",
    ),
)
@option("--replace", is_flag=True, text=Text(en="Write over a file.", fr="Remplacer le fichier s'il existe."))
@json_option
def invite(name: str, segment: str, url: str, path: Path, traits: str | None, replace: bool, as_json: bool) -> None:
    """Write the links of those who may be asked."""
    now = session()
    with now.workspace() as ws:
        done = ws.surveys.invite(name, segment, path, url=url, traits=names(traits), replace=replace)
        every, zone = ws.surveys.standing(name).survey.every, ws.config.zone
    if as_json:
        now.print_json(done.as_json())
        return
    now.say(_INVITED, n=done.invited, path=str(path), until=instant(done.ends_at, now.language, zone))
    if done.asked_lately:
        now.say(_LEFT_OUT, n=done.asked_lately, days=every.days)


@command(
    "results",
    Text(
        en="Show what a survey found, each estimate with its interval.",
        fr="Montrer ce qu'une enquête a donné, chaque estimation avec son intervalle.",
    ),
    example="quartier -w my-shop survey results recommendation --by frequent-buyers,at-risk",
)
@_NAME
@option(
    "--by",
    metavar="SEGMENTS",
    text=Text(
        en="Also among the members of these segments, separated by commas.",
        fr="Aussi parmi les membres de ces segments, séparés par des virgules.",
    ),
)
@json_option
def results(name: str, by: str | None, as_json: bool) -> None:
    """Show what a survey found."""
    from quartier.cli.survey_results import say_results  # Arrow and Ibis take a while to load

    now = session()
    with now.workspace() as ws:
        found = ws.surveys.results(name, by=names(by) or ())
        labels, zone = {each.segment: ws.label(each.segment).to(now.language) for each in found.groups}, ws.config.zone
    if as_json:
        now.print_json(found.as_json())
    else:
        say_results(found, labels, now, zone)


for _each in (new, apply, list_, show, invite, results):
    survey.add_command(_each)

_HEADS = [
    Text(en="survey", fr="enquête"),
    Text(en="title", fr="titre"),
    Text(en="version", fr="version"),
    Text(en="in force since", fr="en vigueur depuis"),
    Text(en="questions", fr="questions"),
    Text(en="asked", fr="interrogés"),
    Text(en="answered", fr="répondu"),
]
_WRITTEN = Text(
    en="Written to {path}: change it, then `quartier survey apply {path}`.",
    fr="Écrite dans {path} : modifiez-la, puis `quartier survey apply {path}`.",
)
_APPLIED = Text(en="{name}: version {version} is in force.", fr="{name} : la version {version} est en vigueur.")
_PAGE = Text(
    en="  Its page is /s/{name} while `quartier serve` runs.",
    fr="  Sa page est /s/{name} tant que `quartier serve` tourne.",
)
_NONE_YET = Text(
    en="There is no survey yet. Start from one: quartier survey new --template satisfaction --out satisfaction.yaml",
    fr="Il n'y a pas encore d'enquête. Partez d'une enquête prête à l'emploi : quartier survey new --template "
    "satisfaction --out satisfaction.yaml",
)
_INVITED = Plural(
    Text(
        en="{n} person has a link in {path}; it works until {until}.",
        fr="{n} personne a son lien dans {path} ; il vaut jusqu'au {until}.",
    ),
    Text(
        en="{n} persons have their links in {path}; they work until {until}.",
        fr="{n} personnes ont leur lien dans {path} ; il vaut jusqu'au {until}.",
    ),
)
_LEFT_OUT = Plural(
    Text(
        en="{n} was left out: asked a survey within the last {days} days.",
        fr="{n} personne laissée de côté : interrogée au cours des {days} derniers jours.",
    ),
    Text(
        en="{n} were left out: asked a survey within the last {days} days.",
        fr="{n} personnes laissées de côté : interrogées au cours des {days} derniers jours.",
    ),
)
