"""From page to HTML: one file that asks the network for nothing."""

from functools import cache

from jinja2 import Environment

from quartier.language import Language
from quartier.look.page import templates
from quartier.report.compose import compose
from quartier.report.content import ReportContent


def render(content: ReportContent, language: Language) -> str:
    """The report as one HTML document in one language."""
    return _environment().get_template("report.html").render(page=compose(content, language)).lstrip()


@cache
def _environment() -> Environment:
    return templates("quartier.report")
