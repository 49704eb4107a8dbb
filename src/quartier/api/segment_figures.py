"""The figures of one segment under /api/v1, and of all of them together: flows, map, funnel, quality."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from quartier.api import figure_models as models
from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.segment import run as segments
from quartier.segment.ways import ways

_Name = Annotated[str, Path(max_length=200, examples=["frequent-buyers"])]
_Instant = Annotated[dt.datetime | None, Query(description="ISO 8601, UTC where no zone is said; now unless given")]


def router(desk: Desk) -> APIRouter:
    """The quality of all segments in force as one set."""
    made = APIRouter(prefix="/api/v1/segmentation", tags=["segments"])

    @made.get("", response_model=models.Quality, summary="What the set of segments is worth")
    def quality(
        base: Annotated[str, Query(max_length=200, description="a population or a segment")] = "everyone",
    ) -> Response:
        """Coverage, overlaps, what is told apart, how stable, how reachable, doubles, and what to look at."""
        with desk.aside() as ws:
            return json_answer(ws.segmentation_quality(base=base).as_json())

    return made


def add_figures(made: APIRouter, desk: Desk) -> None:
    """The figures of one segment."""

    @made.get("/{name}/flows", response_model=models.Ways, summary="Where entries came from and exits went")
    def flows(
        name: _Name, since: Annotated[dt.datetime, Query(description="ISO 8601")], until: _Instant = None
    ) -> Response:
        """Between two instants, as observed; from the first evaluation on where the segment is younger."""
        with desk.aside() as ws:
            end = _utc(until) if until else ws.clock.now()
            return json_answer(ways(ws.store, name, segments.defined(ws.store), _utc(since), end).as_json())

    @made.get("/{name}/map", response_model=models.Whereabouts, summary="Where the members of a segment live")
    def where(name: _Name) -> Response:
        """By country and, where positions are known, by city, as of the last evaluation; small places are withheld."""
        with desk.aside() as ws:
            return json_answer(ws.analysis.whereabouts(name))

    @made.get("/{name}/persona", response_model=models.Persona, summary="The portrait of a segment of persons")
    def persona(name: _Name) -> Response:
        """Made now, with the members of its last evaluation; what fewer than five persons make up is withheld."""
        with desk.aside() as ws:
            return json_answer(ws.analysis.persona(name).as_json())

    @made.get("/{name}/funnel", response_model=models.Funnel, summary="What each condition takes away")
    def funnel(name: _Name) -> Response:
        """Evaluated now, from the outside in."""
        with desk.aside() as ws:
            (definition,) = ws.definitions([name])
            found = ws.drafting.weigh(definition.model_dump(mode="json", by_alias=True))
        preview = found.preview
        stages = [each.as_json() for each in found.stages]
        told = {"size": preview.size, "population": preview.population, "at": preview.at.isoformat()}
        return json_answer({"segment": name, "of": preview.of, **told, "stages": stages})


def _utc(at: dt.datetime) -> dt.datetime:
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at
