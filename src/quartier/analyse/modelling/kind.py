"""What one kind of model is: how it is called, what it is told, what it computes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from quartier.analyse.modelling.computed import Computed, Figures, figures_in, scored_in
from quartier.analyse.modelling.document import ModelDocument
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.shown import Shown
from quartier.language import Text
from quartier.store.runs import Run

Way = Literal["condition", "run"]
"""How what a model found becomes segments: by conditions that go on with the data, or as the run found it."""
Documents = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Kind:
    """One kind of model.

    Attributes:
        name: as documents write it, `lifetime_value`.
        label: as people call it.
        sentence: what question it answers, for whom.
        document: what it can be told.
        figures: what a run records beside traits.
        tables: the figures as tables, for the command line and beside charts; given the figures and who got values.
        segments: all that a run found as definitions of segments, in the ways that there are, the foremost first; given
            the figures and the model's name. Empty for a kind whose findings are no set of segments.
        compute: from data and document to values. Raises NoAnswer when the data has no answer, UnknownName when the
            document names what the catalog does not know.
    """

    name: str
    label: Text
    sentence: Text
    document: type[ModelDocument]
    figures: type[Figures]
    compute: Callable[[Reading, Any], Computed]
    tables: Callable[[Any, int], tuple[Shown, ...]]
    segments: Mapping[Way, Callable[[Any, str], Documents]] = field(default_factory=dict)

    def figures_of(self, run: Run) -> Figures:
        """What a recorded run of this kind found beside its traits."""
        return self.figures.model_validate(figures_in(run))

    def tables_of(self, run: Run, figures: Figures) -> tuple[Shown, ...]:
        """The same as tables."""
        return self.tables(figures, scored_in(run))

    def segments_of(self, run: Run, way: Way | None = None) -> Documents:
        """All that a recorded run found as definitions of segments; the foremost way unless told."""
        ways = list(self.segments)
        chosen = way if way in ways else next(iter(ways), None)
        return self.segments[chosen](self.figures_of(run), run.model) if chosen else ()
