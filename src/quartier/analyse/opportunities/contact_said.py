"""Those who promise much and were left alone in words, and as segments."""

from collections.abc import Sequence

from quartier.analyse.opportunities.contact import Alone, Promise, Where
from quartier.analyse.opportunities.found import Finding
from quartier.analyse.sides import FEWEST_PERSONS
from quartier.catalog import Label, Trait
from quartier.language import Plural, Said, Text, amount, verbatim


def finding_of(
    promise: Promise, found: Alone, days: int, silence: Where, consent: Trait | None, currency: str
) -> Finding | None:
    """The opportunity; None where fewer than five persons are left to be spoken to."""
    if found.proposed < FEWEST_PERSONS:
        return None
    said = _SAID.with_(label=found.label, n=found.proposed, days=days)
    why = [_OF.with_(n=found.persons, contacted=found.contacted, days=days)]
    if found.apart:
        why.append(_APART.with_(n=found.apart))
    if found.expected is not None and found.expected_interval is not None:
        between = found.expected_interval
        why.append(
            _EXPECTED.with_(n=round(found.expected), low=round(between.low), high=round(between.high))
        )  # fmt: skip
    if found.value is not None:
        value = verbatim(*(amount(found.value, currency, each, cents=False) for each in ("en", "fr")))
        why.append(_WORTH.with_(value=value))
    where = {"all": [promise.where, *([agreed(consent)] if consent else []), {"not": silence}]}
    label = Label(**{each: _LABEL.to(each, label=found.label, days=days) for each in ("en", "fr")})
    document = {
        "segment": f"{promise.name.replace('_', '-')}-left-alone", "label": label.model_dump(),
        "population": "everyone", "where": where,
    }  # fmt: skip
    return Finding(label, said, (*why, *promise.warnings), found.proposed, None, document)


def agreed(consent: Trait) -> Where:
    """The condition of who has agreed to be contacted."""
    return {"trait": consent.name, "is": True}


def heading(findings: Sequence[Finding], days: int) -> Said:
    """The main finding."""
    if not findings:
        return _NONE.with_()
    return findings[0].said if len(findings) == 1 else _SEVERAL.with_(n=round(findings[0].size), days=days)


def notes_of(consent: Trait | None) -> tuple[Said, ...]:
    """What limits it."""
    if consent is None:
        return (_NO_CONSENT.with_(), _NO_EFFECT.with_())
    return (_CONSENT.with_(trait=verbatim(consent.label.en, consent.label.fr)), _NO_EFFECT.with_())


def no_contacts() -> Said:
    """Why nothing is said where no contact has ever been noted."""
    return _NO_CONTACTS.with_()


_SAID = Plural(
    Text(
        en="{label}: {n} person without a follow-up for {days} days",
        fr="{label} : {n} personne sans relance depuis {days} jours",
    ),
    Text(
        en="{label}: {n} persons without a follow-up for {days} days",
        fr="{label} : {n} personnes sans relance depuis {days} jours",
    ),
)
_LABEL = Text(en="{label}, no follow-up for {days} days", fr="{label}, sans relance depuis {days} jours")
_OF = Plural(
    Text(
        en="{n} person is in that tenth, {contacted} contacted in the last {days} days.",
        fr="{n} personne est dans ce dixième, dont {contacted} contactée au cours des {days} derniers jours.",
    ),
    Text(
        en="{n} persons are in that tenth, {contacted} of them contacted in the last {days} days.",
        fr="{n} personnes sont dans ce dixième, dont {contacted} contactées au cours des {days} derniers jours.",
    ),
)
_APART = Plural(
    Text(
        en="{n} more was not contacted and has not agreed to be: not proposed.",
        fr="{n} autre n'a pas été contactée et n'y a pas consenti : elle n'est pas proposée.",
    ),
    Text(
        en="{n} more were not contacted and have not agreed to be: not proposed.",
        fr="{n} autres n'ont pas été contactées et n'y ont pas consenti : elles ne sont pas proposées.",
    ),
)
_EXPECTED = Plural(
    Text(
        en="{n} of those proposed is expected to have the outcome all by themselves (95% between {low} and {high}).",
        fr="{n} des personnes proposées devrait avoir ce résultat d'elle-même (95 % entre {low} et {high}).",
    ),
    Text(
        en="{n} of those proposed are expected to have the outcome all by themselves (95% between {low} and {high}).",
        fr="{n} des personnes proposées devraient avoir ce résultat d'elles-mêmes (95 % entre {low} et {high}).",
    ),
)
_WORTH = Text(
    en="Their lifetime value is {value} together, as last computed.",
    fr="Leur valeur vie client est de {value} en tout, selon le dernier calcul.",
)
_SEVERAL = Plural(
    Text(
        en="At least {n} promising person has not been contacted for {days} days",
        fr="Au moins {n} personne prometteuse n'a pas été contactée depuis {days} jours",
    ),
    Text(
        en="At least {n} promising persons have not been contacted for {days} days",
        fr="Au moins {n} personnes prometteuses n'ont pas été contactées depuis {days} jours",
    ),
)
_NONE = Text(
    en="Nobody who promises much is left alone, as far as is known",
    fr="Personne de prometteur n'est laissé de côté, pour autant qu'on le sache",
)
_NO_CONTACTS = Text(
    en="No follow-up has ever been noted: no list of a campaign was exported, and no messages such as “Email "
    "Delivered” arrive. Bring them in, or write to persons by campaigns.",
    fr="Aucune relance n'a jamais été notée : aucune liste de campagne exportée, et aucun message comme « Email "
    "Delivered » ne parvient. Importez-les, ou écrivez aux personnes par des campagnes.",
)
_CONSENT = Text(
    en="“{trait}” is taken for the agreement to be contacted: who has not said yes is never proposed.",
    fr="« {trait} » est tenu pour l'accord d'être contacté : qui n'a pas dit oui n'est jamais proposé.",
)
_NO_CONSENT = Text(
    en="No trait says who agreed to be contacted: check that before you write to anybody.",
    fr="Aucun trait ne dit qui a accepté d'être contacté : vérifiez-le avant d'écrire à quiconque.",
)
_NO_EFFECT = Text(
    en="What is expected is what they would do by themselves. Whether a message changes anything is told by a holdout: "
    "hold some of them out when you target them.",
    fr="Ce qui est attendu est ce qu'ils feraient d'eux-mêmes. Qu'un message y change quelque chose, seul un groupe "
    "témoin le dit : tenez-en une partie à l'écart quand vous les ciblez.",
)
