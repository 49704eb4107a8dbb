"""The document that says which persons are alike in what."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.document import ModelDocument
from quartier.errors import Unusable
from quartier.language import Text

Method = Literal["k_means", "mixture", "hdbscan", "k_prototypes"]
MOST: Final = 12
"""More groups than this nobody tells apart, or serves apart."""


class Clusters(ModelDocument):
    """Persons who are alike in several traits at once.

    >>> Clusters(traits=("age", "orders"), number=4).name
    'clusters'
    """

    model: Literal["clusters"] = "clusters"
    traits: Annotated[
        tuple[str, ...],
        Field(min_length=2, max_length=50, description="the traits in which persons of a cluster shall be alike"),
        Asked(
            Text(en="Alike in", fr="Semblables par"),
            Text(
                en="At least two traits; those that say little are left out, with the reason.",
                fr="Au moins deux traits ; ceux qui disent peu sont laissés de côté, avec la raison.",
            ),
            choose="traits",
        ),
    ] = ("rfm_recency_days", "rfm_frequency", "rfm_monetary")
    method: Annotated[
        Method,
        Field(description="how clusters are found"),
        Asked(
            Text(en="Method", fr="Méthode"),
            options={
                "k_means": Text(en="k-means: compact groups", fr="k-means : des groupes compacts"),
                "mixture": Text(en="Gaussian mixture: stretched groups", fr="mélange gaussien : des groupes étirés"),
                "hdbscan": Text(
                    en="HDBSCAN: dense groups, and persons in none",
                    fr="HDBSCAN : des groupes denses, et des personnes hors groupe",
                ),
                "k_prototypes": Text(
                    en="k-prototypes: numbers and categories", fr="k-prototypes : nombres et catégories"
                ),
            },
        ),
    ] = "k_means"
    number: Annotated[
        int | None,
        Field(ge=2, le=MOST, description="how many clusters; null to let the data say"),
        Asked(
            Text(en="Number of clusters", fr="Nombre de groupes"),
            Text(en="Leave it empty to let the data say.", fr="Laissez vide pour que les données le disent."),
        ),
    ] = None
    most: Annotated[
        int,
        Field(ge=2, le=MOST, description="the largest number of clusters that is tried"),
        Asked(Text(en="At most", fr="Au plus"), is_advanced=True),
    ] = 8
    missing: Annotated[
        float,
        Field(ge=0, lt=1, description="a trait is left out when a larger share of its values is missing"),
        Asked(Text(en="Missing values, at most", fr="Valeurs absentes, au plus"), is_advanced=True),
    ] = 0.4
    sensitive: Annotated[
        bool,
        Field(description="whether traits that may hurt when known are used; never unless asked"),
        Asked(Text(en="Use sensitive traits", fr="Utiliser les traits délicats"), is_advanced=True),
    ] = False
    seed: Annotated[
        int,
        Field(ge=0, le=2**31 - 1, description="the seed of all that is drawn; the same gives the same clusters"),
        Asked(Text(en="Seed", fr="Graine"), is_advanced=True),
    ] = 1

    @model_validator(mode="after")
    def _named_once(self) -> "Clusters":
        if len(set(self.traits)) < len(self.traits):
            raise Unusable(_TWICE, _ONCE)
        return self

    @property
    def trait(self) -> str:
        """The trait that is written: the letter of a person's cluster."""
        return f"{self.name}_group"


_TWICE = Text(en="a trait is named twice", fr="un trait est nommé deux fois")
_ONCE = Text(en="name each trait once", fr="nommez chaque trait une fois")
