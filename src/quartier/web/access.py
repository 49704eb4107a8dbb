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
}
