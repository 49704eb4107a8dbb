"""What the templates of a survey may use, and nothing else: words ready to be put in place; each says what it is."""

from dataclasses import dataclass
from typing import Annotated, Literal

Layout = Literal["points", "scale", "list", "several", "number", "words"]
"""How a question is laid out: points between two ends, points with words, options, or a field to write in."""


@dataclass(frozen=True)
class Choosable:
    """One answer to choose."""

    id: Annotated[str, "id of its input"]
    value: Annotated[str, "what is sent"]
    figure: Annotated[str, "the number of a point; empty for an option"]
    label: Annotated[str, "its words; empty for a point between two named ends"]
    is_chosen: Annotated[bool, "whether it was chosen"]


@dataclass(frozen=True)
class Field:
    """One question of the step, with what was typed."""

    id: Annotated[str, "id of the group, to which the error summary leads"]
    first_id: Annotated[str, "id of the first input, which takes the focus"]
    name: Annotated[str, "name of the field"]
    kind: Annotated[Layout, "how it is laid out"]
    text: Annotated[str, "the question"]
    help: Annotated[str, "what helps to answer; may be empty"]
    is_required: Annotated[bool, "whether an answer is needed"]
    choices: Annotated[tuple[Choosable, ...], "answers to choose; empty for what is typed"]
    ends: Annotated[tuple[str, str] | None, "words of the lowest and the highest point, where only these have words"]
    value: Annotated[str, "what was typed, of one's own beside a choice too"]
    other_name: Annotated[str, "name of the field for an answer of one's own; empty without"]
    unit: Annotated[str, "unit of a number; may be empty"]
    longest: Annotated[int, "most characters of a text"]
    error: Annotated[str, "why the answer cannot be taken; empty when it can"]


@dataclass(frozen=True)
class FormPage:
    """One step of a survey."""

    language: Annotated[str, "fr or en"]
    other_language: Annotated[str, "the other one"]
    head: Annotated[str, "title of the window"]
    owner: Annotated[str, "who asks"]
    title: Annotated[str, "title of the survey"]
    intro: Annotated[str, "what it is about, on the first step; may be empty"]
    notice: Annotated[str, "whether answers are anonymous or tied to the person"]
    action: Annotated[str, "where the form is sent"]
    step: Annotated[int, "number of this step, from 1"]
    steps: Annotated[int, "how many steps there are"]
    step_words: Annotated[str, "the same in words; empty when there is one"]
    fields: Annotated[tuple[Field, ...], "the questions of this step"]
    hidden: Annotated[tuple[tuple[str, str], ...], "names and values that go with the form: what other steps hold"]
    email: Annotated[Field | None, "the e-mail that is asked for on the last step"]
    consent: Annotated[Field | None, "the text to be agreed to on the last step"]
    errors: Annotated[tuple[tuple[str, str, str], ...], "id of the input, question, what is wrong"]
    trouble: Annotated[str, "why nothing could be kept just now; empty when all is well"]
    is_first: Annotated[bool, "whether one can decline here"]
    is_last: Annotated[bool, "whether the answers are sent from here"]
    words: Annotated[dict[str, str], "small words in the reader's language"]


@dataclass(frozen=True)
class Notice:
    """A page that only says something: thanks, closed, unknown."""

    language: Annotated[str, "fr or en"]
    head: Annotated[str, "title of the window"]
    owner: Annotated[str, "who asks"]
    title: Annotated[str, "what there is to say"]
    text: Annotated[str, "the rest of it; may be empty"]
    mark: Annotated[Literal["done", "stop"], "the shape beside the title"]
