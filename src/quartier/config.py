"""The settings of a workspace: one typed object, read at the edge from `quartier.toml` and passed on."""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.numbers import list_currencies
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from quartier.errors import InvalidDefinition, Problem, Unusable, suggestion
from quartier.language import Language, Said, Text

FILE_NAME = "quartier.toml"


class OpenId(BaseModel):
    """The OpenID provider where users may sign in, too; the secret that it gave is in no file of ours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(min_length=1, max_length=60, description="what the provider is called on the sign-in page")
    issuer: str = Field(max_length=500, description="its address as it writes it into its tokens: https://…")
    client_id: str = Field(min_length=1, max_length=300, description="what Quartier is called there")
    secret_env: str = Field(
        pattern="^[A-Za-z_][A-Za-z0-9_]*$", description="environment variable that holds the secret; never the secret"
    )
    newcomers_domain: str | None = Field(
        default=None, description="whose verified e-mail is of this domain comes in without an invitation"
    )
    newcomers_role: Literal["analyst", "marketer", "sales", "support", "viewer"] = Field(
        default="viewer", description="the role of those who came in by their domain"
    )

    @field_validator("issuer")
    @classmethod
    def _an_address(cls, value: str) -> str:
        from quartier.egress import NoWayOut, is_loopback  # most workspaces name no provider
        from quartier.egress import place_of as reached

        try:
            place, plain = reached(value), not urlsplit(value).query and not urlsplit(value).fragment
        except NoWayOut as error:
            raise Unusable(_NO_ISSUER.with_(value=value)) from error
        if not plain or (place.scheme != "https" and not is_loopback(place.host)):
            raise Unusable(_NO_ISSUER.with_(value=value))
        return value

    @field_validator("newcomers_domain")
    @classmethod
    def _a_domain(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", value.lower()):
            raise Unusable(_NO_DOMAIN.with_(value=value))
        return value and value.lower()


class Config(BaseModel):
    """What a workspace is set to; each field's description is also its help."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, description="what the workspace is called in reports")
    language: Language = Field(default="en", description="language of reports and messages: en or fr")
    time_zone: str = Field(default="Europe/Paris", description="zone of calendar words and of files without a zone")
    currency: str = Field(default="EUR", description="ISO 4217 code of the amounts")
    country: str = Field(
        default="FR", description="ISO 3166 code: phones and postal codes that name no country are of it"
    )
    places: bool = Field(default=False, description="true derives where persons live: region, position, urban or rural")
    is_synthetic: bool = Field(default=False, description="true where all data are made up: reports then say so")
    memory_limit: str = Field(default="4GB", description="most memory of DuckDB, e.g. 512MB or 4GB")
    query_seconds: float = Field(default=1800, gt=0, description="longest time of a query of the engine, in seconds")
    threads: int | None = Field(default=None, ge=1, description="threads of DuckDB; as many as cores unless given")

    join_by_domain: bool = Field(
        default=False, description="true to make persons members of the company whose domain their e-mail has"
    )
    households: bool = Field(
        default=False, description="true to make accounts of persons with one address and one last name"
    )
    household_most: int = Field(default=8, ge=2, description="most persons of a household; more are set aside")

    open_id: OpenId | None = Field(default=None, description="an OpenID provider where users may sign in, too")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in zone_names():
            raise Unusable(_UNKNOWN_ZONE.with_(value=value), suggestion(value, sorted(zone_names())))
        return value

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, value: str) -> str:
        if value not in list_currencies():
            raise Unusable(_UNKNOWN_CURRENCY.with_(value=value), suggestion(value, sorted(list_currencies())))
        return value

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        if value not in country_codes():
            raise Unusable(_UNKNOWN_COUNTRY.with_(value=value), suggestion(value, sorted(country_codes())))
        return value

    @field_validator("memory_limit")
    @classmethod
    def _a_size(cls, value: str) -> str:
        if not re.fullmatch(r"\d+(\.\d+)?\s*(MB|GB|TB)", value):
            raise Unusable(_NO_SIZE.with_(value=value))
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The settings of the workspace in `folder`. Raises InvalidDefinition with all that is wrong."""
        path = folder / FILE_NAME
        try:
            return cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            unreadable = Text(en="not valid TOML: {reason}", fr="TOML incorrect\N{NO-BREAK SPACE}: {reason}")
            raise InvalidDefinition(FILE_NAME, [Problem("", unreadable.with_(reason=str(error)))]) from error
        except ValidationError as error:
            raise InvalidDefinition(FILE_NAME, problems_of(error)) from error

    def write(self, folder: Path) -> None:
        """Write `quartier.toml`, each setting under its help."""
        plain, tables = _lines(self), []
        for name, field in type(self).model_fields.items():  # TOML wants tables after all that stands in none
            if isinstance(inner := getattr(self, name), BaseModel):
                tables += [f"# {field.description}", f"[{name}]", *_lines(inner)]
        (folder / FILE_NAME).write_text("\n".join(plain + tables), encoding="utf-8")


def _lines(settings: BaseModel) -> list[str]:
    """Each setting that is no table under its help."""
    lines = []
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if not isinstance(value, BaseModel):
            empty = f"# [{name}]" if name in _TABLES else f"# {name} ="
            lines += [f"# {field.description}", empty if value is None else f"{name} = {_as_toml(value)}", ""]
    return lines


def _as_toml(value: str | int) -> str:
    """JSON is TOML too for texts and numbers, but for the one control character that TOML refuses."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@cache
