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
_SHARED = Plural(
    Text(
        en="{n} {kind} belongs to several persons, who were kept apart",
        fr="{n} {kind} appartient à plusieurs personnes, qui restent distinctes",
    ),
    Text(
        en="{n} {kind} belong to several persons, who were kept apart",
        fr="{n} {kind} appartiennent à plusieurs personnes, qui restent distinctes",
    ),
)
_KINDS = {
    "email": Text(en="e-mail address(es)", fr="adresse(s) e-mail"),
    "phone": Text(en="phone number(s)", fr="numéro(s) de téléphone"),
    "anonymous_id": Text(en="visitor number(s)", fr="numéro(s) de visiteur"),
}


def findings(repeated: int, shared: Mapping[str, int]) -> tuple[Said, ...]:
    """Rows that were repeated and kept, and identifiers that several persons share."""
    kept = [_REPEATED.with_(n=repeated)] if repeated else []
    apart = [_SHARED.with_(n=n, kind=_KINDS[kind]) for kind, n in shared.items() if n > 0 and kind in _KINDS]
    return (*kept, *apart)
