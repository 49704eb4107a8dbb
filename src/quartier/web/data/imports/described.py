"""What a form says of the traits of a file beside their mapping, put into the catalog once the file is in."""

from quartier.catalog import Catalog, Family, Label, Sensitivity, Trait
from quartier.collect.definition import Layout
from quartier.web.data.imports.sheet import Line, Sheet


def described(catalog: Catalog, sheet: Sheet) -> Catalog:
    """The catalog with labels, families and sensitivities of traits as the form says them; all else stays."""
    of = "account" if sheet.layout == Layout.ACCOUNTS else "person"
    said = {each.name.strip(): each for each in sheet.lines if each.to == "trait"}
    traits = tuple(
        _trait(each, said[each.name]) if each.of == of and each.name in said else each for each in catalog.traits
    )
    return catalog.model_copy(update={"traits": traits})


def _trait(trait: Trait, said: Line) -> Trait:
    label = Label.model_validate(
        {"en": said.label_en.strip() or trait.label.en, "fr": said.label_fr.strip() or trait.label.fr}
    )
    family = Family(said.family) if said.family in tuple(Family) else trait.family
    degree = Sensitivity(said.sensitivity) if said.sensitivity in tuple(Sensitivity) else trait.sensitivity
    return trait.model_copy(update={"label": label, "family": family, "sensitivity": degree})
