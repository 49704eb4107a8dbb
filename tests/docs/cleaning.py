"""The tables of docs/explanation/cleaning.md, written from what the code makes of some values.

python -m tests.docs.cleaning
"""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from quartier.identify.cleaning import Fault, Kind, Reading, cleaned

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "cleaning.md"
READING = Reading("FR", dt.date(2026, 11, 22))

EXAMPLES = {
    Kind.EMAIL: ("Jeanne.Martin@Laposte.NET", "Jeanne <jeanne+soldes@free.fr>", "jeanne@example.com", "test@test.fr"),
    Kind.PHONE: ("06.12.34.56.79", "+33 (0)6 12 34 56 79", "0692 12 34 56", "0041 79 123 45 67", "0000000000"),
    Kind.PERSON_NAME: ("DE LA FONTAINE, JEAN", "Mme LE GALL", "D'ARTAGNAN", "MCDONALD", "MACRON", "inconnu"),
    Kind.ADDRESS: ("12, bd. St-Michel", "12B AV DE LA REPUBLIQUE", "B.P. 12", "NPAI"),
    Kind.POSTAL_CODE: ("75 008", "1000", "CH-1201", "2A004", "96000"),
    Kind.CITY: ("PARIS CEDEX 08", "St-Denis", "Chalon s/ Saône"),
    Kind.BIRTH_DATE: ("14/07/1989", "14 JUIL. 89", "1989-07-14T00:00:00Z", "31/02/1989", "01/01/1970"),
    Kind.COMPANY: ("S.A.R.L. Dupont & Fils", "DUPONT ET FILS SAS", "Müller GmbH & Co. KG", "particulier"),
    Kind.SIREN: ("552 100 554", "FR40303265045", "552 100 545"),
    Kind.SIRET: ("732 829 320 00074", "356 000 000 49837", "000 000 000 00000"),
    Kind.VAT: ("fr 40 303 265 045", "GR094259216", "FR41303265045"),
}


def page() -> str:
    """The page with its tables as they must be."""
    text = _between(PAGE.read_text(encoding="utf-8"), "examples", _examples())
    return _between(text, "faults", _faults())


def _between(text: str, name: str, lines: Iterator[str]) -> str:
    return re.sub(
        f"(?<=<!-- {name} -->\n).*?(?=<!-- end -->)", lambda _: "\n".join(lines) + "\n", text, count=1, flags=re.DOTALL
    )


def _examples() -> Iterator[str]:
    yield "| kind | as it came | to compare | to read | fault |\n|---|---|---|---|---|"
    for kind, raws in EXAMPLES.items():
        for place, raw in enumerate(raws):
            found = cleaned(kind, raw, READING)
            label = "" if place else kind.label.to("en")
            yield f"| {label} | `{raw}` | {_code(found.value)} | {_code(found.shown)} | {found.problem or ''} |"


def _code(text: str | None) -> str:
    return f"`{text}`" if text else ""


def _faults() -> Iterator[str]:
    yield "| fault | means | sens |\n|---|---|---|"
    for fault in Fault:
        yield f"| {fault} | {fault.text.en} | {fault.text.fr} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
