"""A mapping guessed from the names and the first values of the columns, with what the guess is unsure of. Pure."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from quartier.catalog import Catalog, Meaning, slug
from quartier.catalog.model import ValueType
from quartier.catalog.recognise import Recognised, recognise, type_of
from quartier.collect import words
from quartier.collect.definition import Column, Form, Layout, Mapping
from quartier.collect.plan import wider
from quartier.config import problems_of
from quartier.engine import RESERVED
from quartier.errors import InvalidDefinition, Problem
from quartier.language import Said, Text

Samples = Dict[str, Sequence[str | None]]
_IDENTIFYING = {
    Meaning.USER_ID: "user_id", Meaning.EMAIL: "email", Meaning.PHONE: "phone", Meaning.ANONYMOUS_ID: "anonymous_id",
}  # fmt: skip
_PLACEHOLDERS = frozenset({"select", "choose", "sélectionner", "selectionner", "choisir", "please select"})


@dataclass(frozen=True)
class Proposal:
    """A mapping to show and to ask about; `questions` say what it is unsure of."""

    mapping: Mapping
    questions: tuple[Text | Said, ...] = ()
    recognised: Dict[str, Recognised] = field(default_factory=dict)

    @property
    def is_sure(self) -> bool:
        """Whether nothing needs to be asked."""
        return not self.questions

    def as_json(self) -> dict[str, Any]:
        """The mapping and the questions, in English, as plain data."""
        return {"mapping": self.mapping.as_json(), "questions": [each.to("en") for each in self.questions]}


def propose_mapping(
    names: Sequence[str], samples: Samples, form: Form, *,
    layout: Layout | None = None, event: str | None = None, hints: dict[str, Any] | None = None,
    known: Catalog | None = None,
) -> Proposal:  # fmt: skip
    """Guess a mapping. Raises InvalidDefinition when columns collide."""
    recognised = {name: recognise(name, samples[name]) for name in names}
    found = words.roles(names, samples, recognised)
    chosen = layout or _layout(names, samples, found, recognised)
    if chosen is Layout.ACCOUNTS:
        recognised = {name: recognise(name, samples[name], "account") for name in names}
    columns = {name: _column(name, chosen, found, recognised[name], samples[name]) for name in names}
    columns = _as_known(columns, known or Catalog())
    columns = _without_second(_with_own_id(columns, chosen, samples))
    _check(columns)
    if chosen is Layout.EVENTS and "event" not in found.values():
        event = event or "Record Collected"
    given = {key: value for key, value in (hints or {}).items() if value is not None}
    placeholders = _placeholders(samples)
    mapping = _mapping(layout=chosen, columns=columns, form=form, event=event, missing=placeholders, **given)
    return Proposal(mapping, tuple(_questions(mapping, placeholders, layout is None)), recognised)


def _mapping(**fields: Any) -> Mapping:
    """The mapping, or InvalidDefinition for hints that it cannot hold."""
    try:
        return Mapping(**fields)
    except ValidationError as error:
        raise InvalidDefinition("mapping", problems_of(error)) from error


def _layout(names: Sequence[str], samples: Samples, found: Dict[str, str], recognised: Dict[str, Recognised]) -> Layout:
    roles = set(found.values())
    if (
        "time" in roles
        and ("line.product_id" in roles or "line.name" in roles)
        and roles & {"line.price", "line.amount", "line.quantity"}
    ):
        return Layout.ORDER_LINES
    if "time" in roles and ("property.revenue" in roles or ("order_id" in roles and "line.price" in roles)):
        return Layout.ORDERS
    if "event" in roles and "time" in roles:
        return Layout.EVENTS
    if "time" in roles and _repeats(samples, recognised):
        return Layout.EVENTS
    meanings = {each.meaning for each in recognised.values()}
    if _is_of_accounts(meanings, names):
        return Layout.ACCOUNTS
    return Layout.PERSONS


def _repeats(samples: Samples, recognised: Dict[str, Recognised]) -> bool:
    """Whether the first identifier is often on several rows: then rows are facts, and not persons."""
    name = next((name for name, each in recognised.items() if each.meaning in _IDENTIFYING), None)
    values = [each for each in samples[name] if each] if name else []
    return len(set(values)) < _MOSTLY * len(values)


_MOSTLY = 0.9
_OWN_IDS = ("id", "identifiant", "numero", "number", "no", "ref", "reference", "code")
_OWN_NAMES = ("name", "nom", "company", "company_name", "raison_sociale", "entreprise", "societe")


def _with_own_id(columns: dict[str, Column], layout: Layout, samples: Samples) -> dict[str, Column]:
    """Where nothing identifies, a column named `id` (or an account's name) does, if no value of it comes twice."""
    to = "account_id" if layout is Layout.ACCOUNTS else "user_id"
    if any(each.kind in (*_IDENTIFYING.values(), "account_id") for each in columns.values()):
        return columns
    wanted = (*_OWN_IDS, *_OWN_NAMES) if layout is Layout.ACCOUNTS else _OWN_IDS
    by_slug = {slug(name): name for name in columns}
    for each in wanted:
        name = by_slug.get(each)
        if name and _is_unique(samples[name], layout):
            return {**columns, name: Column(to=to)}
    return columns


def _is_unique(values: Sequence[str | None], layout: Layout) -> bool:
    is_one_a_row = layout in (Layout.PERSONS, Layout.ACCOUNTS)
    return None not in values and (not is_one_a_row or len(set(values)) == len(values))


_OF_PERSONS = {Meaning.USER_ID, Meaning.EMAIL, Meaning.GENDER, Meaning.AGE, Meaning.FIRST_NAME, Meaning.LAST_NAME,
               Meaning.BIRTH_DATE, Meaning.BIRTH_YEAR}  # fmt: skip
_FIRM_WORDS = frozenset({"marketvalue", "assets", "profits", "employees", "industry", "siren", "siret", "turnover",
                         "chiffre_d_affaires", "effectif", "secteur", "market_value"})  # fmt: skip


def _is_of_accounts(meanings: set[Meaning | None], names: Sequence[str]) -> bool:
    if meanings & _OF_PERSONS:
        return False
    firm = {slug(name) for name in names} & _FIRM_WORDS
    return bool(Meaning.ACCOUNT_ID in meanings or Meaning.COMPANY in meanings or len(firm) > 1)


def _column(
    name: str, layout: Layout, found: Dict[str, str], recognised: Recognised, sample: Sequence[str | None]
) -> Column:
    if not any(each and each.strip() for each in sample):
        return Column(to="skip")
    if layout is Layout.ACCOUNTS:
        return _account_column(name, recognised)
    if recognised.meaning in _IDENTIFYING and found.get(name, "").partition(".")[0] not in ("line", "order_id"):
        return Column(to=_IDENTIFYING[recognised.meaning])
    role = found.get(name)
    if layout is Layout.PERSONS:
        return Column(to="account_id") if recognised.meaning is Meaning.ACCOUNT_ID else _trait(name, recognised)
    if role and _belongs(role, layout):
        return Column(to="property.revenue" if layout is Layout.ORDERS and role == "line.amount" else role)
    if recognised.meaning in words.TRAITS_IN_EVENTS:
        return _trait(name, recognised)
    kind = "line" if layout is Layout.ORDER_LINES else "property"
    return Column(to=f"{kind}.{slug(name)}", type=type_of(name, sample))


def _belongs(role: str, layout: Layout) -> bool:
    kind = role.partition(".")[0]
    if kind == "line":
        return layout is Layout.ORDER_LINES or (role == "line.amount" and layout is Layout.ORDERS)
    if role == "property.revenue":
        return layout is Layout.ORDERS
    if role in ("order_id", "currency"):
        return layout in (Layout.ORDERS, Layout.ORDER_LINES)
    return True


def _trait(name: str, recognised: Recognised) -> Column:
    own = (
        recognised.meaning.value if recognised.meaning and recognised.meaning is not Meaning.ACCOUNT_ID else slug(name)
    )
    return Column(to=f"trait.{own}", type=recognised.type)


def _account_column(name: str, recognised: Recognised) -> Column:
    if recognised.meaning in (Meaning.ACCOUNT_ID, Meaning.USER_ID):
        return Column(to="account_id")
    return _trait(name, recognised)


def _as_known(columns: dict[str, Column], catalog: Catalog) -> dict[str, Column]:
    """A trait that the catalog has keeps its type, unless numbers must widen."""
    typed = {}
    for name, column in columns.items():
        trait = catalog.trait(column.name) if column.kind == "trait" else None
        known = {"type": wider(trait.type, column.type)} if trait and column.type else {}
        typed[name] = column.model_copy(update=known)
    return typed


def _without_second(columns: dict[str, Column]) -> dict[str, Column]:
    """The first column of an identifier, role or meaning has it; others keep their own names."""
    taken: set[str] = set()
    kept = {}
    for name, column in columns.items():
        to = column.to
        own = f"{column.kind if column.kind in ('trait', 'property', 'line') else 'trait'}.{slug(name)}"
        if to in taken and to != "skip" and own != to:
            to = own
        taken.add(to)
        kept[name] = column.model_copy(update={"to": to})
    return kept


def _check(columns: dict[str, Column]) -> None:
    """Raises InvalidDefinition when two columns have one name as identifiers are written."""
    by_target: dict[str, list[str]] = {}
    for name, column in columns.items():
        if column.to != "skip":
            by_target.setdefault(column.to, []).append(name)
    problems = [
        Problem(to, _COLLIDE.with_(names=found), _RENAME) for to, found in by_target.items() if len(found) > 1
    ] + [
        Problem(column.to, _RESERVED.with_(name=name), _RENAME)
        for name, column in columns.items() if column.kind in ("trait", "property") and column.name in RESERVED
    ]  # fmt: skip
    if problems:
        raise InvalidDefinition("mapping", problems)


def _placeholders(samples: Samples) -> tuple[str, ...]:
    """Words such as “Select” that a form writes when nothing was chosen."""
    found = {
        each.strip() for values in samples.values() for each in values if each and each.strip().lower() in _PLACEHOLDERS
    }
    return tuple(sorted(found))


def _questions(mapping: Mapping, placeholders: tuple[str, ...], is_guessed: bool) -> list[Text | Said]:
    asked: list[Text | Said] = []
    kinds = {each.kind for each in mapping.columns.values()}
    if not kinds & {"user_id", "email", "phone", "anonymous_id", "account_id"}:
        asked.append(_NO_IDENTIFIER)
    if placeholders:
        asked.append(_PLACEHOLDER.with_(words=list(placeholders)))
    if mapping.event == "Record Collected":
        asked.append(_NO_EVENT)
    if mapping.layout is Layout.PERSONS and is_guessed and _has_dates(mapping):
        asked.append(_IS_PERSONS)
    return asked


def _has_dates(mapping: Mapping) -> bool:
    known = {"trait.signup_at", "trait.birth_date"}
    return any(
        each.type in (ValueType.DATE, ValueType.INSTANT) and each.to not in known for each in mapping.columns.values()
    )


_COLLIDE = Text(en="the columns {names} would have the same name", fr="les colonnes {names} auraient le même nom")
_RESERVED = Text(
    en="“{name}” has a name that Quartier keeps for itself",
    fr="«\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}» porte un nom que Quartier se réserve",
)
_RENAME = Text(
    en="rename one in the file, or give a mapping that sends it to `trait.OTHER_NAME` or `skip`",
    fr="renommez-en une dans le fichier, ou donnez un mapping qui l'envoie vers `trait.AUTRE_NOM` ou `skip`",
)
_NO_IDENTIFIER = Text(
    en="no column says who it is: each row is taken as one person of its own; is that right?",
    fr="aucune colonne ne dit de qui il s'agit\N{NO-BREAK SPACE}: chaque ligne est prise pour une personne à"
    " part\N{NO-BREAK SPACE}; "
    "est-ce juste\N{NO-BREAK SPACE}?",
)
_PLACEHOLDER = Text(
    en="{words} is taken as “no answer”; is that right?",
    fr="{words} est compris comme «\N{NO-BREAK SPACE}pas de réponse\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE};"
    " est-ce juste\N{NO-BREAK SPACE}?",
)
_NO_EVENT = Text(
    en="what did the persons do? The rows are called “Record Collected” until you say `event: NAME`",
    fr="qu'ont fait les personnes\N{NO-BREAK SPACE}? Les lignes s'appellent «\N{NO-BREAK SPACE}Record"
    " Collected\N{NO-BREAK SPACE}» "
    "tant que vous ne dites pas `event: NOM`",
)
_IS_PERSONS = Text(
    en="each row is taken as one person and not as something that happened at a date; is that right?",
    fr="chaque ligne est prise pour une personne, et non pour un fait daté\N{NO-BREAK SPACE}; est-ce"
    " juste\N{NO-BREAK SPACE}?",
)
