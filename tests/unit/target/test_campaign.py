import pytest

from quartier.errors import InvalidDefinition
from quartier.target.definition import Campaign


def test_a_campaign_holds_out_a_tenth_unless_it_says_otherwise() -> None:
    assert Campaign(name="spring", segment="lapsed").holdout == 0.1


@pytest.mark.parametrize(("written", "share"), [("20 %", 0.2), ("2,5 %", 0.025), ("10%", 0.1), (0.3, 0.3), (0, 0.0)])
def test_a_holdout_is_a_share_written_as_people_write_it(written: object, share: float) -> None:
    assert Campaign.read({"name": "spring", "segment": "lapsed", "holdout": written}).holdout == pytest.approx(share)


def test_everything_wrong_in_a_campaign_is_told_at_once() -> None:
    with pytest.raises(InvalidDefinition) as refused:
        Campaign.read({"name": "spring", "holdout": "100 %", "chanel": "file"})
    assert {problem.place for problem in refused.value.problems} == {"segment", "holdout", "chanel"}


@pytest.mark.parametrize("holdout", ["a lot %", -0.1, 1, "nan %"])
def test_a_holdout_that_is_no_share_under_one_is_refused(holdout: object) -> None:
    with pytest.raises(InvalidDefinition):
        Campaign.read({"name": "spring", "segment": "lapsed", "holdout": holdout})


def test_a_campaign_reads_and_writes_without_loss() -> None:
    campaign = Campaign.read({"name": "a", "segment": "s", "label": {"fr": "été", "en": "summer"}, "holdout": "5 %"})
    assert Campaign.read(campaign.model_dump(mode="json")) == campaign
