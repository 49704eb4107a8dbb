"""A whole reading of a shop that does not exist: every figure is invented, none is real."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

from pyroaring import BitMap

from quartier.analyse import (
    CLASSES,
    BinRange,
    Cell,
    ClassRow,
    ColumnQuality,
    Concentration,
    EventCount,
    EventQuality,
    LorenzPoint,
    MeanDifference,
    Month,
    Overview,
    Profile,
    Quality,
    RfmGrid,
    ShareDifference,
    TopShare,
    class_of,
    overlap,
)
from quartier.analyse.cohorts import Cohort, Cohorts
from quartier.analyse.profile import Interval
from quartier.catalog import Family, Label, Sensitivity, ValueType
from quartier.evaluate.segmentation import SegmentationQuality, SegmentQuality
from quartier.evaluate.segmentation.advice import advice_of
from quartier.evaluate.segmentation.coverage import balance_of, coverage_of, once_and_more
from quartier.evaluate.segmentation.findings import findings_of
from quartier.evaluate.segmentation.separation import TraitSeparation
from quartier.evaluate.segmentation.stability import Drift, size_range
from quartier.language import Text
from quartier.report.content import EffectCard, EffectRow, ReportContent, SegmentCard, SizeAt

AT = dt.datetime(2026, 11, 21, 13, 5, tzinfo=dt.UTC)
PERSONS, CUSTOMERS = 20_000, 13_412

NAMES = (
    ("loyal-shoe-buyers", "Loyal shoe buyers", "Fidèles des chaussures"),
    ("high-spenders", "High spenders", "Gros paniers"),
    ("lapsed", "Lapsed customers", "Clients perdus de vue"),
    ("new", "New customers", "Nouveaux clients"),
    ("belgium", "Living in Belgium", "Habitent en Belgique"),
    ("age-25-34", "Aged 25 to 34", "De 25 à 34 ans"),
    ("mobile", "Buy on a phone", "Achètent sur téléphone"),
    ("free-plan", "On the free plan", "Formule gratuite"),
)


def content(segments: int = 8, *, seed: int = 7) -> ReportContent:
    """A report with everything in it."""
    dice = random.Random(seed)
    grid = _grid(dice)
    cards, sets = _segments(segments, dice, grid.revenue)
    return ReportContent(
        name="Rue des Ateliers",
        at=AT,
        zone=ZoneInfo("Europe/Paris"),
        currency="EUR",
        is_synthetic=True,
        overview=_overview(dice),
        quality=_quality(),
        grid=grid,
        concentration=_concentration(grid.revenue),
        cohorts=_cohorts(),
        segments=cards,
        overlap=overlap(sets),
        segmentation=segmentation(cards, sets),
        effects=effects(),
    )


def segmentation(cards: tuple[SegmentCard, ...], sets: dict[str, BitMap]) -> SegmentationQuality:
    """The set of made-up segments, judged by the real measures; traits and the past are invented."""
    everyone, pairs = BitMap(range(CUSTOMERS)), overlap(sets)
    only_here, _ = once_and_more(sets.values())
    since = AT - dt.timedelta(days=30)
    judged = tuple(
        SegmentQuality(
            name=card.name, label=Label(en=card.label.to("en"), fr=card.label.to("fr")), persons=len(sets[card.name]),
            share=len(sets[card.name]) / CUSTOMERS, alone=len(sets[card.name] & only_here),
            reach={"email": 0.9, "any": 0.4 + place % 5 / 8}, drift=Drift(since, 900, 0.3 + place % 6 / 8, 0.5),
            size_range=size_range(len(sets[card.name]), CUSTOMERS), steadiness=0.85 + place % 7 / 50, homogeneity={},
            silhouette=None,
        )
        for place, card in enumerate(cards)
    )  # fmt: skip
    coverage = coverage_of(sets, everyone, "customers")
    traits = tuple(
        TraitSeparation(name, Label(en=en, fr=fr), "category", CUSTOMERS, explained, is_defining)
        for name, en, fr, explained, is_defining in _TRAITS
    )
    return SegmentationQuality(
        at=AT, since=since, base_label=Text(en="customers", fr="les clients"), coverage=coverage,
        balance=balance_of(pairs.sizes), segments=judged, overlap=pairs, doubles=(), traits=traits, silhouette=None,
        sampled=CUSTOMERS, findings=findings_of(coverage, judged, (), 2_500), advice=advice_of(pairs.sizes, None),
    )  # fmt: skip


_TRAITS = (
    ("device", "Usual device", "Appareil habituel", 0.214, False),
    ("need", "What matters most", "Ce qui compte le plus", 0.061, False),
    ("country", "Country", "Pays", 0.93, True),
    ("age", "Age", "Âge", 0.48, True),
)


def empty() -> ReportContent:
    """A report of a workspace into which nothing was collected."""
    return ReportContent(name="Nothing yet", at=AT, zone=ZoneInfo("Europe/Paris"), currency="EUR")


def effects() -> tuple[EffectCard, ...]:
    """One campaign with an effect overall, unclear in some segments."""
    rows = (
        EffectRow(None, 8_102, 903, 12.41, 9.88, 2.53, 0.61, 4.45),
        EffectRow(Text(en="High spenders", fr="Gros paniers"), 1_240, 138, 40.2, 29.1, 11.1, 3.2, 19.0),
        EffectRow(Text(en="New customers", fr="Nouveaux clients"), 2_010, 230, 6.2, 5.9, 0.3, -2.9, 3.5, 41_200),
        EffectRow(Text(en="Lapsed customers", fr="Clients perdus de vue"), 3_020, 336, 3.1, 6.9, -3.8, -6.9, -0.7),
    )
    spent = Text(en="revenue within 14 days", fr="chiffre d'affaires sous 14 jours")
    clicked = Text(en="persons who came back within 7 days", fr="personnes revenues sous 7 jours")
    campaign = Text(en="Autumn letter", fr="Lettre d'automne")
    share = (EffectRow(None, 8_102, 903, 0.214, 0.208, 0.006, -0.022, 0.034, 152_000),)
    return (
        EffectCard(campaign, spent, "amount", rows, is_corrected=True, left_out=2),
        EffectCard(campaign, clicked, "share", share),
    )


def profile(dice: random.Random, persons: int) -> Profile:
    """Shares and means, some distinct and some not."""
    rest = CUSTOMERS - persons
    return Profile(
        at=AT,
        persons=persons,
        rest=rest,
        differences=(
            _share("country", "Country", "Pays", "Belgique", 0.31 + dice.random() / 5, 0.14, persons, rest),
            _share("device", "Usual device", "Appareil habituel", "téléphone", 0.62, 0.48, persons, rest),
            _mean("age", "Age", "Âge", "years", 34.2 + dice.random() * 9, 43.6, -0.58, persons, rest),
            _share("newsletter", "Newsletter", "Lettre d'information", "true", 0.44, 0.31, persons, rest),
            _mean("basket", "Mean order", "Panier moyen", None, 82.4, 51.3, 0.41, persons, rest),
            _share("need", "What matters most", "Ce qui compte le plus", "prix", 0.20, 0.21, persons, rest, 0.4),
        ),
    )


def _share(
    name: str, en: str, fr: str, value: str, own: float, rest: float, n: int, m: int, p: float = 0.001
) -> ShareDifference:
    half = 1.96 * (own * (1 - own) / n + rest * (1 - rest) / m) ** 0.5
    return ShareDifference(
        trait=name, label=Label(en=en, fr=fr), family=Family.GEOGRAPHIC, persons=n, others=m, p_value=p,
        is_distinct=p <= 0.05, strength=abs(own - rest), value=value, share=own, rest=rest, difference=own - rest,
        interval=Interval(own - rest - half, own - rest + half), lift=own / rest, lift_interval=None,
    )  # fmt: skip


def _mean(
    name: str, en: str, fr: str, unit: str | None, own: float, rest: float, d: float, n: int, m: int
) -> MeanDifference:
    half = 1.96 * (1 / n + 1 / m) ** 0.5
    return MeanDifference(
        trait=name, label=Label(en=en, fr=fr), family=Family.DEMOGRAPHIC, persons=n, others=m, p_value=0.001,
        is_distinct=True, strength=abs(d), unit=unit, mean=own, rest=rest, standardised=d,
        interval=Interval(d - half, d + half),
    )  # fmt: skip


def _segments(n: int, dice: random.Random, revenue: float) -> tuple[tuple[SegmentCard, ...], dict[str, BitMap]]:
    cards, sets = [], {}
    for place in range(n):
        name, en, fr = NAMES[place % len(NAMES)]
        suffix = "" if place < len(NAMES) else f"-{place}"
        persons = dice.randrange(180, 5_200)
        part = persons / CUSTOMERS * dice.uniform(0.4, 2.2)
        sets[name + suffix] = BitMap(dice.sample(range(CUSTOMERS), persons))
        sizes = [max(0, int(persons * (0.7 + 0.3 * k / 11 + dice.uniform(-0.05, 0.05)))) for k in range(11)]
        history = [SizeAt(AT - dt.timedelta(days=30 * (11 - k)), size) for k, size in enumerate(sizes)]
        cards.append(
            SegmentCard(
                name=name + suffix,
                label=Text(en=en + suffix, fr=fr + suffix),
                sentence=_SENTENCE,
                population=Text(en="customers", fr="clients"),
                persons=persons,
                of=CUSTOMERS,
                revenue=revenue * part,
                share_of_revenue=part,
                families=(Family.BEHAVIOURAL, Family.GEOGRAPHIC, Family.DEMOGRAPHIC)[: 1 + place % 3],
                profile=profile(dice, persons) if place % 5 != 4 else None,
                history=(*history, SizeAt(AT, persons)) if place % 3 else (),
            )
        )
    return tuple(cards), sets


_SENTENCE = Text(
    en="Customers whose country is France or Belgium, who completed at least 2 orders with a product of category "
    "“shoes” within the last 90 days, and who spent more than €500 within the last year.",
    fr="Les clients dont le pays est la France ou la Belgique, qui ont passé au moins 2 commandes avec un produit de "
    "la catégorie « chaussures » au cours des 90 derniers jours, et qui ont dépensé plus de 500 € au cours de "
    "la dernière année.",
)


def _overview(dice: random.Random) -> Overview:
    months = []
    for k in range(25):
        year, month = divmod(2024 * 12 + 10 + k, 12)
        season = 1.5 if month == 11 else 1.25 if month == 10 else 1.0
        orders = int((1_100 + 22 * k) * season * dice.uniform(0.92, 1.08) * (0.66 if k == 24 else 1))
        gross = orders * dice.uniform(58, 66)
        months.append(
            Month(dt.date(year, month + 1, 1), orders, gross, gross * 0.06, int(orders * 0.87), int(orders * 2.6))
        )
    gross, refunded = sum(each.gross for each in months), sum(each.refunded for each in months)
    first, last = dt.datetime(2024, 11, 1, 7, tzinfo=dt.UTC), AT - dt.timedelta(hours=2)
    label = Label(en="Order completed", fr="Commande passée")
    orders = sum(each.orders for each in months)
    counts = (EventCount("Order Completed", label, orders, CUSTOMERS, first, last),)
    return Overview(
        at=AT, persons=PERSONS, with_email=17_640, customers=CUSTOMERS, repeat_customers=6_203, orders=orders,
        gross=gross, refunds=2_204, refunded=refunded, first_at=first, last_at=last, events=counts,
        months=tuple(months),
    )  # fmt: skip


_WEIGHTS = {
    "champions": (1_180, 410), "loyal": (2_150, 190), "potential_loyal": (1_830, 82), "new": (960, 31),
    "promising": (610, 34), "needs_attention": (890, 76), "about_to_sleep": (1_150, 40), "at_risk": (1_322, 101),
    "cannot_lose": (410, 236), "hibernating": (1_750, 37), "lost": (1_160, 15),
}  # fmt: skip


def _grid(dice: random.Random) -> RfmGrid:
    places = [(r, f) for r in (5, 4, 3, 2, 1) for f in (1, 2, 3, 4, 5)]
    of_class = {each.id: [place for place in places if class_of(*place, 5) is each] for each in CLASSES}
    cells = []
    for r, f in places:
        found = class_of(r, f, 5)
        persons = _WEIGHTS[found.id][0] // len(of_class[found.id])
        cells.append(Cell(r, f, found, persons, persons * _WEIGHTS[found.id][1] * dice.uniform(0.9, 1.1)))
    customers, revenue = sum(cell.persons for cell in cells), sum(cell.revenue for cell in cells)
    rows = []
    for each in CLASSES:
        own = [cell for cell in cells if cell.rfm_class is each]
        n, worth = sum(cell.persons for cell in own), sum(cell.revenue for cell in own)
        rows.append(ClassRow(each, n, n / customers, worth, worth / revenue, n * 2, 40.0))
    ranges = [BinRange("recency", k, customers // 5, 150 - 30 * k, 179 - 30 * k) for k in range(1, 6)]
    ranges += [BinRange("frequency", k, customers // 5, k, k + 1) for k in range(1, 6)]
    ranges += [BinRange("monetary", k, customers // 5, 20.0 * k, 20.0 * k + 19) for k in range(1, 6)]
    return RfmGrid(5, AT, customers, revenue, tuple(cells), tuple(rows), tuple(ranges))


def _cohorts() -> Cohorts:
    months = [dt.date(2026, number, 1) for number in range(4, 12)]
    sizes = range(400, 400 + 20 * len(months), 20)
    return Cohorts(
        AT,
        tuple(
            Cohort(month, size, (size, *(size // (4 + after) for after in range(1, len(months) - place))))
            for place, (month, size) in enumerate(zip(months, sizes, strict=True))
        ),
    )


def _concentration(revenue: float) -> Concentration:
    def curve(x: float) -> float:
        return 0.15 * x + 0.85 * x**3.4

    lorenz = tuple(LorenzPoint(k / 100, curve(k / 100)) for k in range(101))
    shares = [(share, 1 - curve(1 - share)) for share in (0.01, 0.05, 0.1, 0.2)]
    top = tuple(TopShare(share, int(CUSTOMERS * share), revenue * part, part) for share, part in shares)
    return Concentration(AT, CUSTOMERS, revenue, 17, lorenz, top, 0.49)


def _quality() -> Quality:
    known = [
        ("email", "E-mail", "E-mail", Family.ACCOUNT, Sensitivity.PERSONAL, 0.882, 0.991),
        ("country", "Country", "Pays", Family.GEOGRAPHIC, Sensitivity.ORDINARY, 0.97, 1.0),
        ("birth_date", "Birth date", "Date de naissance", Family.DEMOGRAPHIC, Sensitivity.PERSONAL, 0.61, 0.87),
        ("income", "Household income", "Revenu du foyer", Family.DEMOGRAPHIC, Sensitivity.SENSITIVE, 0.23, None),
        ("device", "Usual device", "Appareil habituel", Family.TECHNOGRAPHIC, Sensitivity.ORDINARY, 0.78, None),
        ("need", "What matters most", "Ce qui compte le plus", Family.NEEDS, Sensitivity.ORDINARY, 0.34, None),
        ("belief", "Cause supported", "Cause soutenue", Family.VALUES, Sensitivity.SPECIAL, 0.05, None),
        ("style", "Style of buying", "Style d'achat", Family.PSYCHOGRAPHIC, Sensitivity.ORDINARY, 0.33, None),
        ("orders", "Orders", "Commandes", Family.BEHAVIOURAL, Sensitivity.ORDINARY, 0.67, 1.0),
        ("industry", "Industry", "Secteur", Family.FIRMOGRAPHIC, Sensitivity.ORDINARY, 0.11, None),
    ]
    traits = tuple(
        ColumnQuality(
            name, Label(en=en, fr=fr), ValueType.TEXT, sensitivity, family, PERSONS, int(PERSONS * fill),
            int(10 + 9_000 * fill), fill > 0.8, None if valid is None else int(PERSONS * fill * valid),
            None if valid is None else Text(en="written as the rule says", fr="écrit selon la règle"),
        )
        for name, en, fr, family, sensitivity, fill, valid in known
    )  # fmt: skip
    label = Label(en="Order completed", fr="Commande passée")
    orders = EventQuality("Order Completed", label, 33_012, AT - dt.timedelta(hours=2), 0, 0, ())
    return Quality(AT, PERSONS, traits, (orders,))
