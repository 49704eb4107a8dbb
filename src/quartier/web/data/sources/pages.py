"""What the pages of sources show."""

import datetime as dt
from dataclasses import dataclass

import yaml

from quartier.collect.sources.run import Standing
from quartier.language import Language
from quartier.store.source_runs import SourceRun
from quartier.web.data.sources import words
from quartier.web.data.sources.masking import masked

_SIGNS = {"appeared": "+", "vanished": "−", "retyped": "≠"}


@dataclass(frozen=True)
class RunShown:
    """One run of a source."""

    started_at: dt.datetime
    rows: int
    stored: int
    rejected: int
    newest_at: dt.datetime | None
    changes: str
    tone: str
    said: str
    error: str


@dataclass(frozen=True)
class SourceShown:
    """One source: how its last run went, and when it is due."""

    name: str
    kind: str
    last: RunShown | None
    next_at: dt.datetime | None
    schedule: str
    tone: str
    said: str
    is_paused: bool


@dataclass(frozen=True)
class ListPage:
    """Every source in force."""

    sources: tuple[SourceShown, ...]
    example: str


@dataclass(frozen=True)
class SourcePage:
    """One source with its last runs and its document, secrets masked."""

    source: SourceShown
    runs: tuple[RunShown, ...]
    document: str


@dataclass(frozen=True)
class EditPage:
    """The document of a source in a form, as it is or as it was typed."""

    action: str
    back: str
    text: str
    problems: tuple[str, ...]
    is_sound: bool


def shown(standing: Standing, language: Language) -> SourceShown:
    """A source for a list."""
    last = run_of(standing.last, language) if standing.last else None
    source = standing.source
    schedule = "" if standing.next_at else (words.IS_PAUSED if source.is_paused else words.BY_HAND).to(language)
    return SourceShown(
        source.source, source.origin.kind, last, standing.next_at, schedule, last.tone if last else "calm",
        last.said if last else words.NEVER.to(language), source.is_paused,
    )  # fmt: skip


def run_of(run: SourceRun, language: Language) -> RunShown:
    """A run for a list."""
    said = run.error[language] if run.error else {}
    error = " – ".join(str(said[each]) for each in ("where", "what", "remedy") if said.get(each))
    tone = "bad" if run.error else "good" if run.ended_at else "attention"
    told = {"bad": words.FAILED, "good": words.WELL, "attention": words.CUT_SHORT}[tone].to(language)
    changes = ", ".join(f"{_SIGNS[each['what']]} {each['column']}" for each in run.changes)
    return RunShown(run.started_at, run.rows_in, run.stored, run.rejected, run.newest_at, changes, tone, told, error)


def source_page(standing: Standing, runs: list[SourceRun], language: Language) -> SourcePage:
    """The page of one source."""
    return SourcePage(shown(standing, language), tuple(run_of(each, language) for each in runs), written(standing))


def written(standing: Standing) -> str:
    """The document as it may be shown."""
    return yaml.safe_dump(masked(standing.source.as_json()), sort_keys=False, allow_unicode=True)
