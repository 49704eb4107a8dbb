"""How a sequence is said: “put a product in the cart, then did not place an order within 1 day”."""

from quartier.language import Plural, Text
from quartier.segment.clauses import Clause, Reader, who
from quartier.segment.conditions import COUNT, EVER, Comparison, EventLeaf, SequenceLeaf, Step
from quartier.segment.deeds import done_and_not_done
from quartier.segment.vocabulary import property_noun
from quartier.segment.window_words import window_words
from quartier.segment.windows import Duration
from quartier.segment.windows import Unit as TimeUnit


def sequence_clause(leaf: SequenceLeaf, reader: Reader) -> Clause:
    """What a sequence says of persons: its steps, then how often and what stays the same."""
    first, *others = (_step(leaf, index, reader) for index in range(len(leaf.steps)))
    pieces = [first, *others]
    if leaf.same:
        pieces.append(who(reader, _SAME, noun=property_noun(leaf.same, reader)[0]))
    if leaf.times > 1:
        pieces.append(who(reader, _TIMES, n=leaf.times))
    return Clause("who", "".join(each.one for each in pieces), "".join(each.many for each in pieces))


def step_words(leaf: SequenceLeaf, index: int, reader: Reader) -> str:
    """One step by itself, of one person: “placed an order within 1 day”."""
    return _step(leaf, index, reader).one.removeprefix(reader.said(_JOINT))


def _step(leaf: SequenceLeaf, index: int, reader: Reader) -> Clause:
    step = leaf.steps[index]
    done, not_done = done_and_not_done(_as_leaf(step), reader)
    if index == 0:
        return who(reader, _FIRST, done=done, window=window_words(leaf.window, reader))
    said = _THEN_NOT if step.is_absent else _THEN
    return who(reader, said, joint=reader.said(_JOINT), done=done, not_done=not_done, time=_time(leaf, index, reader))


def _time(leaf: SequenceLeaf, index: int, reader: Reader) -> str:
    """“ within 1 day”; for what must not happen and has no time, whether that is between two steps or since."""
    step = leaf.steps[index]
    if step.within:
        return _within(step.within, reader)
    if not step.is_absent:
        return ""
    return reader.said(_SINCE if all(each.is_absent for each in leaf.steps[index:]) else _BETWEEN)


def _within(length: Duration, reader: Reader) -> str:
    return _WITHIN[length.unit].to(reader.language, n=length.count)


def _as_leaf(step: Step) -> EventLeaf:
    """The step as a leaf, for the words of its events and tests."""
    return EventLeaf(step.events, step.where, EVER, COUNT, Comparison("at_least", 1))


_WITHIN: dict[TimeUnit, Plural] = {
    "minute": Plural(
        Text(en=" within {n} minute", fr=" dans la minute"), Text(en=" within {n} minutes", fr=" dans les {n} minutes")
    ),
    "hour": Plural(
        Text(en=" within {n} hour", fr=" dans l'heure"), Text(en=" within {n} hours", fr=" dans les {n} heures")
    ),
    "day": Plural(
        Text(en=" within {n} day", fr=" dans les 24 heures"), Text(en=" within {n} days", fr=" dans les {n} jours")
    ),
    "week": Plural(
        Text(en=" within {n} week", fr=" dans les 7 jours"), Text(en=" within {n} weeks", fr=" dans les {n} semaines")
    ),
}
_JOINT = Text(en=", then ", fr=", puis ")
_FIRST = Text(en="{done}{window}", fr="{has} {done}{window}")
_THEN = Text(en="{joint}{done}{time}", fr="{joint}{has} {done}{time}")
_THEN_NOT = Text(en="{joint}did not {not_done}{time}", fr="{joint}{has_not} pas {not_done}{time}")
_BETWEEN = Text(en=" in between", fr=" entre-temps")
_SINCE = Text(en=" since", fr=" depuis")
_SAME = Text(en=", with the same {noun} throughout", fr=", {noun} étant identique à chaque étape")
_TIMES = Text(en=", all of this at least {n} times", fr=", le tout au moins {n} fois")
