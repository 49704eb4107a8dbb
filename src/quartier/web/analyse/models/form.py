"""The form of a model, made from its document: what is asked, what can be chosen, what was sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo
from starlette.datastructures import FormData

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.document import ModelDocument
from quartier.catalog import Catalog, EventType, Meaning, Sensitivity, Trait, ValueType
from quartier.language import Language, Text

Options = tuple[tuple[str, str], ...]
_NUMBERS = (ValueType.NUMBER, ValueType.INTEGER)
_AGES = (Meaning.BIRTH_DATE, Meaning.BIRTH_YEAR)
_LONGEST = 200
_MOST_CHOSEN = 200


@dataclass(frozen=True)
class Field:
    """One thing that is asked. `chosen` is what stands in it; several for a choice of many."""

    name: str
    label: str
    help: str
    kind: Literal["text", "number", "checkbox", "select", "many"]
    chosen: tuple[str, ...]
    options: Options
    is_advanced: bool

    @property
    def value(self) -> str:
        """What stands in a field that holds one value."""
        return self.chosen[0] if self.chosen else ""


@dataclass(frozen=True)
class Form:
    """What the page asks, and what is wrong with what was sent.

    Attributes:
        template, stated: what a kind asks besides: conditions, and the template that shows them.
    """

    fields: tuple[Field, ...]
    error: str = ""
    template: str = ""
    stated: Any = None

    @property
    def plain(self) -> tuple[Field, ...]:
        """What everybody is asked."""
        return tuple(each for each in self.fields if not each.is_advanced)

    @property
    def advanced(self) -> tuple[Field, ...]:
        """What most people leave as it is."""
        return tuple(each for each in self.fields if each.is_advanced)


def form_of(
    model: type[ModelDocument], told: Mapping[str, Any], catalog: Catalog, language: Language, segments: Options = ()
) -> Form:
    """The form of a kind, filled in as the model was last told, with the defaults where it was not.

    `segments` are those in force that can be chosen, by name and label.
    """
    return Form(
        tuple(
            _field(
                name, info, asked, told.get(name, info.get_default(call_default_factory=True)),
                _options(info, asked, catalog, segments, language), language,
            )
            for name, info, asked in _asked(model)
        )
    )  # fmt: skip


def shown_again(form: Form, sent: FormData, error: str) -> Form:
    """The form with what was sent, and what is wrong with it: nothing typed is lost."""
    return Form(tuple(_again(each, sent) for each in form.fields), error)


def filled_in(form: Form, settings: Mapping[str, str]) -> Form:
    """The form with some settings filled in."""
    return replace(
        form,
        fields=tuple(_with(each, (settings[each.name],)) if each.name in settings else each for each in form.fields),
    )


def document_of(model: type[ModelDocument], kind: str, sent: FormData) -> dict[str, Any]:
    """The document that was sent; its own reader says what is wrong with it."""
    return {"model": kind} | {name: _read(info, asked, name, sent) for name, info, asked in _asked(model)}


def has_purchases(catalog: Catalog) -> bool:
    """Whether there is an event that holds an amount."""
    return any(each.type in _NUMBERS for event in catalog.events for each in event.properties)


def _asked(model: type[ModelDocument]) -> Iterator[tuple[str, FieldInfo, Asked]]:
    for name, info in model.model_fields.items():
        for each in info.metadata:
            if isinstance(each, Asked):
                yield name, info, each


def _field(name: str, info: FieldInfo, asked: Asked, value: Any, options: Options, language: Language) -> Field:
    values = tuple(_text(each) for each in value) if isinstance(value, list | tuple) else (_text(value),)
    empty = Field(
        name, asked.label.to(language), asked.help.to(language) if asked.help else "", _kind_of(info, asked), (),
        options, asked.is_advanced,
    )  # fmt: skip
    return _with(empty, tuple(each for each in values if each))


def _with(field: Field, chosen: tuple[str, ...]) -> Field:
    """The field with something chosen, which can be chosen again even where nothing offers it."""
    strange = field.kind == "select" and chosen and chosen[0] not in dict(field.options)
    options = (*field.options, (chosen[0], chosen[0])) if strange else field.options
    return replace(field, chosen=chosen, options=options)


def _kind_of(info: FieldInfo, asked: Asked) -> Literal["text", "number", "checkbox", "select", "many"]:
    if asked.choose in ("events", "traits", "number_traits", "answers", "scales"):
        return "many"
    if asked.choose is not None or asked.options or _literals(info):
        return "select"
    of = _type(info)
    return "checkbox" if of is bool else "number" if of in (int, float) else "text"


def _type(info: FieldInfo) -> Any:
    """The type of a field, without the None that it may be."""
    given = info.annotation
    if get_origin(given) in (Union, UnionType):
        return next(each for each in get_args(given) if each is not NoneType)
    return given


def _is_optional(info: FieldInfo) -> bool:
    return NoneType in get_args(info.annotation)


def _literals(info: FieldInfo) -> tuple[Any, ...]:
    of = _type(info)
    return get_args(of) if get_origin(of) is Literal else ()


def _options(info: FieldInfo, asked: Asked, catalog: Catalog, segments: Options, language: Language) -> Options:
    labels = {key: text.to(language) for key, text in asked.options.items()}
    none = labels.pop("", _NONE.to(language))
    nothing: Options = (("", none),) if _is_optional(info) else ()
    if asked.choose is None:
        return nothing + tuple((str(each), labels.get(str(each), str(each))) for each in _literals(info) or labels)
    offered = segments if asked.choose == "segment" else _of_catalog(asked.choose, catalog, language)
    return nothing + tuple(sorted(offered, key=lambda each: each[1].casefold()))


def _of_catalog(choose: str, catalog: Catalog, language: Language) -> Iterator[tuple[str, str]]:
    if choose in ("event", "events", "purchase"):
        found = [each for each in catalog.events if choose != "purchase" or _amounts(each, language)]
        yield from ((each.name, each.label.to(language)) for each in found)
    elif choose == "amount":
        amounts = {name: label for event in catalog.events for name, label in _amounts(event, language)}
        yield from amounts.items()
    else:
        for each in catalog.traits:
            is_open = each.sensitivity is Sensitivity.ORDINARY or each.meaning in _AGES
            if each.of == "person" and is_open and _is_fit(each, choose):
                yield each.name, each.label.to(language)


def _is_fit(trait: Trait, choose: str) -> bool:
    """Whether a trait is of the kind that a setting names; what a model made is no answer of a person."""
    if choose in ("answer", "answers", "scales") and trait.origin != "given":
        return False
    if choose in ("number_traits", "scales"):
        return trait.type in _NUMBERS
    return choose != "answer" or trait.type is ValueType.TEXT


def _amounts(event: EventType, language: Language) -> list[tuple[str, str]]:
    return [(each.name, each.label.to(language)) for each in event.properties if each.type in _NUMBERS]


def _again(field: Field, sent: FormData) -> Field:
    chosen = tuple(str(each)[:_LONGEST] for each in sent.getlist(field.name) if isinstance(each, str) and each)
    return _with(field, chosen[:_MOST_CHOSEN])


def _read(info: FieldInfo, asked: Asked, name: str, sent: FormData) -> Any:
    texts = [str(each).strip()[:_LONGEST] for each in sent.getlist(name) if isinstance(each, str)]
    if _kind_of(info, asked) == "many":
        return [each for each in texts if each][:_MOST_CHOSEN]
    text, of = (texts[0] if texts else ""), _type(info)
    if of is bool:
        return bool(text)
    if not text:
        return None if _is_optional(info) else info.get_default(call_default_factory=True)
    return _value(text, of, info)


def _value(text: str, of: Any, info: FieldInfo) -> Any:
    """A number where one is asked for and written; else the text, which the document's own reader refuses or takes."""
    literals = {str(each): each for each in _literals(info)}
    if text in literals:
        return literals[text]
    if of not in (int, float):
        return text
    try:
        found = yaml.safe_load(text.replace("\N{NARROW NO-BREAK SPACE}", "").replace(",", "."))
    except (yaml.YAMLError, ValueError):
        return text
    return found if isinstance(found, int | float) else text


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)


_NONE = Text(en="none", fr="aucun")
