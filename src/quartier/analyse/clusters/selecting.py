"""From a cluster to the document of a segment: by its rule, which lives on with the data, or by the trait itself."""

from typing import Any

from quartier.analyse.clusters.figures import ClusterFigures, ClustersFigures

Document = dict[str, Any]


def by_rule(model: str, cluster: ClusterFigures) -> Document | None:
    """Who fulfils the cluster's rule at any moment; None where it has none."""
    if cluster.where is None:
        return None
    return _document(f"{_slug(model)}-{cluster.id.lower()}", cluster, cluster.where)


def by_trait(model: str, trait: str, cluster: ClusterFigures) -> Document:
    """Who was in the cluster when the model last ran."""
    return _document(f"{_slug(model)}-{cluster.id.lower()}-exact", cluster, {"trait": trait, "is": cluster.id})


def all_by_rule(figures: ClustersFigures, model: str) -> tuple[Document, ...]:
    """Every cluster by its rule, by the trait where it has none."""
    return tuple(by_rule(model, each) or by_trait(model, figures.trait, each) for each in figures.clusters)


def all_by_trait(figures: ClustersFigures, model: str) -> tuple[Document, ...]:
    """Every cluster as it was when the model last ran."""
    return tuple(by_trait(model, figures.trait, each) for each in figures.clusters)


def _slug(model: str) -> str:
    return model.replace("_", "-")


def _document(name: str, cluster: ClusterFigures, where: Document) -> Document:
    return {"segment": name, "label": {"en": cluster.name.en, "fr": cluster.name.fr}, "where": where}
