"""Users, keys and the audit log under /api/v1, for keys with the scope `govern`."""

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from quartier.api import governing_models as models
from quartier.api.access import PREFIX
from quartier.api.answers import json_answer
from quartier.api.cursors import LONGEST, cursor, place_of
from quartier.api.desk import Desk
from quartier.api.keys import caller_of
from quartier.errors import UnknownName
from quartier.govern.deeds import Deeds, kind_of
from quartier.govern.roles import May
from quartier.language import Text
from quartier.store.users import User

_HIGHEST = 2**31
Number = Annotated[int, Path(ge=1, le=_HIGHEST)]


def router(desk: Desk) -> APIRouter:
    """The routes of governing."""
    made = APIRouter(prefix=PREFIX, tags=["govern"])
    _add_users(made, desk)
    _add_links(made, desk)
    _add_keys(made, desk)
    _add_audit(made, desk)
    return made


def _add_users(made: APIRouter, desk: Desk) -> None:
    @made.get("/users", response_model=models.Users, summary="List the users")
    def users() -> Response:
        """Those who may no longer sign in, too."""
        return json_answer({"users": [each.as_json() for each in desk.workspace.users.all()]})

    @made.patch("/users/{number}", response_model=models.User, summary="Give a user another role, or close them")
    def change(number: Number, body: models.UserChange, request: Request) -> Response:
        """A user who is closed is signed out everywhere; at least one owner is left."""
        known, author = desk.workspace.users, caller_of(request).author
        _user(desk, number)
        if body.role is not None:
            known.give_role(number, body.role, author=author)
        if body.closed is not None:
            (known.close if body.closed else known.reopen)(number, author=author)
        return json_answer(_user(desk, number).as_json())


def _add_links(made: APIRouter, desk: Desk) -> None:
    @made.post("/invitations", response_model=models.Link, status_code=201, summary="Invite somebody")
    def invite(body: models.Invitation, request: Request) -> Response:
        """The address at which they choose their password, once, within seven days; it is told this once."""
        token = desk.workspace.users.invite(body.email, body.role, author=caller_of(request).author)
        return json_answer(_link(token), 201)

    @made.post(
        "/users/{number}/password-links", response_model=models.Link, status_code=201, summary="Offer a new password"
    )
    def offer(number: Number, request: Request) -> Response:
        """The address at which a user chooses another password, once, within four hours."""
        email = _user(desk, number).email
        return json_answer(_link(desk.workspace.users.offer_password(email, author=caller_of(request).author)), 201)


def _add_keys(made: APIRouter, desk: Desk) -> None:
    keys = desk.workspace.keys

    @made.get("/keys", response_model=models.Keys, summary="List every key")
    def listed() -> Response:
        """Of a secret key only its first characters are known."""
        written, secret = keys.all(), keys.secrets()
        return json_answer(
            {"write_keys": [each.as_json() for each in written], "secret_keys": [each.as_json() for each in secret]}
        )

    @made.post("/keys/write", response_model=models.WriteKey, status_code=201, summary="Create a write key")
    def write(body: models.NewWriteKey, request: Request) -> Response:
        """Messages are sent with it, and nothing else; with origins, only by pages of these."""
        key = keys.create(body.source, body.origins)
        desk.note(request, Deeds.KEY_MADE, start=key.key[:8])
        return json_answer(key.as_json(), 201)

    @made.post("/keys/secret", response_model=models.NewKey, status_code=201, summary="Create a secret key")
    def secret(body: models.NewSecretKey, request: Request) -> Response:
        """It is told this once. A key cannot create one that opens more than itself."""
        scopes = [May(each) for each in body.scopes]
        for scope in scopes:
            caller_of(request).check(scope)
        expires = dt.timedelta(days=body.days) if body.days else None
        key = keys.create_secret(body.name, scopes=scopes, lasts=expires)
        desk.note(request, Deeds.KEY_MADE, start=key[:8])
        return json_answer({"key": key}, 201)

    @made.delete("/keys/{start}", status_code=204, summary="Take a key out of force for good")
    def revoke(start: Annotated[str, Path(min_length=6, max_length=100)], request: Request) -> Response:
        """A write key, or a secret key by its first characters."""
        keys.revoke(start)
        desk.note(request, Deeds.KEY_REVOKED, start=start[:8])
        return Response(status_code=204)


def _add_audit(made: APIRouter, desk: Desk) -> None:
    @made.get("/audit", response_model=models.Audit, summary="What users and programs did, the newest first")
    def audit(
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        cursor_: Annotated[str | None, Query(alias="cursor", max_length=LONGEST)] = None,
    ) -> Response:
        """`first_changed` is the number of the first row that is not as it was written; null where all are."""
        users = desk.workspace.users
        found = users.deeds(limit + 1, before=place_of(cursor_, before=_HIGHEST)["before"])
        following = cursor(before=found[limit - 1].number) if len(found) > limit else None
        rows = [
            {"number": each.number, "at": each.at.isoformat(), "author": each.author,
             "deed": kind_of(each.deed) or each.deed, "about": each.about}
            for each in found[:limit]
        ]  # fmt: skip
        return json_answer({"deeds": rows, "first_changed": users.first_changed_deed(), "next": following})


def _user(desk: Desk, number: int) -> User:
    found = next((each for each in desk.workspace.users.all() if each.id == number), None)
    if found is None:
        raise UnknownName(_NOBODY)
    return found


def _link(token: str) -> dict[str, Any]:
    return {"path": f"/welcome/{token}"}


_NOBODY = Text(en="no user has this number", fr="aucun utilisateur ne porte ce numéro")
