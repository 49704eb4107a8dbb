"""The traits that models write."""

from quartier.catalog import Family, Label, Trait, ValueType


def _computed(name: str, type_: ValueType, en: str, fr: str) -> Trait:
    return Trait(
        name=name, type=type_, family=Family.BEHAVIOURAL, label=Label(en=en, fr=fr), origin="computed", of="person"
    )


RFM_TRAITS: tuple[Trait, ...] = (
    _computed(
        "rfm_recency_days",
        ValueType.INTEGER,
        "RFM: days since last purchase",
        "RFM\N{NO-BREAK SPACE}: jours depuis le dernier achat",
    ),
    _computed("rfm_frequency", ValueType.INTEGER, "RFM: orders", "RFM\N{NO-BREAK SPACE}: commandes"),
    _computed("rfm_monetary", ValueType.NUMBER, "RFM: net revenue", "RFM\N{NO-BREAK SPACE}: chiffre d'affaires net"),
    _computed("rfm_r", ValueType.INTEGER, "RFM: recency bin", "RFM\N{NO-BREAK SPACE}: tranche de récence"),
    _computed("rfm_f", ValueType.INTEGER, "RFM: frequency bin", "RFM\N{NO-BREAK SPACE}: tranche de fréquence"),
    _computed("rfm_m", ValueType.INTEGER, "RFM: monetary bin", "RFM\N{NO-BREAK SPACE}: tranche de montant"),
    _computed("rfm_score", ValueType.TEXT, "RFM score", "Score RFM"),
    _computed("rfm_class", ValueType.TEXT, "RFM class", "Classe RFM"),
)
"""What RFM writes, in the order of its columns; empty for persons who have not bought."""
