"""What bad input gets from every model and analysis: a true answer, or a sentence that says why not and what helps.

Each base is a tiny workspace that is poor in one way. Whatever is asked of it, nothing breaks, no figure is infinite or
no number, and a refusal says in both languages what is wrong and what to do.
"""

import dataclasses
import html
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

import quartier
from quartier.analyse.modelling.kinds import KINDS
from quartier.analyse.modelling.run import rerun
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping as FileMapping
from quartier.config import Config
from quartier.engine import Query
from quartier.errors import NoAnswer, UserError
from quartier.language import LANGUAGES
from tests.conftest import NOW
from tests.integration.bad_bases import EVENTS, ORDERS, PERSONS, SCALES, Base, bases
from tests.web.shop import Browser, served, signed_in

MODELS: dict[str, dict[str, Any]] = {
    "rfm": {},
    "lifetime_value": {},
    "profit": {"margin": 0.4},
    "clusters": {"traits": ["age", "visits", "scale1"], "most": 3},
    "relation": {},
    "score": {},
    "propensity": {},
    "factors": {"traits": list(SCALES)},
    "classes": {"traits": ["scale1", "plan"], "most": 2},
    "themes": {"answer": "note"},
    "recommendations": {"product": "product"},
}
OTHER_WAYS: list[dict[str, Any]] = [
    *({"model": "lifetime_value", "method": each} for each in ("mbg-nbd", "pareto-nbd", "bg-bb")),
    *({"model": "clusters", "method": each, "traits": ["age", "plan", "scale1"], "most": 4}
      for each in ("mixture", "hdbscan", "k_prototypes")),
    {"model": "clusters"},
    {"model": "propensity", "outcome": "silence"},
    {"model": "propensity", "outcome": "value", "trait": "churned", "value": "true"},
    {"model": "propensity", "outcome": "change", "trait": "plan", "value": "a"},
    {"model": "recommendations"},
]  # fmt: skip
ASKED: dict[str, Callable[[quartier.Workspace], object]] = {
    "overview": lambda ws: ws.analysis.overview(),
    "cohorts": lambda ws: ws.analysis.cohorts(),
    "concentration": lambda ws: ws.analysis.concentration(),
    "grid": lambda ws: ws.analysis.grid(),
    "adviser": lambda ws: ws.analysis.advice(),
    "associations": lambda ws: ws.analysis.associations(),
    "two traits": lambda ws: ws.analysis.association("plan", "age"),
    "drivers of a value": lambda ws: ws.analysis.drivers("churned=true"),
    "drivers of a segment": lambda ws: ws.analysis.drivers("segment:some"),
    "persona": lambda ws: ws.analysis.persona("some"),
    "whereabouts": lambda ws: ws.analysis.whereabouts("some"),
    "funnel": lambda ws: ws.journeys.funnel({"steps": ["Product Viewed", "Order Completed"], "by": "plan"}),
    "paths": lambda ws: ws.journeys.paths({"event": "Order Completed", "side": "before"}),
    "retention": lambda ws: ws.journeys.retention({"start": "Product Viewed", "back": "Order Completed"}),
    "sequences": lambda ws: ws.journeys.sequences(),
}
Poor = tuple[str, quartier.Workspace]
SOME = {"segment": "some", "population": "everyone", "where": {"trait": "plan", "is": "a"}}
NO_ANSWER = {
    "nobody": KINDS,
    "three persons": ("lifetime_value", "clusters", "propensity", "factors", "classes", "themes", "recommendations"),
    "all the same": ("clusters", "factors", "classes", "themes"),
    "nothing known": ("clusters", "factors", "classes", "themes"),
    "views alone": ("lifetime_value", "profit", "propensity", "recommendations"),
    "one customer": ("lifetime_value", "propensity", "recommendations"),
    "the same order": ("lifetime_value", "propensity", "recommendations"),
    "free orders": ("lifetime_value", "profit"),
    "refunds alone": ("lifetime_value", "profit", "propensity", "recommendations"),
    "the future": ("lifetime_value", "profit", "propensity", "recommendations"),
    "no numbers": ("lifetime_value",),
    "one glutton": (),
}  # fmt: skip
"""The models that must refuse, for each base: an answer would be made up."""


FEW, MANY = bases(60, 2_000), bases(200, 100_000)
PAGES = (
    "/analyse", "/analyse/revenue", "/analyse/cohorts", "/analyse/adviser", "/analyse/associations",
    "/analyse/drivers", "/analyse/journeys", "/analyse/journeys/paths", "/analyse/journeys/retention",
    "/analyse/journeys/sequences", "/analyse/surveys", "/analyse/models",
    *(f"/analyse/models/{each}" for each in KINDS if each != "rfm"),
)  # fmt: skip
BROKEN = re.compile(r"(?<![\w-])(nan|NaN|inf|Infinity|None|null|undefined)(?![\w-])")


@pytest.fixture(scope="module", params=["nobody", "no numbers"])
def few(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poor]:
    """One poor workspace after the other."""
    with made(tmp_path_factory.mktemp("few") / "shop", FEW[request.param]()) as workspace:
        yield request.param, workspace


