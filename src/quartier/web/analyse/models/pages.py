"""The pages of models, in the reader's language: the list of kinds, and one kind with its last run."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quartier.analyse.modelling.computed import Figures, scored_in
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.shown import Shown, is_figure, written
from quartier.language import Language
from quartier.report.page import Column, Table
from quartier.store.runs import Run
from quartier.web.addresses import address
from quartier.web.analyse.models.form import Form
from quartier.web.analyse.models.views import View


@dataclass(frozen=True)
class Listed:
    """One kind in the list: what it answers, and when each model of it last ran (name, instant, persons, address)."""

    label: str
    sentence: str
    url: str
    runs: tuple[tuple[str, dt.datetime, int, str], ...]


@dataclass(frozen=True)
class Ran:
    """The last run: when, as of when, who got values among how many, which traits, what must be known."""

    at: dt.datetime
    as_of: dt.datetime
    scored: int
    persons: int
    traits: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class ModelPage:
    """One kind. `own` is what its own template (`template`) shows; `tables` are its figures for everybody.

    `names` are the models of this kind that ran (name, address, whether it is this one); `form` is None for who may
    not run it; `keep_url` leads to all that was found as segments, empty where there is none or for who may not edit.
    """

    kind: str
    label: str
    name: str
    names: tuple[tuple[str, str, bool], ...]
    ran: Ran | None
    template: str
    own: Any
    tables: tuple[Table, ...]
    form: Form | None
    keep_url: str = ""

    @property
    def url(self) -> str:
        """Where it is shown."""
        return url_of(self.kind, self.name)


def listed(kinds: Sequence[Kind], runs: Sequence[Run], language: Language) -> tuple[Listed, ...]:
    """Every kind, with its models."""
    return tuple(
        Listed(
            each.label.to(language), each.sentence.to(language), url_of(each.name),
            tuple(
                (run.model, run.at, scored_in(run), url_of(each.name, run.model))
                for run in runs if run.parameters["model"] == each.name
            ),
        )
        for each in kinds
    )  # fmt: skip


def model_page(
    kind: Kind, name: str, runs: Sequence[Run], last: Run | None, form: Form | None, language: Language, currency: str,
    figures: Figures | None = None, view: View | None = None, own: Any = None, *, may_keep: bool = False,
) -> ModelPage:  # fmt: skip
    """One kind with the last run of one of its models; without a run it teaches what it would say."""
    names = tuple((each.model, url_of(kind.name, each.model), each.model == name) for each in runs)
    shown = kind.tables_of(last, figures) if last and figures else ()
    return ModelPage(
        kind.name, kind.label.to(language), name, names if len(names) > 1 else (), _ran(last, language),
        view.template if view and last else "", own, tuple(table_of(each, language, currency) for each in shown), form,
        keep_url(kind.name, name) if may_keep and last and kind.segments else "",
    )  # fmt: skip


def table_of(shown: Shown, language: Language, currency: str) -> Table:
    """Figures as a table of a page."""
    kinds = [any(is_figure(row[place]) for row in shown.rows) for place in range(len(shown.heads))]
    columns = tuple(Column(head.to(language), is_figure=of) for head, of in zip(shown.heads, kinds, strict=True))
    rows = tuple(tuple(written(cell, language, currency) for cell in row) for row in shown.rows)
    return Table(shown.title.to(language), columns, rows)


def url_of(kind: str, name: str = "") -> str:
    """Where a kind is shown, and one of its models."""
    if kind == "rfm":
        return "/analyse"
    return f"/analyse/models/{kind}" + (f"?name={name}" if name and name != kind else "")


def keep_url(kind: str, name: str, way: str = "") -> str:
    """Where all that a model found is looked at before it is kept as segments."""
    return address("analyse", "models", kind, "segments", name=name if name != kind else "", way=way)


def _ran(last: Run | None, language: Language) -> Ran | None:
    if last is None:
        return None
    found = last.summary
    return Ran(
        last.at, last.as_of, scored_in(last), found["persons"], tuple(found["traits"]),
        tuple(str(each[language]) for each in found["findings"]),
    )  # fmt: skip
