"""`quartier analyse advise`: which segmentations the data bear, by which method, and what is missing."""

from typing import TYPE_CHECKING

import click

from quartier.catalog import Family
from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session
from quartier.language import Text, percent, whole

if TYPE_CHECKING:
    from quartier.analyse.adviser.run import Advised


@command(
    "advise",
    Text(
        en="Say which segmentations the data bear, by which method, and what is missing.",
        fr="Dire quelles segmentations les données permettent, par quelle méthode, et ce qui manque.",
    ),
    example="quartier -w my-shop analyse advise",
)
@option(
    "--survey",
    "family",
    type=click.Choice([each.value for each in Family]),
    text=Text(
        en="Print the survey that would fill a family, for `quartier survey apply`.",
        fr="Afficher l'enquête qui remplirait une famille, pour `quartier survey apply`.",
    ),
)
@json_option
def advise(family: str | None, as_json: bool) -> None:
    """Say which segmentations the data bear."""
    now = session()
    if family:
        _print_survey(Family(family), now, as_json=as_json)
        return
    with now.workspace() as ws:
        found = ws.analysis.advice()
    if as_json:
        now.print_json(found.as_json())
        return
    _print(found, now)


def _print_survey(family: Family, now: Session, *, as_json: bool) -> None:
    import yaml

    from quartier.analyse.adviser.questions import survey_for  # pydantic takes a while to load

    document = survey_for(family).as_json()
    if as_json:
        now.print_json(document)
    else:
        now.say_line(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110).rstrip("\n"))


def _print(found: "Advised", now: Session) -> None:
    rows = [
        [
            each.family.label.to(now.language), each.verdict.label.to(now.language),
            ", ".join(one.label.to(now.language) for one in each.methods),
            " ".join(one.to(now.language) for one in each.missing),
        ]
        for each in found.families
    ]  # fmt: skip
    now.print_table([_FAMILY, _TODAY, _METHODS, _MISSING], rows)
    now.out.print()
    now.say(found.sizing.said)
    sizes = [
        [
            percent(each.usual, now.language), percent(each.usual + each.difference, now.language),
            whole(each.smallest, now.language) if each.smallest else "–", whole(each.segments, now.language),
        ]
        for each in found.sizing.rows
    ]  # fmt: skip
    now.print_table([_WITHOUT, _WITH, _SMALLEST, _SEGMENTS], sizes, right=(0, 1, 2, 3))


_FAMILY = Text(en="family", fr="famille")
_TODAY = Text(en="today", fr="aujourd'hui")
_METHODS = Text(en="what you can do", fr="ce que vous pouvez faire")
_MISSING = Text(en="what is missing", fr="ce qui manque")
_WITHOUT = Text(en="buyers without", fr="acheteurs sans")
_WITH = Text(en="and with", fr="et avec")
_SMALLEST = Text(en="smallest segment", fr="plus petit segment")
_SEGMENTS = Text(en="segments", fr="segments")
