"""The word of warning that lies beside the example shop's files, in French and English."""

from collections.abc import Sequence
from dataclasses import dataclass

from quartier.example.faults import Fault
from quartier.example.shop import SYNTHETIC
from quartier.language import LANGUAGES, Language, Plural, Text

ROWS = Plural(
    one=Text(en="{n} row", fr="{n}\N{NO-BREAK SPACE}ligne"), other=Text(en="{n} rows", fr="{n}\N{NO-BREAK SPACE}lignes")
)
NOBODY = Text(
    en="Nobody in these files exists. The e-mail addresses and telephone numbers are kept for examples and fiction.",
    fr="Personne, dans ces fichiers, n'existe. Les adresses électroniques et les numéros de téléphone sont réservés "
    "aux exemples et à la fiction.",
)
ON_PURPOSE = Text(en="put there on purpose", fr="mises là exprès")


@dataclass(frozen=True)
class FileInWords:
    """A file of the shop as the notice tells it."""

    name: str
    about: Text
    rows: int
    faults: tuple[Fault, ...]


def notice(files: Sequence[FileInWords]) -> str:
    """The whole notice: that everything is synthetic, then the files, in French and then in English."""
    return "\n\n".join(_in(language, files) for language in reversed(LANGUAGES)) + "\n"


def _in(language: Language, files: Sequence[FileInWords]) -> str:
    heading = [SYNTHETIC.to(language), NOBODY.to(language), ""]
    return "\n".join([*heading, *(line for file in files for line in _lines_about(file, language))])


def _lines_about(file: FileInWords, language: Language) -> list[str]:
    colon = "\N{NO-BREAK SPACE}: " if language == "fr" else ": "
    first = f"- {file.name}{colon}{file.about.to(language)} ({ROWS.to(language, n=file.rows)})"
    told = [f"{ROWS.to(language, n=fault.rows)}{colon}{fault.label.to(language)}" for fault in file.faults]
    return [first, *(f"    {line}, {ON_PURPOSE.to(language)}" for line in told)]
