"""What is said of definitions that hold for nobody or for everyone."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quartier.cli.session import Session
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.segment.contradiction import Finding
    from quartier.workspace import Workspace


def say_findings(name: str, found: Sequence["Finding"], now: Session, currency: str) -> None:
    """A heading with the segment's name, and two lines for each finding; nothing where nothing was found."""
    from quartier.segment.contradiction_words import finding_lines  # loaded by now, with the engines

    if found:
        now.say(_LOOK_AT, name=name)
    for each in found:
        for line in finding_lines(each, now.language, currency=currency):
            now.say_line(line)


def findings_in(ws: "Workspace", names: Iterable[str]) -> "dict[str, tuple[Finding, ...]]":
    """What was found of some segments in force, by name."""
    from quartier.segment.run import findings_of

    return findings_of(ws.store, ws.catalog, names)


def plain_findings(found: Sequence["Finding"], ws: "Workspace") -> dict[str, Any]:
    """The findings under their key."""
    from quartier.segment.contradiction_words import plain_finding

    return {"findings": [plain_finding(each, ws.config.currency) for each in found]}


_LOOK_AT = Text(en="Look at the definition of {name}:", fr="Regardez la définition de {name} :")
