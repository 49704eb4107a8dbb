"""`/jobs/<number>`: how far a change is that takes longer than a browser waits."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from quartier.language import Text
from quartier.web.desk import Desk, is_fragment, sent_on
from quartier.web.guard import visitor_of

SECONDS = 2
"""How often a page without script asks again."""


@dataclass(frozen=True)
class JobPage:
    """A job as its page shows it: `share` is None where nobody knows how far it is, `url` where its result is seen."""

    number: str
    title: str
    state: str
    share: float | None
    error: str
    remedy: str
    url: str


def router(desk: Desk) -> APIRouter:
    """The route of jobs."""
    routes = APIRouter()

    @routes.get("/jobs/{number}")
    def show(number: str, request: Request) -> Response:
        job = desk.work.find(number)
        visitor = visitor_of(request)
        if job is None or job.by != visitor.author:
            raise HTTPException(404)
        if job.state == "done" and job.url:
            return sent_on(request, job.url)
        language, error = visitor.language, job.error
        page = JobPage(
            number, job.title.to(language), job.state, job.share, error.what.to(language) if error else "",
            error.remedy.to(language) if error and error.remedy else "", job.url,
        )  # fmt: skip
        if is_fragment(request):
            return desk.fragment(request, "app/job_state.html", page, words=WORDS)
        return _refreshing(desk.page(request, "app/job.html", page, words=WORDS, title=page.title, place=""), page)

    return routes


def _refreshing(answer: Response, page: JobPage) -> Response:
    if page.state in ("waiting", "running"):
        answer.headers["Refresh"] = str(SECONDS)
    return answer


WORDS = {
    "waiting": Text(en="Waiting for what was asked for before", fr="En attente de ce qui a été demandé avant"),
    "running": Text(en="Under way", fr="En cours"),
    "done": Text(en="Done", fr="Terminé"),
    "failed": Text(en="It could not be done", fr="Cela n'a pas pu être fait"),
    "ours": Text(
        en="Something went wrong on our side; the server's log says where.",
        fr="Une erreur s'est produite de notre côté ; le journal du serveur dit où.",
    ),
    "see": Text(en="See the result", fr="Voir le résultat"),
    "leave": Text(
        en="You may leave this page: the work goes on, and this address keeps telling how far it is.",
        fr="Vous pouvez quitter cette page : le travail continue, et cette adresse dira toujours où il en est.",
    ),
}
