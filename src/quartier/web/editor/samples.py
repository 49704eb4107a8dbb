"""Ten members of a segment that is being written: who they are, and the traits that it reads."""

from typing import Any

from quartier.catalog import Meaning, Trait, ValueType
from quartier.engine import PUBLIC_ID
from quartier.language import Language, Text, day, decimal, instant, joined
from quartier.segment.conditions import Condition, TraitLeaf, parts
from quartier.segment.run import Preview
from quartier.web.editor.page import Sample
from quartier.workspace import Workspace

MOST, MOST_TRAITS = 10, 5
_NAMES = (Meaning.FULL_NAME, Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.EMAIL, Meaning.COMPANY)


def sample_of(ws: Workspace, preview: Preview, language: Language, *, sensitive: bool) -> Sample | None:
    """The first members; sensitive values only for those who may see them. None where there is nobody."""
    if not preview.size:
        return None
    traits = [each for each in _wanted(ws, preview) if sensitive or not each.sensitivity.is_masked]
    table = ws.members_table(preview, traits=[each.name for each in traits], limit=MOST)
    of, room = preview.of, "persons" if preview.of == "person" else "accounts"
    rows = tuple(
        (
            f"/{room}/{row[PUBLIC_ID[of]]}",
            (row[PUBLIC_ID[of]], *(_cell(ws, row[each.name], each, language) for each in traits)),
        )
        for row in table.to_pylist()
    )
    return Sample((_WHO[of].to(language), *(each.label.to(language) for each in traits)), rows)


def _wanted(ws: Workspace, preview: Preview) -> list[Trait]:
    """What names somebody first, then the traits that the segment reads."""
    names = [ws.catalog.with_meaning(meaning, preview.of) for meaning in _NAMES]
    read = [each for each in _traits(preview.segment.where) if each.of == preview.of]
    found = dict.fromkeys(each for each in [*names[:3], *read] if each)
    return list(found)[:MOST_TRAITS]


def _traits(node: Condition) -> list[Trait]:
    if isinstance(node, TraitLeaf):
        return [node.trait]
    return [each for part in parts(node) for each in _traits(part)]


def _cell(ws: Workspace, value: Any, trait: Trait, language: Language) -> str:
    if value is None:
        return "\N{EM DASH}"
    match trait.type:
        case ValueType.DATE:
            return day(value, language)
        case ValueType.INSTANT:
            return instant(value, language, ws.config.zone)
        case ValueType.NUMBER:
            return decimal(value, language)
        case ValueType.BOOLEAN:
            return (_YES if value else _NO).to(language)
        case ValueType.TEXTS:
            return joined([str(each) for each in value], language)
    return str(value)


_WHO = {"person": Text(en="Person", fr="Personne"), "account": Text(en="Account", fr="Compte")}
_YES, _NO = Text(en="yes", fr="oui"), Text(en="no", fr="non")
