"""What the description of the API (OpenAPI) says of all of /api/v1: keys, scopes, and every way in which it fails."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from quartier.api.access import PREFIX, ROUTES
from quartier.api.answers import PROBLEM
from quartier.api.documents import PROBLEM_EXAMPLE, ProblemDetails

_SECURITY = {
    "writeKey": {"type": "http", "scheme": "basic", "description": "the write key as name, no password"},
    "secretKey": {"type": "http", "scheme": "bearer", "description": "a secret key"},
}
_ALWAYS = {
    "400": "the request is not what this address takes", "401": "no secret key, or one that is not in force",
    "403": "the key does not open this", "404": "nothing has this name",
    "413": "the body is too large",
    "500": "a defect of ours",
    "503": "the workspace cannot answer at the moment; see Retry-After",
}  # fmt: skip
_SOMETIMES = {
 "409": "it was settled before",
    "412": "another version is in force than `If-Match` names",
    "422": "the document cannot be used; `problems` tells all that is wrong",
}  # fmt: skip
_BODIES = ("POST", "PUT")
_REF = "#/components/schemas/"
_NUMBERED = f"{PREFIX}/rejected/"


def describe(app: FastAPI) -> None:
    """Make the application tell this description, worked out once."""
    told: dict[str, Any] = {}

    def described() -> dict[str, Any]:
        if not told:
            told.update(_described(app))
        return told

    app.openapi = described  # type: ignore[method-assign]  # the way that FastAPI itself documents


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
    parts = schema.setdefault("components", {})
    parts["securitySchemes"] = _SECURITY
    schemas = parts.setdefault("schemas", {})
    own = ProblemDetails.model_json_schema(ref_template=_REF + "{model}")
    schemas.update(own.pop("$defs", {}))
    schemas["ProblemDetails"] = own
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            if path.startswith(PREFIX):
                _complete(path, method.upper(), operation)
    for each in ("HTTPValidationError", "ValidationError"):
        schemas.pop(each, None)
    return schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """The scope that an operation needs, and every way in which it may fail."""
    needs = ROUTES[method, path]
    operation["security"] = [{"secretKey": []}]
    operation["description"] = f"{operation.get('description', '')}\n\nScope: `{needs}`.".strip()
    answers: dict[str, Any] = operation["responses"]
    answers.pop("422", None)
    for status, description in {**_ALWAYS, **{each: _SOMETIMES[each] for each in _more(path, method)}}.items():
        example = PROBLEM_EXAMPLE if status == "404" else None
        content: dict[str, Any] = {"schema": {"$ref": _REF + "ProblemDetails"}}
        answers[status] = {
            "description": description,
            "content": {PROBLEM: content | ({"example": example} if example else {})},
        }


def _more(path: str, method: str) -> list[str]:
    found = ["422"] if method in _BODIES else []
    if method == "PUT":
        found.append("412")
    if path.startswith(_NUMBERED) and method != "GET":
        found.append("409")
    return found
