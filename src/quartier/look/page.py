"""What every page shares: type, tables, cards, rail, phone and paper, written in terms of the tokens."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from quartier.look import colours, typeface
from quartier.look.colours import FAMILIES, SHADES


def stylesheet(own: Path) -> str:
    """All the CSS of a kind of page, nothing to be fetched: typeface, tokens, what is shared, what is its own."""
    return "\n".join((typeface.faces(), colours.variables(), base_style(), own.read_text(encoding="utf-8")))


def templates(package: str) -> Environment:
    """The templates of a room; they may use nothing but what they are given, and what they write is escaped."""
    return Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def base_style() -> str:
    """The shared stylesheet, with one rule for each family and each shade."""
    families = "".join(f".chip-{family}{{--mark:var({token.variable})}}" for family, token in FAMILIES.items())
    shades = "".join(f".ground-{step}{{background:var({token.variable})}}" for step, token in enumerate(SHADES))
    return f"{_FILE.read_text(encoding='utf-8')}\n{families}\n{shades}\n"


_FILE = Path(__file__).parent / "styles.css"
