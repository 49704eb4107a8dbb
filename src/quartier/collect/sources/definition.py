"""The source: a document that says where records come from, what they are and how often they are fetched.

kind: source
source: orders
from:
  database: {url: SHOP_DATABASE_URL, table: orders, cursor: updated_at}
into:
  layout: orders
  columns: {id: order_id, customer_id: user_id, created_at: time, total: property.revenue}
every: 1 hour
"""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from quartier.collect.definition import Mapping
from quartier.collect.sources.durations import checked_duration
from quartier.config import problems_of
from quartier.errors import InvalidDefinition, Unusable
from quartier.language import Text

KIND = "source"
CONNECTORS = ("hubspot", "zendesk", "shopify", "stripe", "mailchimp")
"""Services whose addresses, pages and columns are prepared: `connectors/NAME.yaml`."""

_VARIABLE = re.compile(r"^[A-Z][A-Z0-9_]{0,99}$")


def _checked_variable(value: str) -> str:
    if not _VARIABLE.match(value):
        raise Unusable(_NO_VARIABLE, _NAME_VARIABLE)  # the value may be a secret: it is not repeated
    return value


def _checked_url(value: str) -> str:
    if not re.match(r"^https?://[^\s/]+", value):
        raise Unusable(_NO_URL, _HTTP)
    return value


def _checked_word(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}", value):
        raise Unusable(_NO_WORD)
    return value


Variable = Annotated[str, AfterValidator(_checked_variable)]
"""The name of an environment variable that holds a secret; the secret itself is in no document."""

Duration = Annotated[str, AfterValidator(checked_duration)]
"""`30 minutes`, `1 hour`, `2 days`."""

Word = Annotated[str, AfterValidator(_checked_word)]
"""A part of an address: it can lead to no other host."""

HttpUrl = Annotated[str, AfterValidator(_checked_url)]


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Basic(_Document):
    """A user and a password, as HTTP basic authentication has them."""

    user: str = Field(description="the user; `$NAME` takes it from that environment variable")
    password: Variable


class HeaderKey(_Document):
    """A key in a header of its own."""

    name: str
    key: Variable


class Auth(_Document):
    """How a service knows us: one of a bearer token, a user with a password, a key in a header."""

    bearer: Variable | None = None
    basic: Basic | None = None
    header: HeaderKey | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        _refuse_several(self)
        return self

    @property
    def variables(self) -> tuple[str, ...]:
        """The environment variables whose secrets a service gets."""
        given = (self.bearer, self.basic and self.basic.password, self.header and self.header.key)
        return tuple(each for each in given if each)


class Pages(_Document):
    """How a service divides its rows into pages; the kinds and their settings are those of dlt."""

    type: Literal["single_page", "cursor", "offset", "page_number", "json_link", "header_link", "header_cursor"]
    cursor_path: str | None = None
    cursor_param: str | None = None
    cursor_body_path: str | None = None
    cursor_key: str | None = None
    has_more_path: str | None = None
    next_url_path: str | None = None
    links_next_key: str | None = None
    limit: int | None = Field(default=None, ge=1)
    offset_param: str | None = None
    limit_param: str | None = None
    base_page: int | None = None
    page_param: str | None = None
    total_path: str | None = None
    stops_when: str | None = Field(default=None, description="path of a value that is true on the last page")

    def settings(self) -> dict[str, Any]:
        """What the paginator of this type is made with."""
        given = self.model_dump(exclude_none=True, exclude={"type", "stops_when"})
        if self.type in ("offset", "page_number") and self.total_path is None:
            given["total_path"] = None  # dlt would insist on a total; an empty page ends these too
        return given


Clock = Literal["iso", "epoch_seconds", "epoch_milliseconds"]


class Incremental(_Document):
    """The column that tells what is new; `{cursor}` in parameters, path or body stands for the last value seen."""

    column: str
    written: Clock = Field(default="iso", description="how the service wants `{cursor}` written")
    starts_at: str | None = Field(default=None, description="`{cursor}` of the first run; without it, all is asked for")
    is_in_order: bool = Field(default=False, alias="in_order", description="rows come in the order of this column")
    lookback: Duration | None = Field(default=None, description="how far before the last value to ask again")
    most_rows: int | None = Field(default=None, ge=1, description="rows after which the service wants a new question")


Conversion = Literal[
    "epoch_seconds", "epoch_milliseconds", "epoch_microseconds", "minor_units", "upper", "compact_date"
]


class Shape(_Document):
    """How the rows of a service become rows of a table, before the mapping reads them."""

    explode: str | None = Field(default=None, description="a list in each row that becomes one row per item")
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict, description="rows with one of these values alone")
    pairs: tuple[str, ...] = Field(default=(), description="lists of keys with values that become columns")
    convert: dict[str, Conversion] = Field(default_factory=dict)
    names: dict[str, dict[str, str]] = Field(default_factory=dict, description="other words for values of a column")
    prefix: dict[str, str] = Field(default_factory=dict, description="what is put before the values of a column")
    first: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="a new column: the first of some columns that has a value"
    )


class Each(_Document):
    """A list that is asked for first: the stream is then asked for once per item, `{each}` in its path."""

    path: str
    rows: str
    column: str
    params: dict[str, str | int | bool] = Field(default_factory=dict)


