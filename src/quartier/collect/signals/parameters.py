"""The limits of the rules of frustration, each with its reason; what was measured is in docs/explanation/signals.md."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """A rule, by the name of the event that it derives."""

    RAGE_CLICK = "Rage Clicked"
    DEAD_CLICK = "Dead Clicked"
    U_TURN = "U-Turned"
    FORM_ABANDONED = "Form Abandoned"
    ERROR = "Error Seen"
    CLICK_WHILE_LOADING = "Clicked While Loading"


@dataclass(frozen=True, slots=True)
class Parameters:
    """The limits of the rules; all times in milliseconds."""

    rules: frozenset[Rule] = frozenset(Rule) - {Rule.U_TURN}
    """The rules that are applied. U-turns are not: half of them are people who looked something up."""

    rage_clicks: int = 3
    """Two clicks are a habit (double clicks on everything); the third says that the first two did nothing."""
    rage_gap: int = 1000
    """Between two clicks of one burst: people who wait longer are trying again, not hammering."""
    rage_radius: int = 40
    """Pixels: a fingertip's width; further away something else was meant, even on one large target."""

    dead_acts_only: bool = True
    """Only on what looks as if it did something (link, button, hand cursor): people click empty ground all day."""

    turn_within: int = 7000
    """Between arriving and going back: enough to see that the page is the wrong one, too short to read it."""

    form_silence: int = 30 * 60_000
    """After the last touch: the usual length of a visit; who looks something up comes back before that."""
    form_least: int = 1000
    """Between the first and the last touch of a form: a field that only had the focus was not filled in."""

    error_after_click: int = 2000
    """Between a click and an error for the person to have seen that something failed; others happen unseen."""

    loading_waited: int = 1000
    """How long something has been loading when it is clicked: under a second people do not feel that they wait
    (Miller, "Response time in man-computer conversational transactions", 1968)."""
    loading_clicks: int = 2
    """Clicks during one load: a single one is reading on, the next is impatience."""

    visit_silence: int = 30 * 60_000
    """After which a visit is over: the web's usual half hour."""
    most_visits: int = 20_000
    """Visits remembered at once; beyond, the one that was silent longest is taken to be over."""
    most_signals: int = 20
    """Signals remembered per visit; no rule looks further back."""
    most_forms: int = 8
    """Open forms remembered per visit."""
    most_waiting: int = 8
    """Reports of a visit that wait for an earlier one, before it is given up."""
    gap_patience: int = 60_000
    """How long they wait for it."""


PARAMETERS = Parameters()
"""The limits in force unless others are given."""
