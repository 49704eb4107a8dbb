"""Why a source could not be read, in words: the cause, where, and what to do. No message holds what a service said."""

from quartier.errors import UserError
from quartier.language import Text


class SourceFailed(UserError):
    """A source that could not be read; what came before is kept, and the next run goes on from there."""


def hangs(host: str, seconds: float) -> SourceFailed:
    """The service accepts a question and does not answer it in time."""
    return SourceFailed(_HANGS.with_(seconds=round(seconds)), where=host, remedy=_LATER)


def unreachable(host: str) -> SourceFailed:
    """No connection, or one that was cut again and again."""
    return SourceFailed(_UNREACHABLE, where=host, remedy=_CHECK_HOST)


def unknown_host(host: str) -> SourceFailed:
    """The name of the host leads nowhere."""
    return SourceFailed(_UNKNOWN_HOST, where=host, remedy=_CHECK_HOST)


def refused(host: str, status: int, variables: tuple[str, ...]) -> SourceFailed:
    """401 or 403: the service does not accept the key."""
    if not variables:
        return SourceFailed(_REFUSED.with_(status=status), where=host, remedy=_GIVE_AUTH)
    return SourceFailed(_REFUSED.with_(status=status), where=host, remedy=_CHECK_KEY.with_(variables=list(variables)))


def busy(host: str, seconds: float | None) -> SourceFailed:
    """429, for longer than we wait."""
    if seconds is None:
        return SourceFailed(_BUSY, where=host, remedy=_LATER)
    return SourceFailed(_BUSY_FOR.with_(seconds=round(seconds)), where=host, remedy=_LATER)


def broken(host: str, status: int) -> SourceFailed:
    """5xx, again and again."""
    return SourceFailed(_BROKEN.with_(status=status), where=host, remedy=_LATER)


def unexpected(host: str, status: int) -> SourceFailed:
    """Any other status: the question was wrong."""
    return SourceFailed(_UNEXPECTED.with_(status=status), where=host, remedy=_CHECK_QUESTION)


def redirected(host: str) -> SourceFailed:
    """An answer that leads elsewhere: followed nowhere, as the key would go there too."""
    return SourceFailed(_REDIRECTED, where=host, remedy=_CHECK_URL)


def led_away(host: str) -> SourceFailed:
    """A next page on another host."""
    return SourceFailed(_LED_AWAY, where=host, remedy=_CHECK_URL)


def is_private(host: str) -> SourceFailed:
    """A host whose address is in a private network, though the document does not say so."""
    return SourceFailed(_PRIVATE, where=host, remedy=_SAY_INTERNAL)


def no_json(host: str) -> SourceFailed:
    """HTML, or anything that is not JSON."""
    return SourceFailed(_NO_JSON, where=host, remedy=_CHECK_URL)


def no_rows(host: str, selector: str) -> SourceFailed:
    """JSON without the rows where the document says they are."""
    return SourceFailed(_NO_ROWS.with_(selector=selector), where=host, remedy=_CHECK_ROWS)


def no_pages(host: str) -> SourceFailed:
    """JSON without what tells whether there is a next page."""
    return SourceFailed(_NO_PAGES, where=host, remedy=_CHECK_PAGES)


def too_large(host: str, megabytes: int) -> SourceFailed:
    """One answer larger than is read."""
    return SourceFailed(_TOO_LARGE.with_(megabytes=megabytes), where=host, remedy=_SMALLER_PAGES)


def endless(host: str, pages: int) -> SourceFailed:
    """More pages than are read in one run."""
    return SourceFailed(_ENDLESS.with_(pages=pages), where=host, remedy=_CHECK_PAGES)


def repeated(host: str) -> SourceFailed:
    """The same page twice: the service does not understand how we ask for the next one."""
    return SourceFailed(_REPEATED, where=host, remedy=_CHECK_PAGES)


def no_secret(variable: str) -> SourceFailed:
    """The environment lacks a variable that the document names."""
    return SourceFailed(_NO_SECRET.with_(variable=variable), remedy=_SET_IT.with_(variable=variable))


def no_database(table: str, kind: str) -> SourceFailed:
    """The database cannot be opened or asked; `kind` is the class of its error."""
    return SourceFailed(_NO_DATABASE.with_(kind=kind), where=table, remedy=_CHECK_DATABASE)


def no_column(stream: str, column: str) -> SourceFailed:
    """A column without which the rows mean nothing has vanished."""
    return SourceFailed(_NO_COLUMN.with_(column=column), where=stream, remedy=_MAP_ANEW)


def no_folder(folder: str) -> SourceFailed:
    """The folder of files is not there, or may not be read."""
    return SourceFailed(_NO_FOLDER, where=folder, remedy=_CHECK_FOLDER)


def no_library() -> SourceFailed:
    """The extra `sources` is not installed."""
    return SourceFailed(_NO_LIBRARY, remedy=_INSTALL)


def no_driver(name: str) -> SourceFailed:
    """A library for this kind of database or store of objects is not installed."""
    return SourceFailed(_NO_DRIVER.with_(name=name), remedy=_INSTALL_DRIVER.with_(name=name))


def unsure(stream: str) -> SourceFailed:
    """The mapping that was guessed needs an answer."""
    return SourceFailed(_UNSURE, where=stream, remedy=_TRY)


def nothing_yet(stream: str) -> SourceFailed:
    """No row as yet from which a mapping could be guessed."""
    return SourceFailed(_NOTHING_YET, where=stream, remedy=_WAIT_OR_WRITE)


