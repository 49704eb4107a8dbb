"""What is answered: JSON, and for a refusal a code for programs, a sentence in both languages, when to come back."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from quartier.collect.tracking.reasons import REFUSALS, RETRY_AFTER
from quartier.collect.tracking.verdicts import Verdicts
from quartier.errors import Sentence
from quartier.language import LANGUAGES

JSON = "application/json"


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
    return json_answer({"success": False, **_said(code, refusing.text)}, refusing.status, headers)


class Unserved(Exception):
    """A request under /api/v1 that cannot be served: code, sentence, HTTP status, the field at fault if one is."""

    def __init__(self, code: str, text: Sentence, status: int, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code, self.text, self.status, self.field = code, text, status, field

    def as_answer(self) -> Response:
        """The answer that tells it."""
        headers = {401: {"www-authenticate": "Bearer"}, 503: {"retry-after": "5"}}.get(self.status, {})
        said = _said(self.code, self.text)
        return json_answer({"error": {**said, "field": self.field}}, self.status, headers)


def _said(code: str, text: Sentence) -> dict[str, Any]:
    """`code` and `message` are the keys by which SDKs read a refusal."""
    return {"code": code, "message": text.to("en"), "text": {each: text.to(each) for each in LANGUAGES}}
