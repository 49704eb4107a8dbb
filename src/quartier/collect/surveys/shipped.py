"""The surveys that come with Quartier, to start from: complete documents in both languages."""

import re
from pathlib import Path

from quartier.collect.surveys.definition import SURVEY_NAME, Survey
from quartier.errors import InvalidRequest, UnknownName, suggestion
from quartier.language import Text

_FOLDER = Path(__file__).parent / "templates"
TEMPLATES = ("satisfaction", "recommendation", "needs", "persona", "values")


def template(name: str) -> str:
    """The text of a template, in YAML, with its comments. Raises UnknownName with the nearest names."""
    if name not in TEMPLATES:
        raise UnknownName(_NO_TEMPLATE.with_(name=name), remedy=suggestion(name, TEMPLATES))
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def renamed(text: str, template_name: str, name: str) -> str:
    """A template under a name of one's own. Raises InvalidRequest for what cannot be a name."""
    if not re.fullmatch(SURVEY_NAME, name):
        raise InvalidRequest(_NO_NAME.with_(name=name), remedy=_WRITE_NAME)
    return text.replace(f"survey: {template_name}\n", f"survey: {name}\n", 1)


def read_template(name: str) -> Survey:
    """A template as a document."""
    return Survey.read(template(name), name)


_NO_TEMPLATE = Text(
    en="no ready-made survey is called “{name}”", fr="aucune enquête prête à l'emploi ne s'appelle « {name} »"
)
_NO_NAME = Text(en="“{name}” cannot be the name of a survey", fr="« {name} » ne peut pas être le nom d'une enquête")
_WRITE_NAME = Text(
    en="write small letters, figures and hyphens, such as `after-delivery`",
    fr="écrivez des minuscules, des chiffres et des traits d'union, comme `apres-livraison`",
)
