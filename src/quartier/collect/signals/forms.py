"""Forms that were begun and not sent. Known by silence alone: who reads the terms in between comes back to the form."""

from dataclasses import dataclass, replace
from typing import Any

from quartier.collect.signals.clicks import Finding, present
from quartier.collect.signals.parameters import Parameters, Rule
from quartier.collect.signals.report import Signal


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that has been filled in and not sent: its page, its first touch, and its last."""

    page: str | None
    first: Signal
    last: Signal

    def as_json(self) -> list[Any]:
        """As plain data."""
        return [self.page, self.first.as_json(), self.last.as_json()]


def after(forms: tuple[OpenForm, ...], page: str | None, new: Signal, limits: Parameters) -> tuple[OpenForm, ...]:
    """The open forms once this has happened; the oldest is forgotten where there are too many."""
    if new.kind != "form":
        return forms
    known = next((each for each in forms if (each.page, each.last.form) == (page, new.form)), None)
    others = tuple(each for each in forms if each is not known)
    if new.step == "send":
        return others
    touched = replace(known, last=new) if known else OpenForm(page, new, new)
    return (*others, touched)[-limits.most_forms :]


def given_up(
    forms: tuple[OpenForm, ...], now: int | None, limits: Parameters
) -> tuple[list[Finding], tuple[OpenForm, ...]]:
    """The forms abandoned by now, or by the visit's end (None), and those still open."""
    if not forms:
        return [], forms
    silent = [each for each in forms if now is None or now - each.last.at > limits.form_silence]
    still = tuple(each for each in forms if each not in silent)
    return [_finding(each) for each in silent if each.last.at - each.first.at >= limits.form_least], still


def _finding(form: OpenForm) -> Finding:
    seconds, last = round((form.last.at - form.first.at) / 1000, 1), form.last
    told = present(page=form.page, form=last.form, field=last.field, seconds=seconds)
    return Finding(Rule.FORM_ABANDONED, last, told)
