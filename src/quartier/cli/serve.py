"""`quartier serve`: the application in the browser, the API; keeps tables and segments up to date."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quartier.cli.bilingual import command, option
from quartier.cli.session import Session, json_option, session
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.serve.run import Listening

_SOURCE = "web"


@command(
    "serve",
    Text(
        en="Take messages of SDKs over HTTP until stopped; keep tables and segments up to date.",
        fr="Recevoir par HTTP les messages des SDK jusqu'à l'arrêt ; tenir à jour les tables et les segments.",
    ),
    example="quartier serve my-shop --port 8080",
)
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@option("--host", default="127.0.0.1", text=Text(en="Address to listen on.", fr="Adresse d'écoute."), show_default=True)
@option(
    "--port",
    default=8080,
    type=click.IntRange(0, 65535),
    text=Text(en="Port; 0 takes a free one.", fr="Port ; 0 en prend un de libre."),
)
@option(
    "--period",
    default=1.0,
    type=click.FloatRange(0.05, 3600),
    show_default=True,
    text=Text(
        en="Seconds between two projections into the tables.", fr="Secondes entre deux projections dans les tables."
    ),
)
@json_option
def serve(folder: Path | None, host: str, port: int, period: float, as_json: bool) -> None:
    """Serve a workspace."""
    import logging

    from quartier.serve import run  # the server takes a moment to load
    from quartier.workspace.keys import keys_of

    now = session()
    place = folder or now.folder
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    with keys_of(place, now.clock) as keys:
        known = [each.key for each in keys.all() if each.revoked_at is None]
        key = known[0] if known else keys.create(_SOURCE).key
    run.serve(
        place, host=host, port=port, period=period, clock=now.clock,
        announce=lambda where: _announce(where, key, now, as_json=as_json),
    )  # fmt: skip
    if not as_json:
        now.say(_STOPPED)


def _announce(where: "Listening", key: str, now: Session, *, as_json: bool) -> None:
    if as_json:
        at = {"url": where.url, "host": where.host, "port": where.port}
        now.print_json({**at, "write_key": key, "setup_url": where.setup_url})
    else:
        now.say(_LISTENING, url=where.url)
        now.say(_KEY, key=key)
        if where.setup_url:
            now.say(_SETUP, url=where.setup_url)
    sys.stdout.flush()  # who started it reads this through a pipe


_LISTENING = Text(en="Listening on {url}", fr="À l'écoute sur {url}")
_KEY = Text(en="Write key: {key}", fr="Clé d'écriture : {key}")
_SETUP = Text(
    en="Nobody can sign in yet. The first owner comes in by this link, once, within a day:\n  {url}",
    fr="Personne ne peut encore se connecter. Le premier propriétaire entre par ce lien, une fois, sous un jour :\n"
    "  {url}",
)
_STOPPED = Text(
    en="Stopped; what arrived is in the tables.", fr="Arrêté ; ce qui est arrivé se trouve dans les tables."
)
