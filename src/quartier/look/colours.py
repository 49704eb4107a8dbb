"""Every colour of Quartier, once: the page, the charts, the plan and the docs are made from this file.

A colour is a token with a light form (for paper) and a dark twin (for night). Charts are drawn with the light forms;
`follow_page` then exchanges each for its CSS variable, so that one drawing serves both. The light forms are therefore
all different.
"""

import re
from dataclasses import dataclass

from quartier.look.vision import grey_of


@dataclass(frozen=True)
class Token:
    """A colour that always means the same thing."""

    name: str
    light: str
    dark: str
    use: str

    @property
    def variable(self) -> str:
        """How a stylesheet names the colour."""
        return f"--{self.name}"


PAPER = Token("paper", "#fbfaf7", "#16191f", "the ground of a page")
SURFACE = Token("surface", "#ffffff", "#1f242c", "the ground of a card")
LINE = Token("line", "#e5e1d8", "#353b45", "rules and frames")
INK = Token("ink", "#1f2430", "#ece8df", "text")
SOFT_INK = Token("soft-ink", "#5b6170", "#a9adb8", "secondary text, axes")
BRICK = Token("brick", "#b6452c", "#ef8d72", "the one accent: main action, the segment in question")
CANAL = Token("canal", "#2b6684", "#86bcd8", "links, comparison")
REST = Token("rest", "#8794a0", "#77838f", "everybody else, beside the segment in question")
GARDEN = Token("garden", "#3f7d4f", "#86c596", "good; never without a word or a shape")
OCHRE = Token("ochre", "#946408", "#e0b25a", "attention; never without a word or a shape")
ALERT = Token("alert", "#a3283a", "#f08a98", "bad; never without a word or a shape")
ON_LIGHT = Token("on-light", "#20242f", "#ece8df", "text on the faint shades")
ON_MIDDLE = Token("on-middle", "#1e232f", "#10131a", "text on the fourth shade, which is as deep by day as by night")
ON_DEEP = Token("on-deep", "#fffefc", "#10131a", "text on the deep shades")

NAMED = (PAPER, SURFACE, LINE, INK, SOFT_INK, BRICK, CANAL, REST, GARDEN, OCHRE, ALERT, ON_LIGHT, ON_MIDDLE, ON_DEEP)

# From little to much. Luminance falls (rises at night) at every step, so the order survives a black-and-white printer,
# and it jumps over the middle, where neither light nor dark text can be read.
SHADES = (
    Token("shade-1", "#e9eceb", "#232a31", "least"),
    Token("shade-2", "#cbd9de", "#2b3f4d", "little"),
    Token("shade-3", "#a9c3ce", "#33566c", "below the middle"),
    Token("shade-4", "#85a9b9", "#7fa9bd", "above the middle"),
    Token("shade-5", "#35708f", "#a5c9d8", "much"),
    Token("shade-6", "#17435c", "#d3e8f0", "most"),
)

# By the name of the family; look and catalog do not import each other, a test compares their names.
FAMILIES = {
    "demographic": Token("family-demographic", "#3f4bb1", "#7281be", "demographic traits"),
    "geographic": Token("family-geographic", "#6e9877", "#c4e2b3", "geographic traits"),
    "psychographic": Token("family-psychographic", "#b14f8f", "#ae6783", "psychographic traits"),
    "behavioural": Token("family-behavioural", "#2697cf", "#b1dafc", "behavioural traits"),
    "firmographic": Token("family-firmographic", "#522d5a", "#b497d5", "firmographic traits"),
    "technographic": Token("family-technographic", "#166156", "#7ecbbf", "technographic traits"),
    "account": Token("family-account", "#73701d", "#a6893e", "traits of the account"),
    "needs": Token("family-needs", "#bf820d", "#e2b181", "traits of needs"),
    "values": Token("family-values", "#72210a", "#de8685", "traits of values"),
}

TOKENS: tuple[Token, ...] = (*NAMED, *SHADES, *FAMILIES.values())


def on_shade(step: int) -> Token:
    """The colour of text that can be read on `SHADES[step]`, by day and by night."""
    return (ON_LIGHT, ON_LIGHT, ON_LIGHT, ON_MIDDLE, ON_DEEP, ON_DEEP)[step]


def variables() -> str:
    """The tokens as CSS: light for everybody, dark for who asks for it, greys of the same luminance on paper.

    `data-theme` on the root element is what somebody chose in place of what their system asks for.
    """
    light = "".join(f"{token.variable}:{token.light};" for token in TOKENS)
    dark = "".join(f"{token.variable}:{token.dark};" for token in TOKENS)
    grey = "".join(f"{token.variable}:{grey_of(token.light)};" for token in TOKENS if token is not PAPER)
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
        f"@media print{{:root{{color-scheme:light;{PAPER.variable}:#ffffff;{grey}}}}}\n"
    )


def follow_page(drawing: str) -> str:
    """A drawing whose colours are those of the page around it, light or dark. Raises KeyError for a foreign colour."""
    return _PAINT.sub(lambda found: f'{found[1]}="var({_VARIABLES[found[2].lower()]})"', drawing)


_VARIABLES = {token.light: token.variable for token in TOKENS}
_PAINT = re.compile(r'\b(fill|stroke|stop-color)="(#[0-9a-fA-F]{6})"')