def country_codes() -> frozenset[str]:
    """The countries and territories by their ISO 3166 codes of two letters."""
    codes = get_global("territory_currencies")
    return frozenset(each for each in codes if re.fullmatch("[A-Z]{2}", each)) - _NO_COUNTRIES


@cache
def zone_names() -> frozenset[str]:
    """The zones of this machine by name; listing them reads a few hundred files."""
    return frozenset(available_timezones())


def problems_of(error: ValidationError) -> list[Problem]:
    """What pydantic found wrong with a document, as problems with their places."""
    return [problem(place_of(each["loc"]), each) for each in error.errors()]


def place_of(location: tuple[int | str, ...]) -> str:
    """('where', 'all', 2, 'trait') as `where.all[2].trait`."""
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return place.removeprefix(".")


def problem(place: str, error: Mapping[str, Any]) -> Problem:
    """One error of pydantic as a problem at a place; an `Unusable` keeps its own words."""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Unusable):
        return Problem(place, cause.what, cause.remedy)
    return Problem(place, _said(error))


def _said(error: Mapping[str, Any]) -> Text | Said:
    if known := _KNOWN_MESSAGES.get(str(error["type"])):
        return known.with_(**{name: _listed(value) for name, value in error.get("ctx", {}).items()})
    message = str(error["msg"]).removeprefix("Value error, ").replace("{", "{{").replace("}", "}}")
    return Text(en=message, fr=message)


def _listed(value: object) -> object:
    """Pydantic writes choices as 'a', 'b' or 'c', in English."""
    return value.replace(" or ", ", ") if isinstance(value, str) else value


_UNKNOWN_ZONE = Text(en="unknown time zone “{value}”", fr="fuseau horaire inconnu : « {value} »")
_UNKNOWN_CURRENCY = Text(en="unknown currency “{value}”", fr="devise inconnue : « {value} »")
_UNKNOWN_COUNTRY = Text(en="unknown country “{value}”", fr="pays inconnu : « {value} »")
_NO_COUNTRIES = frozenset({"EU", "ZZ", "SU", "DD", "YU", "CS", "AN"})
_TABLES = frozenset({"open_id"})
_NO_ISSUER = Text(
    en="“{value}” is not the address of an OpenID provider, as https://accounts.example.org",
    fr="« {value} » n'est pas l'adresse d'un fournisseur OpenID, comme https://accounts.example.org",
)
_NO_DOMAIN = Text(
    en="“{value}” is not a domain of e-mail addresses, as example.org",
    fr="« {value} » n'est pas un domaine d'adresses e-mail, comme example.org",
)
_NO_SIZE = Text(
    en="“{value}” is not a size like 512MB or 4GB", fr="« {value} » n'est pas une taille comme 512MB ou 4GB"
)
_LIST = Text(en="a list is expected: [one, another]", fr="une liste est attendue : [une, une autre]")

_KNOWN_MESSAGES = {
    "extra_forbidden": Text(en="this key is not known here", fr="cette clé est inconnue ici"),
    "missing": Text(en="this key is missing", fr="cette clé manque"),
    "string_type": Text(en="a text is expected", fr="un texte est attendu"),
    "int_type": Text(en="a whole number is expected", fr="un nombre entier est attendu"),
    "float_type": Text(en="a number is expected", fr="un nombre est attendu"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": Text(en="a mapping of keys to values is expected", fr="des clés et leurs valeurs sont attendues"),
    "string_too_short": Text(en="this text is empty", fr="ce texte est vide"),
    "float_parsing": Text(en="a number is expected", fr="un nombre est attendu"),
    "int_parsing": Text(en="a whole number is expected", fr="un nombre entier est attendu"),
    "bool_type": Text(en="true or false is expected", fr="true ou false est attendu"),
    "literal_error": Text(
        en="one of these is expected: {expected}", fr="l'une de ces valeurs est attendue : {expected}"
    ),
    "enum": Text(en="one of these is expected: {expected}", fr="l'une de ces valeurs est attendue : {expected}"),
    "string_pattern_mismatch": Text(
        en="this does not have the form `{pattern}`", fr="ceci n'a pas la forme `{pattern}`"
    ),
    "union_tag_invalid": Text(
        en="one of these is expected as {discriminator}: {expected_tags}",
        fr="l'une de ces valeurs est attendue pour {discriminator}\N{NO-BREAK SPACE}: {expected_tags}",
    ),
    "union_tag_not_found": Text(en="the key {discriminator} is missing", fr="la clé {discriminator} manque"),
    "too_short": Text(en="this needs at least {min_length}", fr="il en faut ici au moins {min_length}"),
    "greater_than_equal": Text(en="at least {ge} is expected", fr="il faut au moins {ge}"),
    "greater_than": Text(en="more than {gt} is expected", fr="il faut plus de {gt}"),
    "less_than_equal": Text(en="at most {le} is expected", fr="il faut au plus {le}"),
    "less_than": Text(en="less than {lt} is expected", fr="il faut moins de {lt}"),
}