_LATER = Text(
    en="nothing is lost: the next run goes on from the last row that came",
    fr="rien n'est perdu : la prochaine exécution reprend à la dernière ligne reçue",
)
_HANGS = Text(en="no whole answer in {seconds} s", fr="pas de réponse complète en {seconds} s")
_UNREACHABLE = Text(en="the connection is refused or cut", fr="la connexion est refusée ou coupée")
_UNKNOWN_HOST = Text(en="no host has this name", fr="aucune machine ne porte ce nom")
_CHECK_HOST = Text(
    en="look at the address and at the network; the next run goes on from the last row that came",
    fr="vérifiez l'adresse et le réseau ; la prochaine exécution reprend à la dernière ligne reçue",
)
_REFUSED = Text(en="the service does not accept the key ({status})", fr="le service n'accepte pas la clé ({status})")
_CHECK_KEY = Text(
    en="put a valid key with the right to read into {variables}",
    fr="mettez dans {variables} une clé valable, qui a le droit de lire",
)
_GIVE_AUTH = Text(en="give a key with `auth`", fr="donnez une clé avec `auth`")
_BUSY = Text(en="the service is busy (429)", fr="le service est saturé (429)")
_BUSY_FOR = Text(
    en="the service is busy (429) and asks to wait {seconds} s",
    fr="le service est saturé (429) et demande {seconds} s d'attente",
)
_BROKEN = Text(
    en="the service fails ({status}), again and again", fr="le service échoue ({status}), plusieurs fois de suite"
)
_UNEXPECTED = Text(en="the service refuses the question ({status})", fr="le service refuse la question ({status})")
_CHECK_QUESTION = Text(en="look at the path and the parameters", fr="vérifiez le chemin et les paramètres")
_REDIRECTED = Text(en="the service sends us elsewhere", fr="le service renvoie ailleurs")
_LED_AWAY = Text(en="the next page is on another host", fr="la page suivante est sur une autre machine")
_CHECK_URL = Text(en="look at `base_url` and `path`", fr="vérifiez `base_url` et `path`")
_PRIVATE = Text(en="its address is in a private network", fr="son adresse est dans un réseau privé")
_SAY_INTERNAL = Text(
    en="if the service is your own, write `internal: true` in the source",
    fr="si ce service est le vôtre, écrivez `internal: true` dans la source",
)
_NO_JSON = Text(en="the answer is not JSON", fr="la réponse n'est pas du JSON")
_NO_ROWS = Text(en="the answer has no rows at “{selector}”", fr="la réponse n'a pas de lignes à « {selector} »")
_CHECK_ROWS = Text(en="look at `rows`", fr="vérifiez `rows`")
_TOO_LARGE = Text(en="one answer is larger than {megabytes} MB", fr="une réponse dépasse {megabytes} Mo")
_SMALLER_PAGES = Text(en="ask for smaller pages", fr="demandez des pages plus petites")
_ENDLESS = Text(en="more than {pages} pages", fr="plus de {pages} pages")
_NO_PAGES = Text(
    en="the answer does not say whether there is a next page", fr="la réponse ne dit pas s'il y a une page suivante"
)
_REPEATED = Text(en="the same page came twice", fr="la même page est venue deux fois")
_CHECK_PAGES = Text(
    en="look at `pages`; the rows that came are kept", fr="vérifiez `pages` ; les lignes reçues sont gardées"
)
_NO_SECRET = Text(
    en="the environment variable {variable} is not set", fr="la variable d'environnement {variable} n'est pas définie"
)
_SET_IT = Text(
    en="set it where Quartier runs: `export {variable}=…`",
    fr="définissez-la là où Quartier tourne : `export {variable}=…`",
)
_NO_DATABASE = Text(en="the database cannot be asked ({kind})", fr="impossible d'interroger la base ({kind})")
_CHECK_DATABASE = Text(
    en="look at the URL, the table, the columns and the right to read",
    fr="vérifiez l'URL, la table, les colonnes et le droit de lire",
)
_NO_COLUMN = Text(
    en="the column “{column}” is gone: without it, rows mean nothing",
    fr="la colonne « {column} » a disparu : sans elle, les lignes ne disent rien",
)
_MAP_ANEW = Text(en="change `into` to the columns that there are", fr="adaptez `into` aux colonnes qui existent")
_NO_FOLDER = Text(en="there is no folder that can be read here", fr="il n'y a pas de dossier lisible ici")
_CHECK_FOLDER = Text(
    en="look at `folder`, and at the keys of the store of objects",
    fr="vérifiez `folder`, et les clés du dépôt d'objets",
)
_NO_LIBRARY = Text(
    en="sources need a library that is not installed",
    fr="les sources ont besoin d'une bibliothèque qui n'est pas installée",
)
_INSTALL = Text(en="install it: `pip install quartier[sources]`", fr="installez-la : `pip install quartier[sources]`")
_NO_DRIVER = Text(en="the library {name} is not installed", fr="la bibliothèque {name} n'est pas installée")
_INSTALL_DRIVER = Text(en="install it: `pip install {name}`", fr="installez-la : `pip install {name}`")
_UNSURE = Text(en="the mapping that was guessed needs an answer", fr="la correspondance devinée demande une réponse")
_TRY = Text(
    en="see it with `quartier source try`, and write it into the source as `into`",
    fr="voyez-la avec `quartier source try`, puis écrivez-la dans la source, sous `into`",
)
_NOTHING_YET = Text(
    en="there is no row as yet from which a mapping could be guessed",
    fr="il n'y a encore aucune ligne d'où deviner une correspondance",
)
_WAIT_OR_WRITE = Text(
    en="wait for the first rows, or write `into`", fr="attendez les premières lignes, ou écrivez `into`"
)
