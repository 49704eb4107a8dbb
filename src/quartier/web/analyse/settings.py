"""The settings with which RFM is run: what the form shows, and the document that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from quartier.analyse.definition import Rfm
from quartier.catalog import Catalog, EventType, ValueType
from quartier.errors import UserError
from quartier.language import Language, Text
from quartier.web.guard import field_of

Options = tuple[tuple[str, str], ...]
NUMBERS = (ValueType.NUMBER, ValueType.INTEGER)


@dataclass(frozen=True)
class RfmForm:
    """What the form shows: what is set now or was typed, what can be chosen, and what is wrong."""

    values: Mapping[str, str]
    bins: Options
    within: Options
    purchases: Options
    amounts: Options
    refunds: Options
    error: str = ""


def form_of_model(model: Rfm, catalog: Catalog, language: Language) -> RfmForm:
    """The form as a model was run."""
    values = {
        "bins": str(model.bins), "within": model.within or "", "purchase": model.purchase, "amount": model.amount,
        "refunds": model.refunds or "",
    }  # fmt: skip
    return shown(values, catalog, language)


def shown(
    values: Mapping[str, str], catalog: Catalog, language: Language, error: UserError | None = None
) -> RfmForm:  # fmt: skip
    """The form with some values; what was typed stays choosable, even when it is wrong."""
    sold = [each for each in catalog.events if _amounts(each)]
    amounts = dict.fromkeys(name for each in sold for name in _amounts(each))
    events = [(each.name, each.label.to(language)) for each in catalog.events]
    said = "" if error is None else " ".join(each.to(language) for each in (error.what, error.remedy) if each)
    return RfmForm(
        values,
        tuple((str(n), str(n)) for n in (3, 4, 5)),
        _with(values["within"], tuple((each, text.to(language)) for each, text in _WITHIN)),
        _with(values["purchase"], tuple((each.name, each.label.to(language)) for each in sold)),
        _with(values["amount"], tuple((each, each) for each in amounts)),
        _with(values["refunds"], (("", _NO_REFUNDS.to(language)), *events)),
        said,
    )


def typed(form: FormData) -> dict[str, str]:
    """The settings as they were sent."""
    return {name: field_of(form, name).strip()[:200] for name in ("bins", "within", "purchase", "amount", "refunds")}


def document_of(values: Mapping[str, str]) -> dict[str, Any]:
    """The document of the model that the settings describe."""
    bins = int(values["bins"]) if values["bins"].isdecimal() else values["bins"]
    return {
        "model": "rfm", "bins": bins, "within": values["within"] or None, "purchase": values["purchase"],
        "amount": values["amount"], "refunds": values["refunds"] or None,
    }  # fmt: skip


def _amounts(event: EventType) -> list[str]:
    return [each.name for each in event.properties if each.type in NUMBERS]


def _with(value: str, options: Options) -> Options:
    return options if any(value == each for each, _ in options) else (*options, (value, value))


_WITHIN = (
    ("", Text(en="all purchases", fr="tous les achats")),
    ("1 year", Text(en="the last year", fr="la dernière année")),
    ("2 years", Text(en="the last 2 years", fr="les 2 dernières années")),
    ("3 years", Text(en="the last 3 years", fr="les 3 dernières années")),
    ("5 years", Text(en="the last 5 years", fr="les 5 dernières années")),
)
_NO_REFUNDS = Text(en="leave refunds out", fr="ne pas compter les remboursements")