class Rest(_Document):
    """A REST service that answers with JSON."""

    base_url: HttpUrl
    path: str
    auth: Auth | None = None
    method: Literal["GET", "POST"] = "GET"
    params: dict[str, str | int | bool] = Field(default_factory=dict)
    headers: dict[str, str] = Field(default_factory=dict)
    body: dict[str, Any] | None = None
    rows: str = Field(default="$", description="JSONPath of the list of rows in an answer")
    pages: Pages = Pages(type="single_page")
    incremental: Incremental | None = None
    shape: Shape = Shape()
    each: Each | None = None
    timeout: float = Field(default=60, gt=0, le=600, description="seconds that one answer may take in all")
    patience: float = Field(default=120, ge=0, le=3600, description="seconds to wait for a service that is busy")
    most_pages: int = Field(default=10_000, ge=1)
    is_internal: bool = Field(default=False, alias="internal", description="the host is in a network of one's own")


class Database(_Document):
    """A table of an SQL database, read through SQLAlchemy."""

    url: Variable = Field(description="environment variable that holds the SQLAlchemy URL")
    table: str
    schema_name: str | None = Field(default=None, alias="schema")
    columns: tuple[str, ...] = ()
    cursor: str | None = Field(default=None, description="column that grows with each new or changed row")
    primary_key: str | None = Field(default=None, description="column that orders rows with the same cursor")
    lookback: Duration | None = None
    rows_at_once: int = Field(default=50_000, ge=1)


class Files(_Document):
    """A folder, here or in a store of objects, whose new and changed files are collected."""

    folder: str = Field(description="a path, from the workspace on, or a URL such as s3://bucket/folder")
    pattern: str = "*"
    shape: Shape | None = None


class Connector(_Document):
    """A service that is prepared: which of its objects, and how it knows us."""

    key: Variable = Field(description="environment variable that holds the key or token")
    objects: tuple[str, ...] = Field(default=(), description="which objects; all unless given")
    account: Word | None = None
    user: str | None = None
    list: Word | None = None
    since: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$", description="nothing older than this day")
    base_url: HttpUrl | None = Field(default=None, description="another address of the service")
    timeout: float | None = Field(default=None, gt=0, le=600)
    patience: float | None = Field(default=None, ge=0, le=3600)
    most_pages: int | None = Field(default=None, ge=1)
    rates: dict[str, float] = Field(default_factory=dict, description="what one unit of a currency is worth")


class From(_Document):
    """Where records come from: exactly one of these."""

    database: Database | None = None
    rest: Rest | None = None
    files: Files | None = None
    ga4: Files | None = None
    hubspot: Connector | None = None
    zendesk: Connector | None = None
    shopify: Connector | None = None
    stripe: Connector | None = None
    mailchimp: Connector | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        _refuse_several(self)
        return self

    @property
    def kind(self) -> str:
        """`database`, `rest`, `files`, or the name of the connector."""
        return next(name for name in From.model_fields if getattr(self, name) is not None)

    @property
    def connector(self) -> Connector | None:
        """The settings of a connector, None for the other kinds."""
        return getattr(self, self.kind) if self.kind in CONNECTORS else None


class Source(_Document):
    """Where records come from, what they are and how often they are fetched."""

    kind: Literal["source"] = "source"
    source: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")
    origin: From = Field(alias="from")
    into: Mapping | None = None
    every: Duration | None = None
    is_paused: bool = Field(default=False, alias="paused", description="not fetched by itself until this is taken away")

    @model_validator(mode="after")
    def _prepared(self) -> Self:
        is_prepared = self.origin.connector is not None or self.origin.ga4 is not None
        if is_prepared and self.into is not None:
            raise Unusable(_PREPARED.with_(kind=self.origin.kind), _USE_REST)
        if self.origin.rest is not None and self.origin.rest.each is not None:
            raise Unusable(_NO_EACH)
        return self

    def as_json(self) -> dict[str, Any]:
        """The document as plain data, without what is at its default."""
        plain = self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"into"})
        into = {"into": self.into.as_json()} if self.into else {}
        return {"kind": self.kind, **plain, **into}


def read_source(document: dict[str, Any]) -> Source:
    """The source that a document describes. Raises InvalidDefinition with all that is wrong."""
    try:
        return Source.model_validate(document)
    except ValidationError as error:
        raise InvalidDefinition(str(document.get("source", KIND)), problems_of(error)) from error


def _refuse_several(given: BaseModel) -> None:
    """Raise Unusable unless exactly one key is given."""
    names = list(type(given).model_fields)
    if sum(getattr(given, name) is not None for name in names) != 1:
        raise Unusable(_ONE_OF.with_(names=", ".join(names)))


_NO_VARIABLE = Text(
    en="this is not the name of an environment variable", fr="ceci n'est pas le nom d'une variable d'environnement"
)
_NAME_VARIABLE = Text(
    en="keep the secret in an environment variable, and write its name here: CRM_TOKEN",
    fr="gardez le secret dans une variable d'environnement, et écrivez ici son nom : CRM_TOKEN",
)
_NO_WORD = Text(en="only letters, digits and - are expected", fr="seuls des lettres, des chiffres et - sont attendus")
_NO_URL = Text(en="this is not the address of a service", fr="ceci n'est pas l'adresse d'un service")
_HTTP = Text(en="an address begins with `https://` or `http://`", fr="une adresse commence par `https://` ou `http://`")
_ONE_OF = Text(en="exactly one of these is expected: {names}", fr="il faut exactement un de ces mots : {names}")
_PREPARED = Text(
    en="the mapping of {kind} is prepared: `into` has no place here",
    fr="la correspondance de {kind} est déjà prête : `into` n'a pas sa place ici",
)
_USE_REST = Text(
    en="for columns of your own, write a source of the kind `rest` or `files`",
    fr="pour vos propres colonnes, écrivez une source `rest` ou `files`",
)
_NO_EACH = Text(en="`each` is for connectors", fr="`each` est réservé aux connecteurs")
