"""The mapping: a document that says what each column of a file is, kept with the import so that it can be read again.

kind: mapping
layout: order_lines
columns:
  CustomerID: user_id
  InvoiceNo: order_id
  InvoiceDate: time
  Quantity: line.quantity
  Country: {to: trait.country, type: text}
"""

import codecs
import re
from enum import StrEnum
from typing import Any, Literal, Self

import yaml
from babel.numbers import list_currencies
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from quartier.catalog import Label, ValueType
from quartier.config import country_codes, problems_of
from quartier.errors import InvalidDefinition, Problem, Unusable, suggestion
from quartier.language import Alternatives, Text

IDENTIFIERS = ("user_id", "email", "phone", "anonymous_id")
"""Kinds of identifiers of a person, the strongest first."""

ROLES = (*IDENTIFIERS, "account_id", "time", "event", "event_id", "order_id", "currency", "skip")
_TARGET = re.compile(rf"^({'|'.join(ROLES)}|(trait|property|line)\.[a-z][a-z0-9_]*)$")


class Layout(StrEnum):
    """What one row of a file is."""

    PERSONS = "persons"
    ACCOUNTS = "accounts"
    EVENTS = "events"
    ORDERS = "orders"
    ORDER_LINES = "order_lines"


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Document):
    """What a column is: an identifier, the time, a trait, a property of the event or of a line of the order.

    `label` names a trait for readers the first time it is met; the catalog keeps the label that it has.
    """

    to: str
    type: ValueType | None = None
    label: Label | None = None

    @model_validator(mode="before")
    @classmethod
    def _target_alone(cls, value: object) -> object:
        return {"to": value} if isinstance(value, str) else value

    @field_validator("to")
    @classmethod
    def _known_target(cls, value: str) -> str:
        if not _TARGET.match(value):
            raise Unusable(_UNKNOWN_TARGET.with_(value=value), _TARGETS_ARE.with_(names=Alternatives(_TARGETS)))
        return value

    @model_validator(mode="after")
    def _label_of_a_trait(self) -> Self:
        if self.label is not None and self.kind != "trait":
            raise Unusable(_NO_LABEL.with_(target=self.to), _LABEL_TRAITS)
        return self

    @property
    def kind(self) -> str:
        """`trait`, `property`, `line`, or the role itself."""
        return self.to.partition(".")[0]

    @property
    def name(self) -> str:
        """The name of the trait or property, or the role itself."""
        return self.to.rpartition(".")[2]


class Form(_Document):
    """How the file is written, where it must be told or was found out."""

    format: Literal["delimited", "excel", "json", "ndjson", "parquet"] | None = None
    encoding: str | None = None
    delimiter: str | None = Field(default=None, description="one character, or `spaces` for runs of white space")
    sheet: str | None = None
    columns: tuple[str, ...] = Field(default=(), description="names of the columns of a file without a header")

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str | None) -> str | None:
        try:
            codecs.lookup(value or "utf-8")
        except LookupError as error:
            raise Unusable(_UNKNOWN_ENCODING.with_(value=value), _USUAL_ENCODINGS) from error
        return value

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, value: str | None) -> str | None:
        if value is not None and value != "spaces" and (len(value) != 1 or value in '\r\n"'):
            raise Unusable(_NO_DELIMITER.with_(value=value))
        return value


