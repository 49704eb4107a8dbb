"""What an engine lacks, declared: asked for it, the engine refuses with these words, and the tests hold it to them.

A lack that is not in the table is a defect, and so is a refusal of what the table does not name. The page “Engines” of
the documentation is written from here.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from quartier.engine.dialects import Dialect
from quartier.errors import UserError
from quartier.language import Text


class Lack(StrEnum):
    """Why something is not there."""

    NOTIMPL = "notimpl"
    """The engine itself cannot."""
    NOTYET = "notyet"
    """It could; we have not built it."""
    NEVER = "never"
    """It will not, on purpose."""


class Capability(StrEnum):
    """What may be asked of an engine, beyond running a query."""

    MEMBERS = "members"
    WHOLE = "whole"
    HOME_KINDS = "home_kinds"
    LINES = "lines"
    KEY_TABLES = "key_tables"
    WRITING = "writing"
    STAGING = "staging"
    WAREHOUSE = "warehouse"
    MEMBERSHIP_TABLE = "membership_table"
    MEMBERSHIP_OF_ACCOUNTS = "membership_of_accounts"


class Lacking(UserError):
    """The engine lacks what was asked of it."""


@dataclass(frozen=True)
class Declared:
    """A lack: its kind, the reason, and what to do instead."""

    lack: Lack
    reason: Text
    remedy: Text


NAMES: dict[Dialect, str] = {"duckdb": "DuckDB", "postgres": "PostgreSQL", "pyspark": "Spark"}

LACK_WORDS = {
    Lack.NOTIMPL: Text(en="the engine cannot", fr="le moteur ne le peut pas"),
    Lack.NOTYET: Text(en="not built yet", fr="pas encore construit"),
    Lack.NEVER: Text(en="left out on purpose", fr="écarté à dessein"),
}

CAPABILITIES = {
    Capability.MEMBERS: Text(
        en="the members of a segment, leaf by leaf, as sets that come home",
        fr="les membres d'un segment, feuille par feuille, en ensembles rapatriés",
    ),
    Capability.WHOLE: Text(
        en="the members of a segment as one statement, no set coming home",
        fr="les membres d'un segment en une seule instruction, sans rien rapatrier",
    ),
    Capability.HOME_KINDS: Text(
        en="inside one statement, conditions found at home, without a table of their persons",
        fr="dans une seule instruction, les conditions calculées hors du moteur, sans table de leurs personnes",
    ),
    Capability.LINES: Text(en="properties of the lines of an event", fr="les propriétés des lignes d'un événement"),
    Capability.KEY_TABLES: Text(
        en="a set of persons sent to the engine, for a query to read",
        fr="un ensemble de personnes envoyé au moteur, lu par une requête",
    ),
    Capability.WRITING: Text(
        en="tables made, filled and completed by key", fr="des tables créées, remplies et complétées par clé"
    ),
    Capability.STAGING: Text(
        en="files typed and identified in the engine: collecting into it",
        fr="des fichiers typés et identifiés dans le moteur : y collecter",
    ),
    Capability.WAREHOUSE: Text(
        en="a warehouse in the layout of Segment or RudderStack, read where it stands",
        fr="un entrepôt au format de Segment ou de RudderStack, lu là où il est",
    ),
    Capability.MEMBERSHIP_TABLE: Text(
        en="membership and its changes written by the engine, only counts coming home",
        fr="l'appartenance et ses changements écrits par le moteur, qui ne rend que des effectifs",
    ),
    Capability.MEMBERSHIP_OF_ACCOUNTS: Text(
        en="the same for segments of accounts", fr="la même chose pour les segments de comptes"
    ),
}

_IN_POSTGRESQL = Declared(
    Lack.NOTYET,
    Text(
        en="the views over a tracking tool's tables are written for PostgreSQL",
        fr="les vues sur les tables d'un outil de suivi sont écrites pour PostgreSQL",
    ),
    Text(
        en="give such views the layout of the engine yourself, or read the data in PostgreSQL",
        fr="donnez vous-même à ces vues la disposition du moteur, ou lisez les données dans PostgreSQL",
    ),
)
_AT_HOME = Declared(
    Lack.NOTYET,
    Text(
        en="ranks and remembered memberships are computed at home",
        fr="les rangs et les appartenances mémorisées se calculent hors du moteur",
    ),
    Text(
        en="give a table of the persons for whom the condition holds, or evaluate the segment leaf by leaf",
        fr="donnez une table des personnes pour qui la condition est vraie, ou évaluez le segment feuille par feuille",
    ),
)
_COMES_HOME = Declared(
    Lack.NEVER,
    Text(
        en="a set of persons takes at most one bit a person at home, where the log of membership is",
        fr="un ensemble de personnes prend au plus un bit par personne, là où se tient le journal des appartenances",
    ),
    Text(
        en="refresh the segments: the store logs who entered and who left",
        fr="actualisez les segments : le journal retient qui est entré et qui est sorti",
    ),
)
_READ_WHERE_IT_STANDS = Text(
    en="read the data where they stand, as a warehouse, or collect with DuckDB",
    fr="lisez les données là où elles sont, en entrepôt, ou collectez avec DuckDB",
)

LACKS: dict[tuple[Dialect, Capability], Declared] = {
    ("duckdb", Capability.HOME_KINDS): _AT_HOME,
    ("postgres", Capability.HOME_KINDS): _AT_HOME,
    ("pyspark", Capability.HOME_KINDS): _AT_HOME,
    ("duckdb", Capability.WAREHOUSE): _IN_POSTGRESQL,
    ("pyspark", Capability.WAREHOUSE): _IN_POSTGRESQL,
    ("postgres", Capability.STAGING): Declared(
        Lack.NOTYET,
        Text(
            en="the typing of files is written for DuckDB", fr="le typage des fichiers est écrit pour DuckDB"
        ),
        _READ_WHERE_IT_STANDS,
    ),
    ("pyspark", Capability.WRITING): Declared(
        Lack.NEVER,
        Text(
            en="Spark reads tables that something else keeps, and writes membership only",
            fr="Spark lit des tables tenues par d'autres et n'écrit que l'appartenance",
        ),
        Text(
            en="name the tables as views of the session (`read`, `load`)",
            fr="nommez les tables comme des vues de la session (`read`, `load`)",
        ),
    ),
    ("pyspark", Capability.STAGING): Declared(
        Lack.NEVER,
        Text(
            en="Spark is for data that are already in tables too large for one machine",
            fr="Spark sert aux données déjà en tables, trop grandes pour une machine",
        ),
        _READ_WHERE_IT_STANDS,
    ),
    ("duckdb", Capability.MEMBERSHIP_TABLE): _COMES_HOME,
    ("postgres", Capability.MEMBERSHIP_TABLE): _COMES_HOME,
    ("duckdb", Capability.MEMBERSHIP_OF_ACCOUNTS): _COMES_HOME,
    ("postgres", Capability.MEMBERSHIP_OF_ACCOUNTS): _COMES_HOME,
    ("pyspark", Capability.MEMBERSHIP_OF_ACCOUNTS): Declared(
        Lack.NOTYET,
        Text(
            en="accounts are few enough to be computed at home",
            fr="les comptes, peu nombreux, se calculent hors du moteur",
        ),
        Text(en="evaluate segments of accounts leaf by leaf", fr="évaluez les segments de comptes feuille par feuille"),
    ),
}  # fmt: skip
"""What each engine lacks; all else it has."""


def refuse(engine: Dialect, asked: Capability) -> NoReturn:
    """Raise the declared error. A KeyError is a lack that nobody declared."""
    declared = LACKS[engine, asked]
    what = _REFUSED.with_(what=CAPABILITIES[asked], kind=LACK_WORDS[declared.lack], reason=declared.reason)
    raise Lacking(what, where=NAMES[engine], remedy=declared.remedy)


_REFUSED = Text(en="{what}: {kind} ({reason})", fr="{what} : {kind} ({reason})")
