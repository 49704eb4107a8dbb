"""What is known of the data: traits of persons and accounts, event types and their properties."""

import functools
import re
import unicodedata
from enum import StrEnum
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from quartier.catalog.families import Family, Sensitivity
from quartier.language import Language, Text, verbatim

Subject = Literal["person", "account"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)


def other_subject(of: Subject) -> Subject:
    """Accounts of persons, persons of accounts."""
    return "account" if of == "person" else "person"


class ValueType(StrEnum):
    """The type of a trait or property; `lines` are the lines of an order, each with properties of its own."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"
    TEXTS = "texts"
    LINES = "lines"


class Meaning(StrEnum):
    """What a value is in the world, whatever the file called it; ready-made segments look for these."""

    USER_ID = "user_id"
    ANONYMOUS_ID = "anonymous_id"
    ACCOUNT_ID = "account_id"
    EMAIL = "email"
    PHONE = "phone"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    GENDER = "gender"
    BIRTH_DATE = "birth_date"
    BIRTH_YEAR = "birth_year"
    AGE = "age"
    ADDRESS = "address"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    LANGUAGE = "language"
    TIME_ZONE = "time_zone"
    CURRENCY = "currency"
    INCOME = "income"
    SIGNUP_AT = "signup_at"
    PLAN = "plan"
    DEVICE = "device"
    BROWSER = "browser"
    OPERATING_SYSTEM = "operating_system"
    COMPANY = "company"
    INDUSTRY = "industry"
    EMPLOYEES = "employees"
    TURNOVER = "turnover"
    BALANCE_SHEET = "balance_sheet"
    FOUNDED = "founded"
    BUSINESS_MODEL = "business_model"
    WEBSITE = "website"
    PARENT_ACCOUNT = "parent_account"
    ACCOUNT_ROLE = "account_role"
    LIFETIME_VALUE = "lifetime_value"
    RECOMMENDATION = "recommendation"


class ValueRule(StrEnum):
    """Which of several values that were said of a trait is held."""

    MOST_RECENT = "most_recent"
    """the one that was said last"""
    MOST_TRUSTED = "most_trusted"
    """the last one of the source that is trusted most, of those that said any"""
    MOST_FREQUENT = "most_frequent"
    """the one that was said most often; of several the last"""
    VERIFIED_FIRST = "verified_first"
    """the last one of the sources that verify what they say, if any did; else the last one"""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def __hash__(self) -> int:
        """By name where there is one: what conditions hold is looked up often, and nearly never differs otherwise."""
        return hash((type(self).__name__, getattr(self, "name", None)))


class Label(_Document):
    """A name for readers, in both languages."""

    fr: str
    en: str

    @property
    def text(self) -> Text:
        """The label as a Text; braces in it are kept as they are."""
        return verbatim(self.en, self.fr)

    def to(self, language: Language) -> str:
        """The label in one language."""
        return self.fr if language == "fr" else self.en


class Trait(_Document):
    """One value per person or account."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: ValueType
    family: Family
    label: Label
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    meaning: Meaning | None = None
    origin: Literal["given", "computed", "predicted"] = "given"
    rule: ValueRule | None = None
    """Which of several values is held; that of the catalog unless said."""
    of: Subject = "person"
    is_new: bool = False
    """It came by itself, in a message or from a source, and nobody has said yet what it is."""


class Property(_Document):
    """One value of an event, or of a line of it."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: ValueType
    label: Label
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    meaning: Meaning | None = None
    properties: tuple["Property", ...] = ()
    is_new: bool = False
    """As for traits."""

    @model_validator(mode="after")
    def _lines_have_properties(self) -> Self:
        if (self.type is ValueType.LINES) != bool(self.properties):
            raise ValueError("`lines` has properties of its own, and nothing else has")
        return self


class EventType(_Document):
    """Something that persons do, with its typed properties."""

    name: str = Field(min_length=1)
    label: Label
    properties: tuple[Property, ...] = ()
    is_new: bool = False
    """As for traits."""

    @property
    def table(self) -> str:
        """The table that holds these events: `Order Completed` is in `event_order_completed`."""
        return f"event_{slug(self.name)}"

    def property(self, path: str) -> Property | None:
        """The property at `revenue` or `products.category`, or None."""
        head, _, rest = path.partition(".")
        found = next((each for each in self.properties if each.name == head), None)
        if not rest or found is None:
            return found
        return next((each for each in found.properties if each.name == rest), None)

    def paths(self) -> list[str]:
        """Every property that a condition can name, lines unfolded."""
        own = [each.name for each in self.properties if each.type is not ValueType.LINES]
        return own + [f"{each.name}.{line.name}" for each in self.properties for line in each.properties]


class Catalog(_Document):
    """All traits and event types; editable as one document."""

    kind: Literal["catalog"] = "catalog"
    traits: tuple[Trait, ...] = ()
    events: tuple[EventType, ...] = ()
    rule: ValueRule = ValueRule.MOST_RECENT
    """Which of several values of a trait is held, unless the trait says."""
    trusted: tuple[str, ...] = ()
    """Files and sources of messages, the most trusted first; `*` stands for any letters."""
    verified: tuple[str, ...] = ()
    """Files and sources of messages that verify what they say: a double opt-in, a till, a look at papers."""

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for names in ([(t.of, t.name) for t in self.traits], [slug(e.name) for e in self.events]):
            doubled = sorted({str(name) for name in names if names.count(name) > 1})  # type: ignore[arg-type]
            if doubled:
                raise ValueError(f"named twice: {', '.join(doubled)}")
        return self

    def trait(self, name: str, of: Subject = "person") -> Trait | None:
        """The trait of that name, or None."""
        return next((each for each in self.traits if each.name == name and each.of == of), None)

    def rule_of(self, trait: Trait) -> ValueRule:
        """Which of several values of a trait is held."""
        return trait.rule or self.rule

    def event(self, name: str) -> EventType | None:
        """The event type of that name, or None; letter case does not count."""
        return next((each for each in self.events if each.name.casefold() == name.casefold()), None)

    def with_meaning(self, meaning: Meaning, of: Subject = "person") -> Trait | None:
        """The first trait that means this, or None."""
        return next((each for each in self.traits if each.meaning is meaning and each.of == of), None)

    def with_traits(self, *traits: Trait) -> "Catalog":
        """The catalog with these traits put in, replacing those of the same name."""
        replaced = {(each.of, each.name) for each in traits}
        kept = tuple(each for each in self.traits if (each.of, each.name) not in replaced)
        return self.model_copy(update={"traits": kept + traits})

    def with_event(self, event: EventType) -> "Catalog":
        """The catalog with this event type put in, replacing the one of the same name."""
        kept = tuple(each for each in self.events if slug(each.name) != slug(event.name))
        return self.model_copy(update={"events": (*kept, event)})


@functools.lru_cache(maxsize=4096)  # tables are named after events wherever they are read
def slug(name: str) -> str:
    """A name as identifiers are written: `Prénom du client` becomes `prenom_du_client`, `CustomerID` `customer_id`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", plain)
    written = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    return written if written[:1].isalpha() else f"c_{written}".rstrip("_")