@pytest.fixture(scope="module", params=NO_ANSWER)
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poor]:
    """The same with as many persons as models ask for."""
    with made(tmp_path_factory.mktemp("many") / "shop", MANY[request.param]()) as workspace:
        yield request.param, workspace


def test_every_model_answers_or_says_why_not_and_what_would_help(few: Poor) -> None:
    name, workspace = few
    refused = {kind for kind in KINDS if not is_answered(workspace, MODELS[kind] | {"model": kind})}
    assert refused >= set(NO_ANSWER[name])


def test_every_analysis_answers_or_says_why_not_and_what_would_help(few: Poor) -> None:
    for asked, ask in ASKED.items():
        try:
            assert not list(not_finite(ask(few[1]))), asked
        except UserError as error:
            check_refusal(error)


def test_every_page_of_analysis_says_something(few: Poor) -> None:
    look(signed_in(served(few[1]), few[1]))


@pytest.mark.slow
def test_models_that_have_persons_enough_answer_or_say_why_not_in_every_way(many: Poor) -> None:
    name, workspace = many
    refused = {kind for kind in KINDS if not is_answered(workspace, MODELS[kind] | {"model": kind})}
    assert refused >= set(NO_ANSWER[name])
    for document in OTHER_WAYS:
        is_answered(workspace, document)
    for asked, ask in ASKED.items():
        try:
            assert not list(not_finite(ask(workspace))), asked
        except UserError as error:
            check_refusal(error)


@pytest.mark.slow
def test_every_page_of_analysis_says_something_in_both_languages(many: Poor) -> None:
    app = served(many[1])
    for language in ("en", "fr"):
        look(signed_in(app, many[1], language=language))


def test_a_run_without_an_answer_leaves_the_traits_of_the_run_before(tmp_path: Path) -> None:
    with made(tmp_path / "shop", FEW["enough"]()) as workspace:
        before = workspace.run_model({"model": "profit", "margin": 0.4})
        held = values(workspace, "profit")
        with pytest.raises(NoAnswer, match="nobody has bought"):
            workspace.run_model({"model": "profit", "margin": 0.4, "within": "1 day"})
        assert values(workspace, "profit") == held
        assert any(each is not None for each in held)
        last = workspace.analysis.run_of("profit")
        assert (last.at, last.parameters["within"]) == (before.at, None)


def test_a_model_without_an_answer_does_not_stop_a_rebuild(tmp_path: Path) -> None:
    with made(tmp_path / "shop", FEW["enough"]()) as workspace:
        workspace.run_model({"model": "profit", "margin": 0.4})
        workspace.engine.drop("event_order_completed")
        again = rerun(workspace.store, workspace.engine, workspace.config, workspace.conditions)
        assert again == ([], ("profit",))


# Looking


def made(folder: Path, base: Base) -> quartier.Workspace:
    """A workspace of this base, with a segment where its trait is known."""
    quartier.create(folder, Config(name="Poor", memory_limit="512MB", threads=1))
    workspace = quartier.open(folder, clock=FixedClock(NOW))
    for table, mapping in ((base.persons, PERSONS), (base.orders, ORDERS), (base.events, EVENTS)):
        if table is not None:
            workspace.collect(table, FileMapping.read(mapping))
    if base.persons is not None:
        workspace.apply_segments([SOME])
    return workspace


def is_answered(workspace: quartier.Workspace, document: dict[str, Any]) -> bool:
    """Whether a model gives an answer, which then is finite; else its refusal is whole."""
    try:
        done = workspace.run_model(document)
    except UserError as error:
        check_refusal(error)
        return False
    assert not list(not_finite(done.figures)), document
    for trait in done.traits:
        assert not list(not_finite(values(workspace, trait))), trait
    return done.scored > 0


def check_refusal(error: UserError) -> None:
    """What is wrong and what to do, in both languages, and no figure that is none."""
    assert error.to("fr") != error.to("en")
    assert error.remedy is not None or getattr(error, "problems", ()), str(error)
    for language in LANGUAGES:
        assert not BROKEN.search(error.to(language)), error.to(language)


def values(workspace: quartier.Workspace, trait: str) -> list[Any]:
    return [row[0] for row in workspace.engine.rows(Query(f"select {trait} from person order by person_key"))]


def not_finite(value: object, place: str = "") -> Iterator[str]:
    """Where in an answer a figure is infinite or no number."""
    if isinstance(value, float) and not math.isfinite(value):
        yield place
    elif isinstance(value, np.ndarray):
        yield from not_finite(value.tolist(), place)
    elif isinstance(value, BaseModel):
        yield from not_finite(dict(value), place)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from not_finite(each, f"{place}.{key}")
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for number, each in enumerate(value):
            yield from not_finite(each, f"{place}[{number}]")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from not_finite(getattr(value, field.name), f"{place}.{field.name}")


def look(browser: Browser) -> None:
    """Every page of analysis is there, with words and without what is no figure."""
    for url in PAGES:
        answer = browser.get(url)
        assert answer.status_code == 200, url
        main = answer.text[answer.text.index("<main") :]
        text = html.unescape(
            re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style|option).*?</\1>", "", main, flags=re.DOTALL))
        )
        assert len(text.split()) > 20, url
        assert not BROKEN.search(text), (url, BROKEN.search(text))
