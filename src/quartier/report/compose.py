"""From content to page: every word in one language, every figure drawn."""

from markupsafe import Markup

from quartier.language import Language, Text, instant
from quartier.language.counted import CUSTOMERS, PERSONS
from quartier.report.content import ReportContent
from quartier.report.figures import clientele, cohorts, concentration, distinction, months, overlaps, rfm, separation
from quartier.report.figures.figure import Figure
from quartier.report.page import Page
from quartier.report.sections import campaigns, glance, quality, segmentation, segments
from quartier.report.sections.notes import notes
from quartier.report.sections.road import TITLES, rail
from quartier.report.stylesheet import stylesheet
from quartier.report.written import NB


def figures(content: ReportContent, language: Language) -> tuple[Figure, ...]:
    """Every figure of the report, in its order."""
    single = (months.figure, rfm.figure, concentration.figure, cohorts.figure, overlaps.figure, separation.figure)
    drawn = [each for make in single if (each := make(content, language))]
    apart = [each for card in content.segments if (each := distinction.figure(card, language))]
    return (*clientele.figures(content, language), *drawn, *apart, *campaigns.figures(content, language))


def compose(content: ReportContent, language: Language) -> Page:
    """The page in one language."""
    there = sections_of(content, language)
    base = months.figure(content, language)
    analysis = tuple(make(content, language) for make in (rfm.figure, concentration.figure, cohorts.figure))
    overlap = overlaps.figure(content, language)
    return Page(
        language=language,
        title=_TITLE.to(language, name=content.name),
        lead=_lead(content, language),
        synthetic=SYNTHETIC.to(language) if content.is_synthetic else "",
        style=Markup(stylesheet()),  # noqa: S704 - our own file
        words=_words(language),
        rail=rail(there, language),
        plan=tuple(each.placed() for each in clientele.figures(content, language)),
        plan_key=clientele.key_of(content, language),
        glance=glance.glance(content, language),
        base=(base.placed(),) if base else (),
        analysis=tuple(each.placed() for each in analysis if each),
        segments=segments.views(content, language),
        overlap=(overlap.placed(),) if overlap else (),
        segmentation=segmentation.view(content, language),
        effects=campaigns.views(content, language),
        attention=quality.attended(content, language),
        quality=quality.traits(content, language),
        events=quality.events(content, language),
        notes=notes(there, language),
    )


def sections_of(content: ReportContent, language: Language) -> set[str]:
    """The anchors of the sections for which there is something to say."""
    found = {
        "plan": clientele.figures(content, language),
        "base": content.overview,
        "months": months.figure(content, language),
        "rfm": rfm.figure(content, language),
        "concentration": concentration.figure(content, language),
        "cohorts": cohorts.figure(content, language),
        "segments": content.segments,
        "overlap": overlaps.figure(content, language),
        "segmentation": content.segmentation and content.segmentation.segments,
        "effects": any(card.rows for card in content.effects),
        "quality": content.quality,
        "notes": True,
    }
    return {anchor for anchor, value in found.items() if value}


def _lead(content: ReportContent, language: Language) -> str:
    at = instant(content.at, language, content.zone)
    if content.overview is None:
        return _AT.to(language, at=at)
    persons, customers = content.overview.persons, content.overview.customers
    return _LEAD.to(language, persons=PERSONS.with_(n=persons), customers=CUSTOMERS.with_(n=customers), at=at)


def _words(language: Language) -> dict[str, str]:
    return {name: text.to(language) for name, text in {**_WORDS, **TITLES}.items()}


_TITLE = Text(en="{name}: the clientele", fr=f"{{name}}{NB}: la clientèle")
_LEAD = Text(
    en="What the base says of {persons}, {customers} among them, as of {at}.",
    fr="Ce que dit la base de {persons}, dont {customers}, au {at}.",
)
_AT = Text(en="What the base says, as of {at}.", fr="Ce que dit la base, au {at}.")
SYNTHETIC = Text(
    en="Synthetic data: this shop and its customers were made up by a generator. No person stands behind the figures.",
    fr=f"Données synthétiques{NB}: cette boutique et ses clients ont été inventés par un générateur. "
    "Aucune personne ne se cache derrière les chiffres.",
)
_WORDS = {
    "figures": Text(en="Table of figures", fr="Tableau des chiffres"),
    "by_persons": Text(en="By persons", fr="Par personnes"),
    "by_revenue": Text(en="By revenue", fr="Par chiffre d'affaires"),
    "area": Text(en="Area of the districts", fr="Surface des quartiers"),
    "skip": Text(en="Go to the content", fr="Aller au contenu"),
    "road": Text(en="The road", fr="Le parcours"),
    "made_by": Text(en="Made by Quartier, open-source segmentation.", fr="Fait par Quartier, segmentation libre."),
    "of_persons": Text(en="of persons", fr="des personnes"),
    "of_revenue": Text(en="of revenue", fr="du chiffre d'affaires"),
    "trait": Text(en="trait", fr="trait"),
    "family": Text(en="family", fr="famille"),
    "sensitivity": Text(en="sensitivity", fr="sensibilité"),
    "filled": Text(en="filled in", fr="renseigné"),
    "distinct": Text(en="different values", fr="valeurs distinctes"),
    "valid": Text(en="valid", fr="valides"),
    "look_at": Text(en="to be looked at", fr="à vérifier"),
    "no_plan": Text(
        en="There is no plan yet. Run `quartier model run rfm` to sort customers into districts, then make the report "
        "again.",
        fr="Il n'y a pas encore de plan. Lancez `quartier model run rfm` pour répartir les clients en quartiers, puis "
        "refaites le rapport.",
    ),
    "no_segments": Text(
        en="No segment is defined yet. `quartier segment list` shows the ready-made ones that fit this data.",
        fr="Aucun segment n'est encore défini. `quartier segment list` montre les segments prêts à l'emploi qui "
        "conviennent à ces données.",
    ),
    "no_effects": Text(
        en="No effect has been measured yet. Export a list with a holdout (`quartier target export SEGMENT --holdout "
        "10%`), act, then run `quartier evaluate`.",
        fr="Aucun effet n'a encore été mesuré. Exportez une liste avec un groupe témoin (`quartier target export "
        "SEGMENT --holdout 10%`), agissez, puis lancez `quartier evaluate`.",
    ),
    "to_look_at": Text(en="What to look at", fr="Ce qu'il faut regarder"),
    "each_segment": Text(en="Each segment in the set", fr="Chaque segment dans l'ensemble"),
    "trend": Text(en="size over time", fr="taille dans le temps"),
}
