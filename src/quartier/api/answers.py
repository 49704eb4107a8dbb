"""What is answered: JSON, and for a refusal a code for programs, a sentence in both languages, when to come back.

Under /api/v1 a refusal is a problem as RFC 9457 has it; the tracking endpoints keep the form that SDKs read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.responses import Response

from quartier.collect.tracking.reasons import REFUSALS, RETRY_AFTER
from quartier.collect.tracking.verdicts import Verdicts
from quartier.errors import Problem, Sentence
from quartier.language import LANGUAGES

JSON, PROBLEM = "application/json", "application/problem+json"
_HEADERS = {401: {"www-authenticate": "Bearer"}, 503: {"retry-after": "5"}}
TITLES = {
    400: "The request cannot be used", 401: "A secret key is needed", 403: "The key does not open this",
    404: "There is nothing here", 405: "This address does not take this method", 409: "This was settled before",
    412: "This has changed since", 413: "The body is too large", 422: "The document cannot be used",
    500: "Something went wrong on our side", 503: "Not at the moment",
}  # fmt: skip
"""What sort of problem a status says; it stays the same from one occurrence to the next."""


def json_answer(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Plain data as JSON."""
    return Response(orjson.dumps(content), status, headers=dict(headers or {}), media_type=JSON)


def accepted(verdicts: Verdicts) -> Response:
    """The verdicts on a body that was taken; `success` is what older clients look at."""
    return json_answer({"success": True, "accepted": verdicts.accepted, **verdicts.as_json()})


def refused(code: str) -> Response:
    """A body of which nothing was kept; with Retry-After, in whole seconds, where trying again may help."""
    refusing = REFUSALS[code]
    wait = RETRY_AFTER.get(code)
    headers = {} if wait is None else {"retry-after": str(wait)}
    told = {"code": code, "message": refusing.text.to("en"), "text": both(refusing.text)}  # the keys that SDKs read
    return json_answer({"success": False, **told}, refusing.status, headers)


class Unserved(Exception):
    """A request under /api/v1 that cannot be served.

    Attributes:
        code: for programs.
        text: for people; no data of a customer.
        status: of HTTP.
        field: the one that is at fault, if one is.
        remedy: what to do.
        problems: all that is wrong with a document.
    """

    def __init__(
        self, code: str, text: Sentence, status: int, *, field: str | None = None, remedy: Sentence | None = None,
        problems: Sequence[Problem] = (),
    ) -> None:  # fmt: skip
        super().__init__(code)
        self.code, self.text, self.status, self.field = code, text, status, field
        self.remedy, self.problems = remedy, tuple(problems)

    def as_json(self) -> dict[str, Any]:
        """The problem as plain data (RFC 9457), with what we tell beside it."""
        return {
            "type": f"urn:quartier:problem:{self.code}", "title": TITLES.get(self.status, TITLES[400]),
            "status": self.status, "detail": self.text.to("en"), "code": self.code, "text": both(self.text),
            "remedy": both(self.remedy) if self.remedy else None, "field": self.field,
            "problems": [
                {"place": each.place, "text": both(each.what), "remedy": both(each.remedy) if each.remedy else None}
                for each in self.problems
            ],
        }  # fmt: skip

    def as_answer(self) -> Response:
        """The answer that tells it."""
        headers = _HEADERS.get(self.status, {})
        return Response(orjson.dumps(self.as_json()), self.status, headers=headers, media_type=PROBLEM)


def both(text: Sentence) -> dict[str, str]:
    """A sentence in both languages."""
    return {each: text.to(each) for each in LANGUAGES}
