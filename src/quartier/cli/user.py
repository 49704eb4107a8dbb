"""`quartier user`: who signs in to the application; it works while a server has the workspace, too."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import Group, command
from quartier.cli.session import Session, json_option, session
from quartier.errors import UnknownName, suggestion
from quartier.govern.roles import NAMES, ROLES
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.govern.run import Users
    from quartier.store.users import User

user = Group(
    "user",
    text=Text(
        en="Invite users, give them roles, close and reopen them.",
        fr="Inviter des utilisateurs, leur donner un rôle, les fermer et les rouvrir.",
    ),
    example="quartier -w my-shop user invite camille@example.org marketer",
)
_EMAIL = click.argument("email", metavar="E-MAIL")
_ROLE = click.argument("role", type=click.Choice(list(ROLES)), metavar="ROLE")


@command(
    "list",
    Text(en="List the users.", fr="Lister les utilisateurs."),
    example="quartier -w my-shop user list",
)
@json_option
def list_(as_json: bool) -> None:
    """List the users."""
    now = session()
    with _users(now) as users:
        found = users.all()
    if as_json:
        now.print_json([each.as_json() for each in found])
    elif not found:
        now.say(_NOBODY_YET)
    else:
        names = {str(role): text.to(now.language) for role, text in NAMES.items()}
        states = {True: _OPEN.to(now.language), False: _CLOSED.to(now.language)}
        rows = [[each.email, each.name, names.get(each.role, each.role), states[each.is_open]] for each in found]
        now.print_table([_HEAD_EMAIL, _HEAD_NAME, _HEAD_ROLE, _HEAD_STATE], rows)


@command(
    "invite",
    Text(
        en="Make a link with which somebody becomes a user: analyst, marketer, sales, support, viewer or owner.",
        fr="Créer un lien d'invitation : analyst, marketer, sales, support, viewer ou owner.",
    ),
    example="quartier -w my-shop user invite camille@example.org marketer",
)
@_EMAIL
@_ROLE
@json_option
def invite(email: str, role: str, as_json: bool) -> None:
    """Invite somebody."""
    now = session()
    with _users(now) as users:
        token = users.invite(email, role, author=now.author)
    _say_link(now, token, as_json)


@command(
    "password",
    Text(
        en="Make a link with which a user chooses another password.",
        fr="Créer un lien pour choisir un autre mot de passe.",
    ),
    example="quartier -w my-shop user password camille@example.org",
)
@_EMAIL
@json_option
def password(email: str, as_json: bool) -> None:
    """Offer another password."""
    now = session()
    with _users(now) as users:
        token = users.offer_password(email, author=now.author)
    _say_link(now, token, as_json)


@command(
    "role",
    Text(en="Give a user another role.", fr="Donner un autre rôle à un utilisateur."),
    example="quartier -w my-shop user role camille@example.org analyst",
)
@_EMAIL
@_ROLE
@json_option
def role(email: str, role: str, as_json: bool) -> None:
    """Give another role."""
    now = session()
    with _users(now) as users:
        users.give_role(_of(users, email).id, role, author=now.author)
        _say_done(now, _of(users, email), as_json)


@command(
    "close",
    Text(
        en="Let a user sign in no more, and end their sessions.",
        fr="Fermer un utilisateur : il ne se connecte plus, ses sessions prennent fin.",
    ),
    example="quartier -w my-shop user close camille@example.org",
)
@_EMAIL
@json_option
def close(email: str, as_json: bool) -> None:
    """Close a user."""
    now = session()
    with _users(now) as users:
        users.close(_of(users, email).id, author=now.author)
        _say_done(now, _of(users, email), as_json)


@command(
    "reopen",
    Text(en="Let a user sign in again.", fr="Rouvrir un utilisateur."),
    example="quartier -w my-shop user reopen camille@example.org",
)
@_EMAIL
@json_option
def reopen(email: str, as_json: bool) -> None:
    """Reopen a user."""
    now = session()
    with _users(now) as users:
        users.reopen(_of(users, email).id, author=now.author)
        _say_done(now, _of(users, email), as_json)


@command(
    "second-factor-off",
    Text(
        en="Ask a user for no code any more: their telephone is lost, and so are their recovery codes.",
        fr="Ne plus demander de code à un utilisateur qui a perdu son téléphone et ses codes de secours.",
    ),
    example="quartier -w my-shop user second-factor-off camille@example.org",
)
@_EMAIL
@json_option
def second_factor_off(email: str, as_json: bool) -> None:
    """Take a second factor off."""
    now = session()
    with _users(now) as users:
        users.second_factors.take_off(_of(users, email), author=now.author)
        _say_done(now, _of(users, email), as_json)


for _each in (list_, invite, role, close, reopen, password, second_factor_off):
    user.add_command(_each)


@contextmanager
def _users(now: Session) -> Iterator["Users"]:
    """The users of the workspace, also while a server has it open."""
    from quartier.govern.run import Users  # the store takes a moment to load
    from quartier.store import Store
    from quartier.store.folder import STORE, existing

    store = Store(f"sqlite:///{existing(now.folder) / STORE}", now.clock.now())
    try:
        yield Users(store, now.clock)
    finally:
        store.close()


def _of(users: "Users", email: str) -> "User":
    known = {each.email: each for each in users.all()}
    found = known.get(email.strip().casefold())
    if found is None:
        raise UnknownName(_NO_USER.with_(email=email), remedy=suggestion(email, known))
    return found


def _say_link(now: Session, token: str, as_json: bool) -> None:
    path = f"/welcome/{token}"
    if as_json:
        now.print_json({"path": path})
        return
    now.say_line(path)
    now.say(_GIVE)


def _say_done(now: Session, found: "User", as_json: bool) -> None:
    if as_json:
        now.print_json(found.as_json())
    else:
        state = _OPEN if found.is_open else _CLOSED
        named = {str(each): text for each, text in NAMES.items()}
        now.say(_DONE, email=found.email, role=named[found.role].to(now.language), state=state.to(now.language))


_HEAD_EMAIL, _HEAD_NAME = Text(en="e-mail", fr="e-mail"), Text(en="name", fr="nom")
_HEAD_ROLE, _HEAD_STATE = Text(en="role", fr="rôle"), Text(en="state", fr="état")
_OPEN, _CLOSED = Text(en="open", fr="ouvert"), Text(en="closed", fr="fermé")
_NO_USER = Text(en="no user has the e-mail {email}", fr="aucun utilisateur n'a l'e-mail {email}")
_NOBODY_YET = Text(
    en="Nobody can sign in yet: `quartier serve` prints the link of the first owner.",
    fr="Personne ne peut encore se connecter : `quartier serve` affiche le lien du premier propriétaire.",
)
_GIVE = Text(
    en="Put it behind the address of the server and give it to this person alone: it works once.",
    fr="À placer derrière l'adresse du serveur et à donner à cette seule personne : il sert une fois.",
)
_DONE = Text(en="{email}: {role}, {state}.", fr="{email} : {role}, {state}.")
