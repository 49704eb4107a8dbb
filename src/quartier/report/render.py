"""From page to HTML: one file that asks the network for nothing."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from quartier.language import Language
from quartier.report.compose import compose
from quartier.report.content import ReportContent


def render(content: ReportContent, language: Language) -> str:
    """The report as one HTML document in one language."""
    return _environment().get_template("report.html").render(page=compose(content, language)).lstrip()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("quartier.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
