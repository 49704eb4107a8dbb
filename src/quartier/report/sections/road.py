"""The rail: the seven stages of the road, with anchors to what the report holds of each."""

from collections.abc import Mapping

from quartier.language import Language, Text
from quartier.report.page import Stop

STAGES: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text(en="Collect", fr="Collecter"), ("quality",)),
    (Text(en="Identify", fr="Identifier"), ("base",)),
    (Text(en="Analyse", fr="Analyser"), ("plan", "months", "rfm", "concentration", "cohorts")),
    (Text(en="Segment", fr="Segmenter"), ("segments", "overlap")),
    (Text(en="Target", fr="Cibler"), ()),
    (Text(en="Evaluate", fr="Évaluer"), ("segmentation", "effects")),
    (Text(en="Govern", fr="Gouverner"), ("notes",)),
)

TITLES: Mapping[str, Text] = {
    "plan": Text(en="The plan of the clientele", fr="Le plan de la clientèle"),
    "base": Text(en="The base at a glance", fr="La base en un coup d'œil"),
    "months": Text(en="Month by month", fr="Mois par mois"),
    "rfm": Text(en="The RFM grid", fr="La grille RFM"),
    "cohorts": Text(en="Cohorts", fr="Cohortes"),
    "concentration": Text(en="Concentration of revenue", fr="Concentration du chiffre d'affaires"),
    "segments": Text(en="The segments", fr="Les segments"),
    "overlap": Text(en="Overlaps", fr="Recoupements"),
    "segmentation": Text(en="The set of segments", fr="L'ensemble des segments"),
    "effects": Text(en="Effects of campaigns", fr="Effets des campagnes"),
    "quality": Text(en="Quality of the data", fr="Qualité des données"),
    "notes": Text(en="How this was made", fr="Comment ceci a été fait"),
}


def rail(there: set[str], language: Language) -> tuple[Stop, ...]:
    """Every stage, with the sections that are in this report; a stage without any is still a place on the road."""
    return tuple(
        Stop(stage.to(language), tuple((anchor, TITLES[anchor].to(language)) for anchor in anchors if anchor in there))
        for stage, anchors in STAGES
    )
