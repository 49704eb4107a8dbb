"""What an import shows that is no error and yet worth saying."""

from collections.abc import Mapping

from quartier.language import Plural, Said, Text

_REPEATED = Plural(
    Text(
        en="{n} row repeats an earlier one of the same file and was kept (`repeated_rows: drop` would leave it out)",
        fr="{n} ligne répète une ligne du même fichier et a été gardée (`repeated_rows: drop` l'écarterait)",
    ),
    Text(
        en="{n} rows repeat earlier ones of the same file and were kept (`repeated_rows: drop` would leave them out)",
        fr="{n} lignes répètent des lignes du même fichier et ont été gardées (`repeated_rows: drop` les écarterait)",
    ),
)


def _counted(one_en: str, one_fr: str, many_en: str, many_fr: str) -> Plural:
    return Plural(Text(en=one_en, fr=one_fr), Text(en=many_en, fr=many_fr))


_SHARED = {
    "email": _counted(
        "{n} e-mail address belongs to several persons, who were kept apart",
        "{n} adresse e-mail appartient à plusieurs personnes, qui restent distinctes",
        "{n} e-mail addresses belong to several persons, who were kept apart",
        "{n} adresses e-mail appartiennent à plusieurs personnes, qui restent distinctes",
    ),
    "phone": _counted(
        "{n} phone number belongs to several persons, who were kept apart",
        "{n} numéro de téléphone appartient à plusieurs personnes, qui restent distinctes",
        "{n} phone numbers belong to several persons, who were kept apart",
        "{n} numéros de téléphone appartiennent à plusieurs personnes, qui restent distinctes",
    ),
    "anonymous_id": _counted(
        "{n} visitor number belongs to several persons, who were kept apart",
        "{n} numéro de visiteur appartient à plusieurs personnes, qui restent distinctes",
        "{n} visitor numbers belong to several persons, who were kept apart",
        "{n} numéros de visiteur appartiennent à plusieurs personnes, qui restent distinctes",
    ),
}
_FILLING = {
    "email": _counted(
        "{n} row has an e-mail address that only fills the field: it is kept, and identifies nobody",
        "{n} ligne a une adresse e-mail de remplissage : elle est gardée et n'identifie personne",
        "{n} rows have an e-mail address that only fills the field: it is kept, and identifies nobody",
        "{n} lignes ont une adresse e-mail de remplissage : elle est gardée et n'identifie personne",
    ),
    "phone": _counted(
        "{n} row has a phone number that only fills the field: it is kept, and identifies nobody",
        "{n} ligne a un numéro de téléphone de remplissage : il est gardé et n'identifie personne",
        "{n} rows have a phone number that only fills the field: it is kept, and identifies nobody",
        "{n} lignes ont un numéro de téléphone de remplissage : il est gardé et n'identifie personne",
    ),
}
_UNUSABLE = {
    "email": _counted(
        "{n} row has an e-mail address that cannot be one: it is kept, and identifies nobody",
        "{n} ligne a une adresse e-mail impossible : elle est gardée et n'identifie personne",
        "{n} rows have an e-mail address that cannot be one: it is kept, and identifies nobody",
        "{n} lignes ont une adresse e-mail impossible : elle est gardée et n'identifie personne",
    ),
    "phone": _counted(
        "{n} row has a phone number that cannot be one: it is kept, and identifies nobody",
        "{n} ligne a un numéro de téléphone impossible : il est gardé et n'identifie personne",
        "{n} rows have a phone number that cannot be one: it is kept, and identifies nobody",
        "{n} lignes ont un numéro de téléphone impossible : il est gardé et n'identifie personne",
    ),
}


def findings(repeated: int, shared: Mapping[str, int], unusable: Mapping[tuple[str, bool], int]) -> tuple[Said, ...]:
    """Rows repeated and kept, identifiers that several persons share, identifiers by which nothing is compared.

    Of these the kind is told, and whether they only fill the field.
    """
    kept = [_REPEATED.with_(n=repeated)] if repeated else []
    apart = [_SHARED[kind].with_(n=n) for kind, n in shared.items() if n > 0 and kind in _SHARED]
    odd = [(_FILLING if fills else _UNUSABLE)[kind].with_(n=n) for (kind, fills), n in sorted(unusable.items())]
    return (*kept, *apart, *odd)
