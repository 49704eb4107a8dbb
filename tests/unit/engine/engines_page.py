"""Writes docs/reference/engines.md: `python -m tests.unit.engine.engines_page`."""

from pathlib import Path

from quartier.engine import Capability
from quartier.engine.dialects import Dialect
from quartier.engine.lacks import CAPABILITIES, LACK_WORDS, LACKS, NAMES

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "engines.md"
HEAD = """# Engines

<!-- Written by `python -m tests.unit.engine.engines_page` from the table of what each engine lacks. -->

The same segments have the same members on every engine. DuckDB is the default and needs no server; PostgreSQL and Spark
are for data that stand there already. The specification of the condition language and generated conditions over
generated data run on each of them.

*Les mêmes segments ont les mêmes membres sur chaque moteur. DuckDB est le moteur par défaut et ne demande aucun
serveur ; PostgreSQL et Spark servent aux données qui s'y trouvent déjà. La spécification du langage de conditions et
des conditions générées sur des données générées sont vérifiées sur chacun.*

What an engine lacks is declared, and refused with these words when it is asked for: `notimpl` (the engine cannot),
`notyet` (not built yet), `never` (left out on purpose).
"""


def page() -> str:
    """The reference page of the engines."""
    head = HEAD.replace(" ;", "\N{NO-BREAK SPACE};").replace(" :", "\N{NO-BREAK SPACE}:")
    titles = " | ".join(NAMES.values())
    rows = [_row(each) for each in Capability]
    return "\n".join([head, f"| | {titles} |", f"|---|{'---|' * len(NAMES)}", *rows, *_reasons(), _EXACT])


def _row(asked: Capability) -> str:
    words = CAPABILITIES[asked]
    cells = " | ".join(_cell(engine, asked) for engine in NAMES)
    return f"| {words.en}<br>*{words.fr}* | {cells} |"


def _cell(engine: Dialect, asked: Capability) -> str:
    declared = LACKS.get((engine, asked))
    return f"`{declared.lack}`" if declared else "yes"


def _reasons() -> list[str]:
    lines = ["", "## What is lacking, and what to do instead", ""]
    for (engine, asked), declared in LACKS.items():
        lines.append(f"- **{NAMES[engine]}**, {CAPABILITIES[asked].en}: {LACK_WORDS[declared.lack].en}, for")
        lines.append(f"  {declared.reason.en}. Instead: {declared.remedy.en}.")
    return lines


_EXACT = """
## How the engines come to the same numbers

- Sums and means are rounded to six decimals, and added so that the order of the rows does not matter: DuckDB by a
  compensated sum, PostgreSQL in decimals of any length, Spark in decimals of 12 places while no amount exceeds 1e15.
- Letters are compared without case letter by letter, whatever the language of the database: PostgreSQL 17 or newer.
- Between events of one instant, the event's id decides, in the order of its characters' numbers.
- Every session is in UTC; calendar words use the zone of the workspace. A Spark session must be in UTC and in ANSI
  mode, where a failing cast is an error and not a missing value; any other is refused.
- PostgreSQL holds the lines of an event as an array of JSON objects (`jsonb[]`), the others as an array of structures.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
