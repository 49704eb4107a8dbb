"""What all documents of conditions have in common: their form, and tests such as `in: [FR, BE]`."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from quartier.errors import Unusable, suggestion
from quartier.language import Text

Value = Any
"""A value as YAML gives it; `bind` turns it into the type that the operator needs."""


class Document(BaseModel):
    """A part of a definition: frozen, without unknown keys, written without its empty ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_serializer(mode="wrap")
    def _without_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}


class Test(Document):
    """An operator and its value: `in: [FR, BE]`. Written as that one key."""

    __test__ = False  # not a class of tests, whatever pytest thinks of its name

    operator: str
    value: Value

    @classmethod
    def read(cls, found: Mapping[str, Value], allowed: tuple[str, ...]) -> Self:
        """The one test among some keys. Raises ValueError when there is none, or more than one."""
        check_keys(found, allowed)
        if len(found) != 1:
            raise Unusable(_ONE_COMPARISON.with_(n=len(found)), _COMPARISONS_ARE.with_(names=list(allowed)))
        ((operator, value),) = found.items()
        return cls(operator=operator, value=value)

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        return {self.operator: self.value}


def check_keys(written: Mapping[Any, Value], known: tuple[str, ...]) -> None:
    """Raises Unusable for a key that is not known here, with the nearest that is."""
    for key in written:
        if key not in known:
            raise Unusable(_UNKNOWN.with_(key=key), suggestion(str(key), known))


_UNKNOWN = Text(en="“{key}” is not known here", fr="« {key} » est inconnu ici")
_ONE_COMPARISON = Text(
    en="exactly one comparison is needed, {n} found", fr="il faut exactement une comparaison, {n} trouvées"
)
_COMPARISONS_ARE = Text(en="one of: {names}", fr="au choix : {names}")
