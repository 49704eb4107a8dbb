"""The one table of routes: what each page and each change asks of a role. A route that is not here is refused.

A test holds this table against the application: every route is listed, nothing is listed that is not there.
"""

from typing import Literal

from quartier.govern.roles import May

Needs = May | Literal["anyone", "user"]
"""What a route asks for: something a role allows, nothing but to be signed in (`user`), or nothing (`anyone`)."""

ROUTES: dict[tuple[str, str], Needs] = {
    ("GET", "/assets/{name}"): "anyone",
    ("GET", "/sign-in"): "anyone",
    ("POST", "/sign-in"): "anyone",
    ("POST", "/sign-out"): "user",
    ("GET", "/welcome/{token}"): "anyone",
    ("POST", "/welcome/{token}"): "anyone",
    ("GET", "/jobs/{number}"): "user",
    ("GET", "/"): May.SEE_FIGURES,
    ("GET", "/analyse"): May.SEE_FIGURES,
    ("GET", "/analyse/revenue"): May.SEE_FIGURES,
    ("GET", "/analyse/cohorts"): May.SEE_FIGURES,
    ("GET", "/analyse/surveys"): May.SEE_FIGURES,
    ("POST", "/analyse/rfm"): May.RUN_MODELS,
    ("GET", "/target"): May.SEE_FIGURES,
    ("GET", "/target/new"): May.TARGET,
    ("POST", "/target"): May.TARGET,
    ("GET", "/target/{campaign:path}"): May.SEE_FIGURES,
    ("POST", "/target/{campaign:path}/export"): May.TARGET,
    ("GET", "/target/{campaign:path}/lists/{number}"): May.TARGET,
    ("GET", "/evaluate"): May.SEE_FIGURES,
    ("GET", "/evaluate/quality"): May.SEE_FIGURES,
    ("GET", "/evaluate/{campaign:path}"): May.SEE_FIGURES,
    ("GET", "/data"): May.SEE_FIGURES,
    ("GET", "/data/import"): May.BRING_DATA,
    ("POST", "/data/import"): May.BRING_DATA,
    ("GET", "/data/import/{number}"): May.BRING_DATA,
    ("POST", "/data/import/{number}"): May.BRING_DATA,
    ("GET", "/data/import/{number}/yaml"): May.BRING_DATA,
    ("POST", "/data/import/{number}/yaml"): May.BRING_DATA,
    ("GET", "/data/sources"): May.BRING_DATA,
    ("GET", "/data/sources/new"): May.BRING_DATA,
    ("POST", "/data/sources/new"): May.BRING_DATA,
    ("GET", "/data/sources/{name}"): May.BRING_DATA,
    ("POST", "/data/sources/{name}"): May.BRING_DATA,
    ("GET", "/data/sources/{name}/edit"): May.BRING_DATA,
    ("POST", "/data/sources/{name}/edit"): May.BRING_DATA,
    ("GET", "/data/rejected"): May.BRING_DATA,
    ("GET", "/data/rejected/files/{name}"): May.BRING_DATA,
    ("POST", "/data/rejected/files/{name}"): May.BRING_DATA,
    ("GET", "/data/rejected/files/{name}/csv"): May.BRING_DATA,
    ("GET", "/data/rejected/{number}"): May.BRING_DATA,
    ("POST", "/data/rejected/{number}"): May.BRING_DATA,
    ("GET", "/data/catalog"): May.SEE_FIGURES,
    ("GET", "/data/catalog/inbox"): May.EDIT_CATALOG,
    ("POST", "/data/catalog/inbox"): May.EDIT_CATALOG,
    ("GET", "/data/catalog/traits/{of}/{name}"): May.EDIT_CATALOG,
    ("POST", "/data/catalog/traits/{of}/{name}"): May.EDIT_CATALOG,
    ("GET", "/data/catalog/events/{name}"): May.EDIT_CATALOG,
    ("POST", "/data/catalog/events/{name}"): May.EDIT_CATALOG,
    ("GET", "/data/quality"): May.SEE_FIGURES,
    ("GET", "/data/live"): May.SEE_PERSONS,
    ("GET", "/segments/new"): May.EDIT_SEGMENTS,
    ("GET", "/segments/{name}/edit"): May.EDIT_SEGMENTS,
    ("POST", "/segments/drafts"): May.EDIT_SEGMENTS,
    ("GET", "/segments/drafts/{number}"): May.EDIT_SEGMENTS,
    ("POST", "/segments/drafts/{number}"): May.EDIT_SEGMENTS,
    ("GET", "/segments/drafts/{number}/review"): May.EDIT_SEGMENTS,
    ("POST", "/segments/drafts/{number}/save"): May.EDIT_SEGMENTS,
    ("POST", "/segments/drafts/{number}/theirs"): May.EDIT_SEGMENTS,
}
