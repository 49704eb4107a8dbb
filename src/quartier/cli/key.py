"""`quartier key`: the keys with which messages are sent, and those with which rejected ones are settled."""

import datetime as dt
from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import json_option, session
from quartier.errors import InvalidRequest
from quartier.govern.roles import May
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.cli.session import Session
    from quartier.store.secret_keys import SecretKey

MOST_DAYS = 3660

key = Group(
    "key",
    text=Text(en="Create, list and revoke write keys.", fr="Créer, lister et révoquer des clés d'écriture."),
    example="quartier -w my-shop key create web",
)


@command(
    "create",
    Text(
        en="Make a write key for a source (web, app, server), or a secret key.",
        fr="Créer une clé d'écriture pour une source (web, app, serveur), ou une clé secrète.",
    ),
    example="quartier -w my-shop key create --secret --name reports --scope see_figures --days 90",
)
@click.argument("source", required=False, default="web")
@option(
    "--origin",
    "origins",
    multiple=True,
    text=Text(en="Only pages of this origin may use it; repeatable.", fr="Réservée aux pages de ce site ; répétable."),
)
@option(
    "--secret",
    is_flag=True,
    text=Text(
        en="A secret key instead, with which a program asks /api/v1.",
        fr="Plutôt une clé secrète, avec laquelle un programme interroge /api/v1.",
    ),
)
@option(
    "--name",
    text=Text(en="What the secret key is for, as lists show it.", fr="À quoi sert la clé secrète, pour les listes."),
)
@option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([each.value for each in May]),
    text=Text(
        en="What the secret key opens, repeatable; all unless given.",
        fr="Ce que la clé secrète ouvre, répétable ; tout par défaut.",
    ),
)
@option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    text=Text(
        en="Days after which the secret key ends; never unless given.",
        fr="Jours après lesquels la clé secrète expire ; jamais par défaut.",
    ),
)
@json_option
def create(
    source: str, origins: tuple[str, ...], secret: bool, name: str | None, scopes: tuple[str, ...], days: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Make a key."""
    from quartier.workspace.keys import keys_of  # the store takes a moment to load

    if not secret and (name is not None or scopes or days is not None):
        raise InvalidRequest(_SECRET_ALONE, remedy=_ADD_SECRET)
    now = session()
    with keys_of(now.folder, now.clock) as keys:
        if secret:
            opens = [May(each) for each in May if each in scopes] or None
            made = keys.create_secret(name, scopes=opens, lasts=dt.timedelta(days=days) if days else None)
            told = {}
        else:
            written = keys.create(source, origins)
            made, told = written.key, written.as_json()
    if as_json:
        now.print_json({"key": made, **told})
        return
    now.say_line(made)
    now.say(_ONCE if secret else _GIVE, source=source) if not secret else now.say(_ONCE)


@command(
    "list",
    Text(en="List every key.", fr="Lister toutes les clés."),
    example="quartier -w my-shop key list",
)
@json_option
def list_(as_json: bool) -> None:
    """List every key."""
    from quartier.workspace.keys import keys_of  # the store takes a moment to load

    now = session()
    with keys_of(now.folder, now.clock) as keys:
        written, secrets = keys.all(), keys.secrets()
    if as_json:
        plain = {
            "write_keys": [each.as_json() for each in written],
            "secret_keys": [each.as_json() for each in secrets],
        }
        now.print_json(plain)
        return
    states = {False: _IN_FORCE.to(now.language), True: _REVOKED.to(now.language)}
    rows = [
        [each.key, each.source, ", ".join(each.origins), states[each.revoked_at is not None]] for each in written
    ] + [_secret_row(each, now) for each in secrets]
    if rows:
        now.print_table([_KEY, _SOURCE, _ORIGINS, _STATE], rows)
    else:
        now.say(_NONE_YET)


@command(
    "revoke",
    Text(en="Take a key out of force for good.", fr="Retirer une clé définitivement."),
    example="quartier -w my-shop key revoke wk_kT3vYh0r",
)
@click.argument("key_", metavar="KEY")
@json_option
def revoke(key_: str, as_json: bool) -> None:
    """Take a key out of force."""
    from quartier.workspace.keys import keys_of  # the store takes a moment to load

    now = session()
    with keys_of(now.folder, now.clock) as keys:
        keys.revoke(key_)
    if as_json:
        now.print_json({"revoked": key_})
    else:
        now.say(_DONE)


def _secret_row(key: "SecretKey", now: "Session") -> list[str]:
    has_ended = key.expires_at is not None and key.expires_at <= now.clock.now()
    state = _REVOKED if key.revoked_at else _ENDED if has_ended else _IN_FORCE
    opens = _ALL.to(now.language) if key.scopes is None else ", ".join(key.scopes)
    about = f"{_SECRET.to(now.language)} {key.name or ''}".strip()
    return [f"{key.start}…", about, opens, state.to(now.language)]


for _each in (create, list_, revoke):
    key.add_command(_each)

_KEY = Text(en="key", fr="clé")
_SOURCE = Text(en="source", fr="source")
_ORIGINS = Text(en="web origins, or what it opens", fr="sites, ou ce qu'elle ouvre")
_STATE = Text(en="state", fr="état")
_SECRET = Text(en="(secret key)", fr="(clé secrète)")
_IN_FORCE = Text(en="in force", fr="en vigueur")
_REVOKED = Text(en="revoked", fr="révoquée")
_ENDED = Text(en="ended", fr="expirée")
_ALL = Text(en="all", fr="tout")
_SECRET_ALONE = Text(
    en="a name, scopes and an end are for secret keys", fr="un nom, des portées et une fin sont pour les clés secrètes"
)
_ADD_SECRET = Text(en="add `--secret`", fr="ajoutez `--secret`")
_GIVE = Text(
    en="Give it to an SDK as its write key: its messages go by the source “{source}”.",
    fr="Donnez-la à un SDK comme clé d'écriture : ses messages viendront de la source « {source} ».",
)
_ONCE = Text(
    en="Keep it now: it cannot be shown again.", fr="Gardez-la maintenant : elle ne pourra plus être affichée."
)
_DONE = Text(
    en="Revoked; a running server stops taking it within seconds.",
    fr="Révoquée ; un serveur en marche cesse de l'accepter en quelques secondes.",
)
_NONE_YET = Text(
    en="There are no keys yet: quartier key create web", fr="Il n'y a pas encore de clé : quartier key create web"
)