class Mapping(_Document):
    """How a file is read into persons, accounts, events and orders."""

    kind: Literal["mapping"] = "mapping"
    layout: Layout
    columns: dict[str, Column]
    form: Form = Form()
    event: str | None = Field(default=None, min_length=1, description="the event type, when no column says it")
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal[".", ","] | None = None
    time_zone: str | None = None
    country: str | None = Field(default=None, description="ISO 3166 code: phones that name no country are of it")
    currency: str | None = None
    rates: dict[str, float] = Field(default_factory=dict, description="what one unit of a currency is worth")
    repeated_rows: Literal["keep", "drop"] = "keep"
    refunds: Literal["negative", "none"] = "negative"
    free_lines: Literal["keep", "reject"] = "keep"
    missing: tuple[str, ...] = Field(default=(), description="words that stand for no value, beside the usual ones")

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, value: str | None) -> str | None:
        if value is not None and value not in list_currencies():
            raise Unusable(_UNKNOWN_CURRENCY.with_(value=value), suggestion(value, sorted(list_currencies())))
        return value

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str | None) -> str | None:
        if value is not None and value not in country_codes():
            raise Unusable(_UNKNOWN_COUNTRY.with_(value=value), suggestion(value, sorted(country_codes())))
        return value

    @model_validator(mode="after")
    def _rules(self) -> Self:
        doubled = _doubled(self.columns)
        if doubled:
            raise Unusable(_DOUBLED.with_(columns="; ".join(doubled)), _SKIP)
        if self.layout is Layout.EVENTS and not self.event and not self.columns_to("event"):
            raise Unusable(_NO_EVENT, _NAME_EVENT)
        return self

    def columns_to(self, kind: str) -> dict[str, Column]:
        """The columns of one kind: `trait`, `property`, `line`, or a role."""
        return {name: each for name, each in self.columns.items() if each.kind == kind}

    def column_to(self, target: str) -> str | None:
        """The column with exactly this target, or None."""
        return next((name for name, each in self.columns.items() if each.to == target), None)

    @classmethod
    def read(cls, document: str | dict[str, Any], name: str = "mapping") -> Self:
        """A mapping from YAML, JSON or plain data. Raises InvalidDefinition with all that is wrong."""
        try:
            given = yaml.safe_load(document) if isinstance(document, str) else document
            return cls.model_validate(given)
        except yaml.YAMLError as error:
            unreadable = Text(en="not valid YAML", fr="YAML incorrect")
            raise InvalidDefinition(name, [Problem(_yaml_place(error), unreadable)]) from error
        except ValidationError as error:
            raise InvalidDefinition(name, problems_of(error)) from error

    def as_json(self) -> dict[str, Any]:
        """The document as plain data, without what is at its default."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        return {"kind": self.kind, **plain, "columns": {name: _short(each) for name, each in self.columns.items()}}

    def as_yaml(self) -> str:
        """The document as it is kept in a file."""
        return yaml.safe_dump(self.as_json(), sort_keys=False, allow_unicode=True)


def _short(column: Column) -> str | dict[str, Any]:
    told = column.model_dump(mode="json", exclude_none=True)
    return column.to if len(told) == 1 else told


def _doubled(columns: dict[str, Column]) -> list[str]:
    by_target: dict[str, list[str]] = {}
    for name, column in columns.items():
        if column.to != "skip":
            by_target.setdefault(column.to, []).append(name)
    return [f"{_listed(names)} → {to}" for to, names in by_target.items() if names[1:]]


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _yaml_place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{mark.line + 1}:{mark.column + 1}" if mark else ""


_TARGETS = (*ROLES, "trait.NAME", "property.NAME", "line.NAME")
_UNKNOWN_ENCODING = Text(
    en="unknown encoding “{value}”",
    fr="encodage inconnu\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}»",
)
_USUAL_ENCODINGS = Text(
    en="usual ones: utf-8, cp1252, latin-1", fr="les plus courants\N{NO-BREAK SPACE}: utf-8, cp1252, latin-1"
)
_NO_DELIMITER = Text(
    en="“{value}” cannot separate columns: write one character, or `spaces`",
    fr="«\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}» ne peut pas séparer des colonnes\N{NO-BREAK SPACE}: écrivez un "
    "seul caractère, ou `spaces`",
)
_UNKNOWN_COUNTRY = Text(
    en="unknown country “{value}”",
    fr="pays inconnu\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}»",
)
_UNKNOWN_CURRENCY = Text(
    en="unknown currency “{value}”",
    fr="devise inconnue\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}»",
)
_UNKNOWN_TARGET = Text(
    en="a column cannot be “{value}”", fr="une colonne ne peut pas être «\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}»"
)
_NO_LABEL = Text(
    en="“{target}” takes no label",
    fr="«\N{NO-BREAK SPACE}{target}\N{NO-BREAK SPACE}» ne prend pas de libellé",
)
_LABEL_TRAITS = Text(
    en="give labels to columns that are traits (`trait.NAME`)",
    fr="donnez des libellés aux colonnes qui sont des traits (`trait.NAME`)",
)
_TARGETS_ARE = Text(en="it can be {names}", fr="elle peut être {names}")
_DOUBLED = Text(
    en="several columns are the same thing: {columns}",
    fr="plusieurs colonnes sont la même chose\N{NO-BREAK SPACE}: {columns}",
)
_SKIP = Text(en="rename or skip all but one", fr="renommez-les ou ignorez-les (`skip`), sauf une")
_NO_EVENT = Text(en="events have no name here", fr="les événements n'ont pas de nom ici")
_NAME_EVENT = Text(
    en="write `event: NAME`, or give a column that is the event",
    fr="écrivez `event: NOM`, ou donnez une colonne qui est l'événement (`event`)",
)
