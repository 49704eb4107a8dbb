"""The kinds of models that there are, and from a document to the one that it describes."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from pydantic import ValidationError

from quartier.analyse.modelling.document import ModelDocument
from quartier.analyse.modelling.kind import Kind
from quartier.config import problems_of
from quartier.errors import InvalidDefinition, UnknownName, suggestion
from quartier.language import Text

# In the order in which people meet them. A kind's module is imported when it is asked for: some bring heavy libraries.
_MODULES: Final[Mapping[str, str]] = {
    "rfm": "quartier.analyse.rfm_model",
    "lifetime_value": "quartier.analyse.lifetime.model",
    "profit": "quartier.analyse.profit.model",
    "clusters": "quartier.analyse.clusters.model",
    "relation": "quartier.analyse.relation.model",
    "score": "quartier.analyse.score.model",
    "propensity": "quartier.analyse.propensity.model",
    "factors": "quartier.analyse.psychographic.factors_model",
    "classes": "quartier.analyse.psychographic.classes_model",
    "themes": "quartier.analyse.psychographic.themes_model",
    "recommendations": "quartier.analyse.recommend.model",
}
KINDS: Final = tuple(_MODULES)


@cache
def kind_of(name: str) -> Kind:
    """A kind by its name. Raises UnknownName with the nearest names."""
    if name not in _MODULES:
        raise UnknownName(_NO_KIND.with_(name=name), remedy=suggestion(name, KINDS))
    found: Kind = import_module(_MODULES[name]).KIND
    return found


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which people meet them."""
    return tuple(kind_of(each) for each in KINDS)


def read_model(document: Mapping[str, Any]) -> ModelDocument:
    """The model that a document describes, RFM where it does not say which.

    Raises InvalidDefinition with everything that is wrong, UnknownName for a kind that does not exist.
    """
    kind = kind_of(str(document.get("model", "rfm")))
    try:
        return kind.document.model_validate(document)
    except ValidationError as error:
        raise InvalidDefinition(str(document.get("name") or kind.name), problems_of(error)) from error


_NO_KIND = Text(en="no model is called “{name}”", fr="aucun modèle ne s'appelle « {name} »")
