"""The nine families of segmentation, and how carefully a value must be handled."""

from enum import StrEnum

from quartier.language import Text


class Family(StrEnum):
    """Which kind of segmentation a trait serves."""

    DEMOGRAPHIC = "demographic"
    GEOGRAPHIC = "geographic"
    PSYCHOGRAPHIC = "psychographic"
    BEHAVIOURAL = "behavioural"
    FIRMOGRAPHIC = "firmographic"
    TECHNOGRAPHIC = "technographic"
    ACCOUNT = "account"
    NEEDS = "needs"
    VALUES = "values"

    @property
    def label(self) -> Text:
        """The family's name for a reader."""
        return _FAMILY_LABELS[self]


class Sensitivity(StrEnum):
    """How carefully a value must be handled, from the least to the most."""

    ORDINARY = "ordinary"
    """says little about one person: a plan, a basket"""
    PERSONAL = "personal"
    """names or reaches one person: name, e-mail, phone, address, birth date"""
    SENSITIVE = "sensitive"
    """may hurt or embarrass when known: income, household, precise place"""
    SPECIAL = "special"
    """Article 9 GDPR: beliefs, opinions, health, origin, orientation, union"""

    @property
    def label(self) -> Text:
        """The degree's name for a reader."""
        return _SENSITIVITY_LABELS[self]

    @property
    def is_masked(self) -> bool:
        """Whether values are shown only to those who ask for them."""
        return self in (Sensitivity.SENSITIVE, Sensitivity.SPECIAL)


_FAMILY_LABELS = {
    Family.DEMOGRAPHIC: Text(en="demographic", fr="démographique"),
    Family.GEOGRAPHIC: Text(en="geographic", fr="géographique"),
    Family.PSYCHOGRAPHIC: Text(en="psychographic", fr="psychographique"),
    Family.BEHAVIOURAL: Text(en="behavioural", fr="comportementale"),
    Family.FIRMOGRAPHIC: Text(en="firmographic", fr="firmographique"),
    Family.TECHNOGRAPHIC: Text(en="technographic", fr="technographique"),
    Family.ACCOUNT: Text(en="account data", fr="données de compte"),
    Family.NEEDS: Text(en="needs", fr="besoins"),
    Family.VALUES: Text(en="values", fr="valeurs"),
}

_SENSITIVITY_LABELS = {
    Sensitivity.ORDINARY: Text(en="ordinary", fr="ordinaire"),
    Sensitivity.PERSONAL: Text(en="personal", fr="personnelle"),
    Sensitivity.SENSITIVE: Text(en="sensitive", fr="délicate"),
    Sensitivity.SPECIAL: Text(en="special category", fr="catégorie particulière"),
}
