"""The one table of the routes under /api/v1: what a secret key must open to ask each; one that is not here is refused.

A test holds this table against the application: every route is listed, nothing is listed that is not there.
"""

from quartier.govern.roles import May

PREFIX = "/api/v1"

OF_PROGRAMS = frozenset(May) - {May.GOVERN}
"""What a key without scopes opens: everything but users, keys and settings."""

_OF_SEGMENTS = {
    ("GET", "/segments"): May.SEE_FIGURES,
    ("POST", "/segments"): May.EDIT_SEGMENTS,
    ("POST", "/segments/validate"): May.SEE_FIGURES,
    ("POST", "/segments/preview"): May.SEE_FIGURES,
    ("POST", "/segments/dry-run"): May.SEE_FIGURES,
    ("POST", "/segments/refresh"): May.EDIT_SEGMENTS,
    ("GET", "/segments/{name}"): May.SEE_FIGURES,
    ("PUT", "/segments/{name}"): May.EDIT_SEGMENTS,
    ("DELETE", "/segments/{name}"): May.EDIT_SEGMENTS,
    ("POST", "/segments/{name}/undo"): May.EDIT_SEGMENTS,
    ("GET", "/segments/{name}/members"): May.SEE_PERSONS,
    ("GET", "/segments/{name}/explanation"): May.SEE_PERSONS,
    ("GET", "/segments/{name}/history"): May.SEE_FIGURES,
    ("GET", "/segments/{name}/movement"): May.SEE_FIGURES,
    ("GET", "/segments/{name}/flows"): May.SEE_FIGURES,
    ("GET", "/segments/{name}/map"): May.SEE_FIGURES,
    ("GET", "/segments/{name}/funnel"): May.SEE_FIGURES,
    ("GET", "/segments/{name}/persona"): May.SEE_FIGURES,
    ("GET", "/segmentation"): May.SEE_FIGURES,
    ("GET", "/segments/{name}/versions"): May.SEE_FIGURES,
    ("GET", "/segments/{name}/difference"): May.SEE_FIGURES,
}
_OF_DATA = {
    ("GET", "/catalog"): May.SEE_FIGURES,
    ("PUT", "/catalog"): May.EDIT_CATALOG,
    ("GET", "/catalog/inbox"): May.SEE_FIGURES,
    ("POST", "/catalog/inbox"): May.EDIT_CATALOG,
    ("GET", "/imports"): May.SEE_FIGURES,
    ("POST", "/imports"): May.BRING_DATA,
    ("POST", "/imports/propose"): May.BRING_DATA,
    ("GET", "/rejected"): May.BRING_DATA,
    ("GET", "/rejected/{number}"): May.BRING_DATA,
    ("PATCH", "/rejected/{number}"): May.BRING_DATA,
    ("POST", "/rejected/{number}/replay"): May.BRING_DATA,
    ("DELETE", "/rejected/{number}"): May.BRING_DATA,
    ("GET", "/quality"): May.SEE_FIGURES,
    ("GET", "/quality/attention"): May.SEE_FIGURES,
}
_OF_PERSONS = {
    ("GET", "/persons"): May.SEE_PERSONS,
    ("GET", "/persons/{person_id}"): May.SEE_PERSONS,
    ("GET", "/accounts"): May.SEE_PERSONS,
    ("GET", "/accounts/{account_id}"): May.SEE_PERSONS,
    ("GET", "/links"): May.SEE_PERSONS,
    ("GET", "/links/review"): May.DECIDE_LINKS,
    ("GET", "/links/decisions"): May.DECIDE_LINKS,
    ("POST", "/links/decisions"): May.DECIDE_LINKS,
    ("POST", "/links/matching"): May.DECIDE_LINKS,
}
_OF_JOURNEYS = {
    ("GET", "/advice"): May.SEE_FIGURES,
    ("GET", "/opportunities"): May.SEE_FIGURES,
    ("GET", "/markets"): May.SEE_FIGURES,
    ("PUT", "/markets/{name}"): May.RUN_MODELS,
    ("DELETE", "/markets/{name}"): May.RUN_MODELS,
    ("GET", "/associations"): May.SEE_FIGURES,
    ("POST", "/drivers"): May.SEE_FIGURES,
    ("GET", "/advice/{family}/survey"): May.SEE_FIGURES,
    ("POST", "/journeys/funnel"): May.SEE_FIGURES,
    ("POST", "/journeys/paths"): May.SEE_FIGURES,
    ("POST", "/journeys/retention"): May.SEE_FIGURES,
    ("POST", "/journeys/sequences"): May.SEE_FIGURES,
}
_OF_ACTION = {
    ("GET", "/models"): May.SEE_FIGURES,
    ("GET", "/models/runs"): May.SEE_FIGURES,
    ("GET", "/models/runs/{name}"): May.SEE_FIGURES,
    ("GET", "/models/runs/{name}/segments"): May.SEE_FIGURES,
    ("POST", "/models/runs"): May.RUN_MODELS,
    ("GET", "/campaigns"): May.SEE_FIGURES,
    ("POST", "/campaigns"): May.TARGET,
    ("GET", "/campaigns/{name}"): May.SEE_FIGURES,
    ("POST", "/campaigns/{name}/exports"): May.EXPORT,
    ("POST", "/campaigns/{name}/effects"): May.SEE_FIGURES,
    ("GET", "/jobs"): May.SEE_FIGURES,
    ("GET", "/jobs/{number}"): May.SEE_FIGURES,
    ("GET", "/jobs/{number}/file"): May.EXPORT,
}
_OF_GOVERNING = {
    ("GET", "/users"): May.GOVERN,
    ("PATCH", "/users/{number}"): May.GOVERN,
    ("POST", "/users/{number}/password-links"): May.GOVERN,
    ("POST", "/invitations"): May.GOVERN,
    ("GET", "/keys"): May.GOVERN,
    ("POST", "/keys/write"): May.GOVERN,
    ("POST", "/keys/secret"): May.GOVERN,
    ("DELETE", "/keys/{start}"): May.GOVERN,
    ("GET", "/audit"): May.GOVERN,
}

ROUTES: dict[tuple[str, str], May] = {
    (method, PREFIX + path): needs
    for part in (_OF_SEGMENTS, _OF_DATA, _OF_PERSONS, _OF_JOURNEYS, _OF_ACTION, _OF_GOVERNING)
    for (method, path), needs in part.items()
}
"""What each route asks for, by method and path."""
