"""The page of clusters: from the finding to the segment of just those persons."""

from pyroaring import BitMap

from quartier.engine import Query
from tests.web.test_analyse import documents


def test_a_cluster_opens_as_a_segment_by_its_conditions_and_as_it_was(own_shop, own_browser):
    run = own_shop.run_model({"model": "clusters", "most": 2})
    page = own_browser("marketer").get("/analyse/models/clusters")
    found = documents(page.text)
    assert len(found) == 2 * len(run.figures.clusters) == 4
    for cluster, by_condition, exact in zip(run.figures.clusters, found[::2], found[1::2], strict=True):
        told, taken = (each.members for each in own_shop.preview([by_condition, exact]))
        was = BitMap(
            own_shop.engine.keys(Query(f"select person_key from person where clusters_group = '{cluster.id}'"))
        )
        assert taken == was
        assert len(was) == cluster.persons
        assert len(told & was) / len(told | was) > 0.8

    looked = own_browser("viewer", "fr").get("/analyse/models/clusters").text
    assert documents(looked) == []
    assert run.figures.clusters[0].name.fr in looked.replace("&#39;", "'")
    assert "<svg" in looked or len(run.figures.tried) == 1


def test_all_clusters_are_offered_by_conditions_and_as_the_run_found_them(own_shop, own_browser):
    run = own_shop.run_model({"model": "clusters", "most": 2})
    own = own_browser("marketer")
    by_condition, exact = (
        [each["segment"] for each in own_shop.analysis.segments_of("clusters", way)] for way in ("condition", "run")
    )
    assert exact == [f"clusters-{each.id.lower()}-exact" for each in run.figures.clusters]
    page = own.get("/analyse/models/clusters/segments").text
    assert [f'name="keep" value="{name}"' in page for name in by_condition] == [True, True]
    page = own.get("/analyse/models/clusters/segments?way=run").text
    assert [f'name="keep" value="{name}"' in page for name in exact] == [True, True]
    assert own.get("/analyse/models/lifetime_value/segments").status_code == 400
    assert own_browser("viewer").get("/analyse/models/clusters/segments").status_code == 403
