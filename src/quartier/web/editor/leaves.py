"""Each kind of leaf as fields and as a document writes it: `opened_leaf` one way, `leaf_document` the other.

A leaf that its fields cannot say exactly is opened as YAML of that leaf alone: nothing is lost by opening it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from quartier.catalog import Catalog, EventType, Property, Subject, ValueType
from quartier.segment.documents import Test
from quartier.segment.event_documents import COUNTED, WINDOW_KEYS, short_test
from quartier.segment.wall_clock import CLOCK_PARTS
from quartier.web.editor.places import opened_place, place_document
from quartier.web.editor.sketch import Leaf
from quartier.web.editor.trials import Opened, opened_test, said_test
from quartier.web.editor.typed import listed, number, text_of, unlisted
from quartier.web.editor.windows import duration, opened_duration, opened_window, window
from quartier.web.editor.yaml_text import read_yaml, yaml_of

Document = Mapping[str, Any]
OF_A_PROPERTY = ("sum", "mean", "min", "max", "first", "last", "most_frequent", "distinct")
WHICH = ("last", "first")
"""Since which event days are counted."""


def opened_leaf(kind: str, document: Document, catalog: Catalog, of: Subject) -> Leaf:
    """A leaf of a document as fields, or as its own YAML where they cannot say it."""
    if kind in _OPENED:
        try:
            leaf = Leaf(kind, _OPENED[kind](document))
        except (KeyError, TypeError, ValueError, AttributeError):  # a form that only its YAML has
            return as_yaml(document)
        if _fits(leaf) and _same(leaf_document(leaf, catalog, of), document):
            return leaf
    return as_yaml(document)


def leaf_document(leaf: Leaf, catalog: Catalog, of: Subject) -> Any:
    """The document of a leaf; what is not filled in stands in it as an empty text or list."""
    return _WRITTEN[leaf.kind](leaf, catalog, of)


def as_yaml(document: Any) -> Leaf:
    """A condition as its YAML alone."""
    return Leaf("yaml", {"text": (yaml_of(document),)})


def event_types(leaf: Leaf, catalog: Catalog, name: str = "event") -> tuple[EventType, ...]:
    """The event types that a field names, as far as the catalog knows them."""
    return tuple(found for each in leaf.several(name) if (found := catalog.event(each)))


def property_of(events: Iterable[EventType], path: str) -> Property | None:
    """The property of that path of the first event that has it."""
    return next((found for each in events if (found := each.property(path))), None)


def measured_type(leaf: Leaf, catalog: Catalog) -> ValueType | None:
    """The type of what a measure gives: a number, or that of the property whose value it is."""
    if leaf.one("measure") not in ("first", "last", "most_frequent"):
        return ValueType.NUMBER
    found = property_of(event_types(leaf, catalog), leaf.one("path"))
    return found.type if found else None


def rows(leaf: Leaf, name: str) -> list[int]:
    """The numbers of the rows of a list of tests that name something, in order."""
    found = (each.removeprefix(f"{name}.") for each in leaf.fields if each.startswith(f"{name}."))
    numbers = sorted(int(each) for each in found if each.isdecimal())
    return [n for n in numbers if leaf.one(f"{name}.{n}")]


# ---- opened: from documents


def _trait(document: Document) -> Opened:
    ((operator, value),) = ((key, each) for key, each in document.items() if key != "trait")
    return {"trait": (document["trait"],), **opened_test(operator, value)}


def _event(document: Document) -> Opened:
    times = {key: value for key, value in document.items() if key in WINDOW_KEYS}
    known = ("event", "where", "when", *WINDOW_KEYS)
    measured = {key: value for key, value in document.items() if key not in known}
    return {
        "event": _names(document["event"]),
        **_opened_tests(document.get("where", {}), "where"),
        **_opened_tests(document.get("when", {}), "when"),
        **opened_window(times),
        **_opened_measure(measured),
    }


def _opened_measure(measured: Document) -> Opened:
    (measure, said), *rest = measured.items()
    if measure in COUNTED:
        ((operator, value),) = said.items()
        return {"measure": (measure,), **opened_test(operator, value)}
    ((operator, value),) = rest
    return {"measure": (measure,), "path": (said,), **opened_test(operator, value)}


def _opened_tests(tests: Document, name: str) -> Opened:
    found: Opened = {}
    for place, (path, written) in enumerate(tests.items()):
        if isinstance(written, Mapping):
            ((operator, value),) = written.items()
        else:
            operator, value = ("in" if isinstance(written, list) else "is"), written
        found |= {f"{name}.{place}": (path,), **opened_test(operator, value, f"{name}.{place}.test")}
    return found


def _sequence(document: Document) -> Opened:
    found: Opened = {}
    for place, step in enumerate(document["sequence"]):
        name = f"step.{place}"
        kind = "not" if "not" in step else "event"
        found |= {name: (kind,), f"{name}.event": _names(step[kind])}
        found |= _opened_tests(step.get("where", {}), f"{name}.where")
        found |= opened_duration(step.get("within"), f"{name}.within")
    times = {key: value for key, value in document.items() if key in WINDOW_KEYS}
    found |= {"times": (text_of(document["times"]),)} if "times" in document else {}
    found |= {"same": (document["same"],)} if "same" in document else {}
    return found | opened_window(times)


def _windowed(*names: str) -> Callable[[Document], Opened]:
    def opened(document: Document) -> Opened:
        times = {key: value for key, value in document.items() if key not in names}
        return {**{name: (document[name],) for name in names}, **opened_window(times)}

    return opened


def _list(name: str) -> Callable[[Document], Opened]:
    return lambda document: {name: (listed(document[name]),)}


def _names(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


_OPENED: dict[str, Callable[[Document], Opened]] = {
    "trait": _trait,
    "event": _event,
    "sequence": _sequence,
    "place": lambda document: opened_place(document["place"]),
    "segment": _windowed("segment"),
    "entered": _windowed("entered"),
    "left": _windowed("left"),
    "campaign": _windowed("campaign", "was"),
    "persons": _list("persons"),
    "accounts": _list("accounts"),
}


# ---- written: to documents


def _trait_document(leaf: Leaf, catalog: Catalog, of: Subject) -> Any:
    name = leaf.one("trait")
    trait = catalog.trait(name, of)
    operator, value = said_test(leaf, trait.type if trait else None)
    return {"trait": name, operator: value}


def _event_document(leaf: Leaf, catalog: Catalog, _of: Subject) -> Any:
    events = event_types(leaf, catalog)
    written: dict[str, Any] = {"event": _one_or_list(leaf.several("event"))}
    written |= _tests_document(leaf, "where", events) | _when_document(leaf) | window(leaf)
    measure = leaf.one("measure") or "count"
    operator, value = said_test(leaf, measured_type(leaf, catalog)) if leaf.one("test") else ("at_least", 1)
    if measure in COUNTED:
        return {**written, measure: {operator: value}}
    path = leaf.one("path")
    return {**written, measure: (path or WHICH[0]) if measure == "days_since" else path, operator: value}


def _tests_document(leaf: Leaf, name: str, events: tuple[EventType, ...]) -> dict[str, Any]:
    found = {}
    for place in rows(leaf, name):
        path = leaf.one(f"{name}.{place}")
        declared = property_of(events, path)
        operator, value = said_test(leaf, declared.type if declared else None, f"{name}.{place}.test")
        found[path] = short_test(Test(operator=operator, value=value))
    return {name.rpartition(".")[2]: found} if found else {}


def _when_document(leaf: Leaf) -> dict[str, Any]:
    found = {}
    for place in rows(leaf, "when"):
        part = leaf.one(f"when.{place}")
        has_numbers = part in CLOCK_PARTS and CLOCK_PARTS[part].has_numbers
        type_ = ValueType.INTEGER if has_numbers else ValueType.TEXT
        operator, value = said_test(leaf, type_, f"when.{place}.test")
        found[part] = short_test(Test(operator=operator, value=value))
    return {"when": found} if found else {}


def _sequence_document(leaf: Leaf, catalog: Catalog, _of: Subject) -> Any:
    steps = [_step(leaf, f"step.{place}", catalog) for place in rows(leaf, "step")]
    written: dict[str, Any] = {"sequence": steps, **window(leaf)}
    times = leaf.one("times").strip()
    if times not in ("", "1"):
        written["times"] = number(times)
    return written | ({"same": leaf.one("same")} if leaf.one("same") else {})


def _step(leaf: Leaf, name: str, catalog: Catalog) -> dict[str, Any]:
    kind = "not" if leaf.one(name) == "not" else "event"
    step: dict[str, Any] = {kind: _one_or_list(leaf.several(f"{name}.event"))}
    step |= _tests_document(leaf, f"{name}.where", event_types(leaf, catalog, f"{name}.event"))
    within = duration(leaf, f"{name}.within")
    return step | ({"within": within} if within else {})


def _windowed_document(*names: str) -> Callable[[Leaf, Catalog, Subject], Any]:
    return lambda leaf, _catalog, _of: {**{name: leaf.one(name) for name in names}, **window(leaf)}


def _list_document(name: str) -> Callable[[Leaf, Catalog, Subject], Any]:
    return lambda leaf, _catalog, _of: {name: unlisted(leaf.one(name))}


def _one_or_list(names: tuple[str, ...]) -> Any:
    return names[0] if len(names) == 1 else list(names)


_WRITTEN: dict[str, Callable[[Leaf, Catalog, Subject], Any]] = {
    "trait": _trait_document,
    "event": _event_document,
    "sequence": _sequence_document,
    "place": lambda leaf, _catalog, _of: place_document(leaf),
    "segment": _windowed_document("segment"),
    "entered": _windowed_document("entered"),
    "left": _windowed_document("left"),
    "campaign": _windowed_document("campaign", "was"),
    "persons": _list_document("persons"),
    "accounts": _list_document("accounts"),
    "yaml": lambda leaf, _catalog, _of: read_yaml(leaf.one("text")),
}


def _fits(leaf: Leaf) -> bool:
    """Whether fields of one line hold it: what breaks lines, or cannot be seen, is left to YAML."""
    return all(text.isprintable() for values in leaf.fields.values() for text in values)


def _same(one: Any, other: Any) -> bool:
    """Equality in which true is not 1, nor 1 the same as 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
