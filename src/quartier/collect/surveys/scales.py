"""The words on the points of a scale, unless a document has its own."""

from collections.abc import Mapping

from quartier.catalog import Label

_FULLY_AGAINST = Label(en="Strongly disagree", fr="Pas du tout d'accord")
_AGAINST = Label(en="Disagree", fr="Pas d'accord")
_RATHER_AGAINST = Label(en="Rather disagree", fr="Plutôt pas d'accord")
_NEITHER = Label(en="Neither agree nor disagree", fr="Ni d'accord ni pas d'accord")
_RATHER_FOR = Label(en="Rather agree", fr="Plutôt d'accord")
_FOR = Label(en="Agree", fr="D'accord")
_FULLY_FOR = Label(en="Strongly agree", fr="Tout à fait d'accord")

AGREEMENT: Mapping[int, tuple[Label, ...]] = {
    5: (_FULLY_AGAINST, _RATHER_AGAINST, _NEITHER, _RATHER_FOR, _FULLY_FOR),
    7: (_FULLY_AGAINST, _AGAINST, _RATHER_AGAINST, _NEITHER, _RATHER_FOR, _FOR, _FULLY_FOR),
}
RECOMMENDATION = (
    Label(en="Not at all likely", fr="Pas du tout probable"),
    Label(en="Extremely likely", fr="Tout à fait probable"),
)
SATISFACTION = (
    Label(en="Very dissatisfied", fr="Très insatisfaisant"),
    Label(en="Dissatisfied", fr="Insatisfaisant"),
    Label(en="Neither satisfied nor dissatisfied", fr="Ni satisfaisant ni insatisfaisant"),
    Label(en="Satisfied", fr="Satisfaisant"),
    Label(en="Very satisfied", fr="Très satisfaisant"),
)
