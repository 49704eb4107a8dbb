"""How many segments are enough: what a team can keep up with, and what the data support."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from quartier.analyse.plain import Plain
from quartier.errors import InvalidRequest, suggestion
from quartier.evaluate.enough import ENOUGH
from quartier.language import Plural, Said, Text

Team = Literal["small", "large"]
TEAMS: tuple[Team, ...] = get_args(Team)
MANAGEABLE: dict[Team, tuple[int, int]] = {"small": (3, 5), "large": (6, 8)}
"""How many segments a team can keep up with, each with its own message: a rule of practice, not a finding."""


@dataclass(frozen=True)
class Advice(Plain):
    """One sentence on the number of segments, and the figures behind it."""

    segments: int
    measurable: int
    """how many have at least `enough` persons"""
    enough: int
    team: Team | None
    said: Said


def advice_of(sizes: Sequence[int], team: Team | None, enough: int = ENOUGH) -> Advice:
    """The advice for segments of some sizes; without a team, what either kind could keep up with."""
    measurable = sum(size >= enough for size in sizes)
    said = _TOGETHER.with_(team=_for_team(len(sizes), team), data=_by_data(len(sizes), measurable, enough))
    return Advice(len(sizes), measurable, enough, team, said)


def check_team(team: str | None) -> None:
    """Refuse a team that there is not."""
    if team is not None and team not in TEAMS:
        raise InvalidRequest(_NO_TEAM.with_(team=team), where="team", remedy=suggestion(team, TEAMS))


def _for_team(segments: int, team: Team | None) -> Said:
    counted = _SEGMENTS.with_(n=segments)
    if team is None:
        return _EITHER.with_(segments=counted)
    low, high = MANAGEABLE[team]
    text = _ROOM if segments < low else _TOO_MANY if segments > high else _FITS
    return text.with_(segments=counted, team=_TEAM_WORDS[team], range=_RANGES[team])


def _by_data(segments: int, measurable: int, enough: int) -> Said:
    if not measurable:
        return _NONE.with_(enough=enough)
    if measurable == segments:
        return _ALL.with_(n=segments, enough=enough)
    return _SOME.with_(n=measurable, enough=enough)


_SEGMENTS = Plural(Text(en="{n} segment", fr="{n} segment"), Text(en="{n} segments", fr="{n} segments"))
_TEAM_WORDS: dict[Team, Text] = {
    "small": Text(en="a small team", fr="une petite équipe"),
    "large": Text(en="a large team", fr="une grande équipe"),
}
_RANGES: dict[Team, Text] = {
    "small": Text(en="three to five", fr="trois à cinq"),
    "large": Text(en="six to eight", fr="six à huit"),
}
_TOGETHER = Text(en="{team}; {data}.", fr="{team} ; {data}.")
_TOO_MANY = Text(
    en="{segments} are more than {team} can keep up with ({range})",
    fr="{segments}, c'est plus que ce qu'{team} peut suivre ({range})",
)
_FITS = Text(
    en="{segments} suit {team}, which can keep up with {range}",
    fr="{segments} conviennent à {team}, qui peut en suivre de {range}",
)
_ROOM = Text(
    en="With {segments} there is room left: {team} can keep up with {range}",
    fr="Avec {segments}, il reste de la place : {team} peut en suivre de {range}",
)
_EITHER = Text(
    en="{segments} here: a small team can keep up with three to five, a large one with six to eight",
    fr="{segments} ici : une petite équipe peut en suivre de trois à cinq, une grande de six à huit",
)
_NONE = Text(
    en="the data support none so far: it takes about {enough} persons in a segment to measure an effect there",
    fr="les données n'en permettent encore aucun : il faut environ {enough} personnes dans un segment pour y mesurer "
    "un effet",
)
_ALL = Plural(
    Text(
        en="the data support it: with at least {enough} persons it is large enough to measure an effect in",
        fr="les données le permettent : avec au moins {enough} personnes, il est assez grand pour y mesurer un effet",
    ),
    Text(
        en="the data support them all: with at least {enough} persons each is large enough to measure an effect in",
        fr="les données les permettent tous : avec au moins {enough} personnes, chacun est assez grand pour y mesurer "
        "un effet",
    ),
)
_SOME = Plural(
    Text(
        en="the data support {n} of them, large enough to measure an effect in (at least {enough} persons)",
        fr="les données en permettent {n}, assez grand pour y mesurer un effet (au moins {enough} personnes)",
    ),
    Text(
        en="the data support {n} of them, large enough to measure an effect in (at least {enough} persons)",
        fr="les données en permettent {n}, assez grands pour y mesurer un effet (au moins {enough} personnes)",
    ),
)
_NO_TEAM = Text(en="there is no team “{team}”", fr="il n'y a pas d'équipe « {team} »")
