"""What every page shares: type, tables, cards, rail, phone and paper, written in terms of the tokens."""

from functools import cache
from pathlib import Path

from quartier.look.colours import FAMILIES, SHADES


@cache
def base_style() -> str:
    """The shared stylesheet, with one rule for each family and each shade."""
    families = "".join(f".chip-{family}{{--mark:var({token.variable})}}" for family, token in FAMILIES.items())
    shades = "".join(f".ground-{step}{{background:var({token.variable})}}" for step, token in enumerate(SHADES))
    return f"{_FILE.read_text(encoding='utf-8')}\n{families}\n{shades}\n"


_FILE = Path(__file__).parent / "styles.css"
