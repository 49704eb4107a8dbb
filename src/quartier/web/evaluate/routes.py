"""`/evaluate`: the effects of campaigns, and the quality of the set of segments."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.errors import InvalidDefinition, UserError
from quartier.language import Language
from quartier.web.answers import segmentation_quality
from quartier.web.desk import Desk
from quartier.web.evaluate import quality, words
from quartier.web.evaluate.effect import EffectPage, EffectView, effect_view
from quartier.web.evaluate.outcomes import asked, form_of_outcome, outcome_of
from quartier.web.evaluate.overview import evaluate_page
from quartier.web.guard import visitor_of
from quartier.web.shell import Step
from quartier.web.target.links import evaluate_url, target_url
from quartier.web.target.overview import name_of
from quartier.workspace import Workspace


def router(desk: Desk) -> APIRouter:
    """The routes of evaluation."""
    routes, room = APIRouter(), Evaluating(desk)

    @routes.get("/evaluate")
    def campaigns(request: Request) -> Response:
        return room.campaigns(request)

    @routes.get("/evaluate/quality")
    def segmentation(request: Request) -> Response:
        return room.quality(request)

    @routes.get("/evaluate/{campaign:path}")
    def effect(campaign: str, request: Request) -> Response:
        return room.effect(request, campaign)

    return routes


class Evaluating:
    """The pages of effects."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def campaigns(self, request: Request) -> Response:
        """Every campaign with what was measured of it."""
        language = visitor_of(request).language
        with self._desk.aside() as ws:
            page = evaluate_page(ws, language)
        return self._page(request, "campaigns", page, words.TITLE.to(language), words.SENTENCE.to(language))

    def effect(self, request: Request, campaign: str) -> Response:
        """The effect of one campaign on the outcome that the address says."""
        language, url = visitor_of(request).language, evaluate_url(campaign)
        with self._desk.aside() as ws:
            held, catalog = ws.campaigns.find(campaign), ws.catalog
            values = asked(request.query_params, catalog)
            found, error = self._measured(ws, campaign, values, language) if values["event"] else (None, None)
        wrong = error if isinstance(error, InvalidDefinition) else None
        form = form_of_outcome(values, catalog, language, url, wrong)
        silence = "" if error is None or wrong else error.what.to(language)
        name = name_of(held, language)
        page = EffectPage(campaign, url, target_url(campaign), form, found, silence)
        return self._page(
            request, "effect", page, words.EFFECT.to(language, campaign=name), words.EFFECT_SENTENCE.to(language),
            trail=(Step(words.TITLE.to(language), "/evaluate"),), status=400 if wrong else 200,
        )  # fmt: skip

    def quality(self, request: Request) -> Response:
        """What the set of segments is worth."""
        language, values = visitor_of(request).language, quality.asked(request.query_params)
        with self._desk.aside() as ws:
            found, said = None, ""
            try:
                found = segmentation_quality(ws, values["base"], quality.team_of(values))
            except UserError as error:
                said = " ".join(each.to(language) for each in (error.what, error.remedy) if each)
            page = quality.quality_page(ws, values, found, language, said)
        return self._page(
            request, "quality", page, words.QUALITY.to(language), words.QUALITY_SENTENCE.to(language),
            trail=(Step(words.TITLE.to(language), "/evaluate"),), status=400 if said else 200,
        )  # fmt: skip

    def _measured(
        self, ws: Workspace, campaign: str, values: dict[str, str], language: Language
    ) -> tuple[EffectView | None, UserError | None]:
        try:
            report = ws.evaluate(campaign, outcome_of(values))
        except UserError as error:
            return None, error
        labels = {each.segment: ws.label(each.segment) for each in report.segments if each.segment}
        return effect_view(report, labels, ws.config.currency, language), None

    def _page(
        self, request: Request, name: str, page: Any, title: str, sentence: str, *, trail: tuple[Step, ...] = (),
        status: int = 200,
    ) -> Response:  # fmt: skip
        return self._desk.page(
            request, f"evaluate/{name}.html", page, words=words.WORDS, title=title, place="evaluate", sentence=sentence,
            at=self._desk.workspace.clock.now(), trail=trail, status=status,
        )  # fmt: skip
