"""The root of the command line: reads language, workspace and clock, runs a command, turns errors into exit codes."""

import getpass
import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from quartier import __version__
from quartier.cli import (
    account,
    analyse,
    catalog,
    collect,
    demo,
    evaluate,
    key,
    link,
    model,
    person,
    quality,
    rebuild,
    rejected,
    report,
    safekeeping,
    segment,
    segmentation,
    serve,
    setup,
    source,
    survey,
    target,
    user,
)
from quartier.cli.bilingual import Group, Option
from quartier.cli.failures import told
from quartier.cli.instants import read_instant
from quartier.cli.session import Session
from quartier.clock import Clock, FixedClock, SystemClock
from quartier.config import FILE_NAME, Config
from quartier.errors import QuartierError
from quartier.language import Language, Text

DEFAULT_FOLDER = "."
NOBODY_KNOWN = "unknown"

_ABOUT = Text(
    en="Quartier: know your customers, from raw data to measured results.",
    fr="Quartier : connaître ses clients, des données brutes aux résultats mesurés.",
)
_EXAMPLE = (
    "quartier init my-shop\nquartier -w my-shop collect orders.csv customers.xlsx\nquartier -w my-shop segment list"
)
_WORKSPACE = Text(
    en="Folder of the workspace (here unless given).", fr="Dossier de l'espace de travail (ici par défaut)."
)
_LANGUAGE = Text(en="Language of messages: en or fr.", fr="Langue des messages : en ou fr.")
_AT = Text(
    en="Work as of this instant, for example 2026-01-31 or 2026-01-31T12:00+01:00, UTC where no zone is written (now "
    "unless given).",
    fr="Se placer à cet instant, par exemple 2026-01-31 ou 2026-01-31T12:00+01:00, en UTC sans fuseau écrit "
    "(maintenant par défaut).",
)
_VERSION = Text(en="Show the version and exit.", fr="Afficher la version et quitter.")


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal may know neither « nor →
    sys.exit(run(sys.argv[1:], os.environ))


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run one command line; gives its exit code."""
    language = language_of(arguments, environ)
    root = tree(language)
    try:
        result = root.main(list(arguments), prog_name="quartier", standalone_mode=False, obj=(language, environ))
    except (click.ClickException, click.exceptions.Abort, QuartierError, OSError) as error:
        failure = told(error, language)
        if failure is None:
            raise
        click.echo(failure.as_json() if "--json" in arguments else failure.text, err=True)
        return failure.exit_code
    return result if isinstance(result, int) else 0


def tree(language: Language) -> Group:
    """Every command, in one language."""
    root = Group(
        "quartier", text=_ABOUT, example=_EXAMPLE, callback=_open_session, no_args_is_help=True, params=_options()
    )
    nouns = (
        demo.example_,
        setup.init,
        collect.collect,
        source.source,
        serve.serve,
        key.key,
        user.user,
        rejected.rejected,
        catalog.catalog,
        link.link,
        quality.quality,
        quality.inbox,
        person.person,
        account.account,
        segment.segment,
        model.model,
        analyse.analyse,
        survey.survey,
        target.target,
        evaluate.evaluate,
        segmentation.segmentation,
        report.report,
        rebuild.rebuild,
        safekeeping.verify,
        safekeeping.backup,
        safekeeping.restore,
        demo.demo,
    )
    for noun in nouns:
        root.add_command(noun)
    root.localise(language)
    return root


def language_of(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """The reader's language: --lang before the command, else QUARTIER_LANG, the workspace's, or that of the locale."""
    given = _option(arguments, "--lang")
    folder = Path(_option(arguments, "-w", "--workspace") or environ.get("QUARTIER_WORKSPACE") or DEFAULT_FOLDER)
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    for found in (given, environ.get("QUARTIER_LANG"), _of_workspace(folder), locale[:2]):
        if found in ("en", "fr"):
            return found  # type: ignore[return-value]  # one of the two, as just checked
    return "en"


def _options() -> list[click.Parameter]:
    return [
        Option(["-w", "--workspace", "folder"], text=_WORKSPACE, envvar="QUARTIER_WORKSPACE", default=DEFAULT_FOLDER),
        Option(["--lang"], text=_LANGUAGE, type=click.Choice(["en", "fr"])),
        Option(["--at"], text=_AT, metavar="INSTANT"),
        Option(["--version"], text=_VERSION, is_flag=True, is_eager=True, expose_value=False, callback=_show_version),
    ]


def _open_session(folder: str, lang: Language | None, at: str | None) -> None:
    context = click.get_current_context()
    language, environ = context.obj
    chosen: Language = lang or language
    context.obj = Session(chosen, Path(folder), _clock(at), environ.get("QUARTIER_AUTHOR") or _user())


def _user() -> str:
    """Who runs this process; a container may have no name for them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return NOBODY_KNOWN


def _clock(at: str | None) -> Clock:
    return SystemClock() if at is None else FixedClock(read_instant(at, "--at"))


def _show_version(ctx: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        click.echo(f"quartier {__version__}")
        ctx.exit()


def _option(arguments: Sequence[str], *names: str) -> str | None:
    for index, argument in enumerate(arguments):
        for name in names:
            if argument == name:
                return arguments[index + 1] if index + 1 < len(arguments) else None
            if argument.startswith(f"{name}="):
                return argument.removeprefix(f"{name}=")
    return None


def _of_workspace(folder: Path) -> str | None:
    if not (folder / FILE_NAME).is_file():
        return None
    try:
        return Config.read(folder).language
    except QuartierError:
        return None  # the command itself will tell what is wrong with the settings
