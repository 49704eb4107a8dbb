"""`quartier segment due`: answers about what will change."""

from typing import TYPE_CHECKING

from quartier.cli.bilingual import command
from quartier.cli.session import Session, json_option, session
from quartier.language import Text, instant

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from quartier.segment.answering import Due
    from quartier.workspace import Workspace


@command(
    "due",
    Text(
        en="Say when the next refresh is due, and why.",
        fr="Dire quand la prochaine mise à jour est à faire, et pourquoi.",
    ),
    example="quartier -w my-shop segment due",
)
@json_option
def due(as_json: bool) -> None:
    """Say when the next refresh is due."""
    now = session()
    with now.workspace() as ws:
        found = ws.due()
        reasons, zone = due_reasons(found, ws, now), ws.config.zone
    if as_json:
        now.print_json({**found.as_json(), "is_over": found.is_over(now.clock.now())})
        return
    say_due(found, now, zone)
    for line in reasons:
        now.say_line(line)


def say_due(found: "Due", now: Session, zone: "ZoneInfo") -> None:
    """One sentence: when a refresh is due and what makes it so."""
    text = _OVERDUE if found.because == "time" and found.is_over(now.clock.now()) else _DUE[found.because]
    now.say(text, at=instant(found.at, now.language, zone) if found.at else "")


def due_reasons(found: "Due", ws: "Workspace", now: Session) -> list[str]:
    """One line for each segment that may change, with the condition by which."""
    from quartier.segment.clauses import Reader
    from quartier.segment.sentence import said

    reader = Reader(now.language, ws.config.currency)
    return [
        _BY.to(now.language, name=name, condition=said(leaf, reader)) if leaf else _NAME.to(now.language, name=name)
        for name, leaf in found.changing
    ]


_DUE = {
    "time": Text(en="The next refresh is due on {at}.", fr="La prochaine mise à jour est à faire le {at}."),
    "data": Text(
        en="A refresh is due now: data have changed since the last one.",
        fr="Une mise à jour est à faire maintenant : des données ont changé depuis la dernière.",
    ),
    "definition": Text(
        en="A refresh is due now: segments have not been evaluated as they are.",
        fr="Une mise à jour est à faire maintenant : des segments n'ont pas été évalués tels qu'ils sont.",
    ),
    "nothing": Text(
        en="No refresh is due: nothing changes until data do.",
        fr="Aucune mise à jour n'est à faire : rien ne change tant que les données ne changent pas.",
    ),
}
_OVERDUE = Text(en="A refresh is due since {at}.", fr="Une mise à jour est à faire depuis le {at}.")
_BY = Text(en="• {name}: {condition}", fr="• {name} : {condition}")
_NAME = Text(en="• {name}", fr="• {name}")
