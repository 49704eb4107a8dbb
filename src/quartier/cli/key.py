"""`quartier key`: the keys with which messages are sent, and those with which rejected ones are settled."""

import click

from quartier.cli.bilingual import Group, command, option
from quartier.cli.session import json_option, session
from quartier.language import Text

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
    example="quartier -w my-shop key create web --origin https://shop.example.org",
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
        en="A secret key instead, for rejected messages under /api/v1.",
        fr="Plutôt une clé secrète, pour les messages rejetés sous /api/v1.",
    ),
)
@json_option
def create(source: str, origins: tuple[str, ...], secret: bool, as_json: bool) -> None:
    """Make a key."""
    from quartier.workspace.keys import keys_of  # the store takes a moment to load

    now = session()
    with keys_of(now.folder, now.clock) as keys:
        if secret:
            made, told = keys.create_secret(), {}
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
    ] + [[f"{each.start}…", _SECRET.to(now.language), "", states[each.revoked_at is not None]] for each in secrets]
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


for _each in (create, list_, revoke):
    key.add_command(_each)

_KEY = Text(en="key", fr="clé")
_SOURCE = Text(en="source", fr="source")
_ORIGINS = Text(en="web origins", fr="sites")
_STATE = Text(en="state", fr="état")
_SECRET = Text(en="(secret key)", fr="(clé secrète)")
_IN_FORCE = Text(en="in force", fr="en vigueur")
_REVOKED = Text(en="revoked", fr="révoquée")
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
