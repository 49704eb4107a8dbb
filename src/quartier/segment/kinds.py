"""A kind of ready-made segment: its words, what it needs, how it is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quartier.catalog import Family, Label, Subject
from quartier.language import Text
from quartier.segment.definition import Segment, read_segment
from quartier.segment.needs import Need
from quartier.segment.recipes import Facts, Made


@dataclass(frozen=True)
class ReadyMade:
    """A kind of ready-made segment: one, or one for each value of a trait.

    Attributes:
        name: the segment's name, stable; the beginning of it where there are several.
        label: its label; with `{value}` where there are several.
        about: who these persons are, and where the bound comes from.
        needs: what must exist.
        population: the persons among whom it is drawn, None for all whose data satisfy it.
        make: the condition, or conditions, for a catalog that meets the needs.
        family: which kind of segmentation it serves.
        of: of whom it is, persons or accounts.
        is_on_request: whether it is made only for those who name it; the others are made as soon as they can be.
    """

    name: str
    label: Text
    about: Text
    needs: tuple[Need, ...]
    population: str | None
    make: Callable[[Facts], Iterable[Made]]
    family: Family = Family.BEHAVIOURAL
    of: Subject = "person"
    is_on_request: bool = False

    def segments(self, facts: Facts) -> list[Segment]:
        """The segments of this kind; none when a need is not met."""
        if not all(need.is_met(facts.catalog) for need in self.needs):
            return []
        return [self._segment(made) for made in self.make(facts)]

    def as_json(self) -> dict[str, object]:
        """The kind for programs: its name, words, family, and of whom it is."""
        words = {key: {"en": text.en, "fr": text.fr} for key, text in (("label", self.label), ("about", self.about))}
        return {
            "kind": self.name,
            **words,
            "family": self.family.value,
            "of": self.of,
            "is_on_request": self.is_on_request,
        }

    def _segment(self, made: Made) -> Segment:
        label = Label(
            **{each: self.label.to(each, value=made.label.to(each) if made.label else "") for each in ("en", "fr")}
        )
        name = f"{self.name}-{made.name}" if made.name else self.name
        read = {"segment": name, "label": label, "population": self.population, "where": made.where}
        read["of"] = "account" if self.of == "account" else None
        return read_segment({key: value for key, value in read.items() if value is not None})
