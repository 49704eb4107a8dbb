"""What the pages of imports show."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Family, Sensitivity, ValueType
from quartier.collect.definition import ROLES, Layout
from quartier.collect.preview import Preview
from quartier.collect.summary import ImportSummary
from quartier.errors import AmbiguousFile, InvalidDefinition, Sentence, UserError
from quartier.language import LANGUAGES, Language, Said, Text
from quartier.web.data.imports import words
from quartier.web.data.imports.sheet import NAMED, SETTINGS, Line, Sheet
from quartier.web.data.imports.uploads import Begun

SHOWN = 4
"""So many of the first values stand beside a column; all ten are in the preview."""
Choice = tuple[str, str]
"""A value, and how the reader calls it."""


@dataclass(frozen=True)
class BeginPage:
    """The form that takes a file, and what was begun before."""

    error: str
    begun: tuple[Begun, ...]
    layouts: tuple[Choice, ...]
    layout: str


@dataclass(frozen=True)
class ColumnShown:
    """One column of the file in the form: `place` is its number in the names of fields."""

    place: int
    line: Line
    values: tuple[str, ...]
    error: str


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the form of a mapping, in the reader's language."""

    layouts: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    types: tuple[Choice, ...]
    families: tuple[Choice, ...]
    sensitivities: tuple[Choice, ...]


@dataclass(frozen=True)
class Told:
    """What a trial or an import says: rows in = stored + duplicates + rejected, then reasons and findings."""

    rows_in: int
    stored: int
    duplicates: int
    rejected: int
    persons: int
    accounts: int
    events: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, str, int], ...]
    findings: tuple[str, ...]
    rejected_file: str


@dataclass(frozen=True)
class MappingPage:
    """The mapping of a file over its first rows."""

    number: str
    name: str
    sheet: Sheet
    columns: tuple[ColumnShown, ...]
    choices: Choices
    preview: Preview | None
    questions: tuple[str, ...]
    problems: tuple[str, ...]
    field_errors: Dict[str, str]
    trial: Told | None


@dataclass(frozen=True)
class YamlPage:
    """The mapping as a document."""

    number: str
    name: str
    text: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class SummaryPage:
    """What became of a file."""

    number: str
    name: str
    told: Told


def mapping_page(begun: Begun, sheet: Sheet, preview: Preview | None, language: Language) -> MappingPage:
    """The page of a mapping, with what went wrong last told where it is to be mended."""
    problem = begun.said.get("problem") or {}
    errors: dict[str, str] = {place: said[language] for place, said in (problem.get("places") or {}).items()}
    columns = tuple(
        ColumnShown(place, each, _values(preview, each.column), errors.pop(f"columns.{each.column}", ""))
        for place, each in enumerate(sheet.lines)
    )
    known = {name: errors.pop(name, "") for name in ("layout", *SETTINGS)}
    rest = list(errors.values())
    general = [problem["what"][language]] if problem.get("what") else []
    trial = told(begun.said["trial"], language) if begun.said.get("trial") else None
    questions = tuple(each[language] for each in begun.said.get("questions", ()))
    return MappingPage(
        begun.number, begun.name, sheet, columns, choices(language), preview, questions, (*general, *rest), known, trial
    )


def problem_of(error: UserError) -> dict[str, Any]:
    """What went wrong as plain data in both languages, by the place where it is to be mended."""
    if isinstance(error, InvalidDefinition):
        places: dict[str, Any] = {}
        for each in error.problems:
            place = _column_place(each.place)
            places.setdefault(place, both(_with_remedy(each.what, each.remedy)))
        return {"places": places}
    if isinstance(error, AmbiguousFile):  # what to do is the field itself; for rates it names the currencies
        remedy = error.remedy if error.field == "rates" else None
        return {"places": {error.field: both(_with_remedy(error.what, remedy))}}
    return {"what": both(_with_remedy(error.what, error.remedy))}


def is_of_form(problem: Dict[str, Any] | None) -> bool:
    """Whether what is wrong is how the file is said to be written: then it cannot be read again."""
    return bool(problem) and not {"encoding", "delimiter", "sheet"}.isdisjoint((problem or {}).get("places") or {})


def both(sentence: Sentence) -> dict[str, str]:
    """A sentence in both languages, to be kept."""
    return {each: sentence.to(each) for each in LANGUAGES}


def summary_json(done: ImportSummary) -> dict[str, Any]:
    """A summary in both languages, to be kept."""
    return {each: done.as_json(each) for each in LANGUAGES}


def told(kept: Dict[str, Any], language: Language) -> Told:
    """A kept summary in the reader's language."""
    said = kept[language]
    return Told(
        said["rows_in"], said["stored"], said["duplicates"], said["rejected"], said["persons_added"],
        said["accounts_added"], tuple(said["events"].items()),
        tuple((each["column"], each["reason"], each["rows"]) for each in said["reasons"]), tuple(said["findings"]),
        (said["rejected_file"] or "").replace("\\", "/").rpartition("/")[2],
    )  # fmt: skip


def choices(language: Language) -> Choices:
    """What can be chosen."""
    targets = [*ROLES, *NAMED]
    return Choices(
        layouts(language),
        tuple((each, words.TARGETS[each].to(language)) for each in sorted(targets, key=words.ORDER.index)),
        tuple((each.value, words.TYPES[each].to(language)) for each in ValueType if each is not ValueType.LINES),
        tuple((each.value, each.label.to(language)) for each in Family),
        tuple((each.value, each.label.to(language)) for each in Sensitivity),
    )


def layouts(language: Language) -> tuple[Choice, ...]:
    """What a row can be."""
    return tuple((each.value, words.LAYOUTS[each].to(language)) for each in Layout)


def _values(preview: Preview | None, column: str) -> tuple[str, ...]:
    if preview is None or column not in preview.names:
        return ()
    found: Sequence[str] = [each for each in preview.values_of(column) if each]
    return tuple(dict.fromkeys(found))[:SHOWN]


def _with_remedy(what: Sentence, remedy: Sentence | None) -> Said:
    return _BOTH.with_(what=what, remedy=remedy) if remedy else _ONE.with_(what=what)


def _column_place(place: str) -> str:
    """`columns.NAME.to` is the place of the column; a name may hold points."""
    if place.startswith("columns."):
        return place.removesuffix(".to").removesuffix(".type")
    return place.removeprefix("form.").partition(".")[0] if not place.startswith("rates") else "rates"


_BOTH = Text(en="{what} – {remedy}", fr="{what} – {remedy}")
_ONE = Text(en="{what}", fr="{what}")
