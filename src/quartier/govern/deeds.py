"""What is written into the audit log: every kind of deed once, with what people read of it."""

from enum import StrEnum

from quartier.language import Text


class Deeds(StrEnum):
    """The kinds of deeds that somebody may have to answer for, as they are kept."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    INVITED = "invited"
    USER_MADE = "user_made"
    ROLE_GIVEN = "role_given"
    USER_CLOSED = "user_closed"
    USER_REOPENED = "user_reopened"
    PASSWORD_OFFERED = "password_offered"  # noqa: S105 - the name of a deed
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the same
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODE_USED = "recovery_code_used"
    PROVIDER_FORGOTTEN = "provider_forgotten"
    KEY_MADE = "key_made"
    KEY_REVOKED = "key_revoked"
    SETTINGS_CHANGED = "settings_changed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    AUDIENCE_FROZEN = "audience_frozen"
    MEMBERS_READ = "members_read"
    SENSITIVE_SEEN = "sensitive_seen"
    LINK_DECIDED = "link_decided"
    MATCHED = "matched"
    CATALOG_CHANGED = "catalog_changed"
    NAMES_CLASSIFIED = "names_classified"
    MODEL_RUN = "model_run"
    MARKET_KEPT = "market_kept"
    MARKET_RETIRED = "market_retired"
    SOURCE_CHANGED = "source_changed"
    SOURCE_RETIRED = "source_retired"
    MESSAGE_DROPPED = "message_dropped"
    MESSAGE_REPLAYED = "message_replayed"
    REJECTED_ROWS_READ = "rejected_rows_read"
    REJECTED_ROWS_MENDED = "rejected_rows_mended"
    REJECTED_ROWS_DROPPED = "rejected_rows_dropped"
    LINK_LIMITS_CHANGED = "link_limits_changed"


LABELS: dict[Deeds, Text] = {
    Deeds.SIGNED_IN: Text(en="signed in", fr="connexion"),
    Deeds.SIGN_IN_REFUSED: Text(en="was not let in by the provider", fr="connexion refusée chez le fournisseur"),
    Deeds.INVITED: Text(en="invited somebody", fr="invitation"),
    Deeds.USER_MADE: Text(en="became a user", fr="nouvel utilisateur"),
    Deeds.ROLE_GIVEN: Text(en="gave a role", fr="changement de rôle"),
    Deeds.USER_CLOSED: Text(en="closed a user", fr="utilisateur fermé"),
    Deeds.USER_REOPENED: Text(en="reopened a user", fr="utilisateur rouvert"),
    Deeds.PASSWORD_OFFERED: Text(en="offered a new password", fr="nouveau mot de passe proposé"),
    Deeds.PASSWORD_CHANGED: Text(en="changed a password", fr="mot de passe changé"),
    Deeds.SECOND_FACTOR_SET: Text(en="set up a second factor", fr="second facteur activé"),
    Deeds.SECOND_FACTOR_REMOVED: Text(en="took a second factor off", fr="second facteur retiré"),
    Deeds.RECOVERY_CODE_USED: Text(en="came in with a recovery code", fr="code de secours utilisé"),
    Deeds.PROVIDER_FORGOTTEN: Text(en="had the provider's account forgotten", fr="compte du fournisseur oublié"),
    Deeds.KEY_MADE: Text(en="created a key", fr="clé créée"),
    Deeds.KEY_REVOKED: Text(en="revoked a key", fr="clé révoquée"),
    Deeds.SETTINGS_CHANGED: Text(en="changed the settings", fr="réglages modifiés"),
    Deeds.EXPORTED: Text(en="exported a list", fr="liste exportée"),
    Deeds.IMPORTED: Text(en="brought a file in", fr="fichier importé"),
    Deeds.AUDIENCE_FROZEN: Text(en="froze an audience", fr="audience figée"),
    Deeds.MEMBERS_READ: Text(en="read members", fr="lecture de membres"),
    Deeds.SENSITIVE_SEEN: Text(en="saw sensitive values", fr="lecture de valeurs délicates"),
    Deeds.LINK_DECIDED: Text(en="decided of links", fr="décision sur des liens"),
    Deeds.MATCHED: Text(en="matched identifiers", fr="rapprochement d'identifiants"),
    Deeds.CATALOG_CHANGED: Text(en="changed the catalog", fr="catalogue modifié"),
    Deeds.NAMES_CLASSIFIED: Text(en="classified names", fr="noms classés"),
    Deeds.MODEL_RUN: Text(en="ran a model", fr="modèle calculé"),
    Deeds.MARKET_KEPT: Text(en="gave a table of the market", fr="tableau du marché donné"),
    Deeds.MARKET_RETIRED: Text(en="took a table of the market out of force", fr="tableau du marché retiré"),
    Deeds.SOURCE_CHANGED: Text(en="changed a source", fr="source modifiée"),
    Deeds.SOURCE_RETIRED: Text(en="retired a source", fr="source retirée"),
    Deeds.MESSAGE_DROPPED: Text(en="dropped a message", fr="message abandonné"),
    Deeds.MESSAGE_REPLAYED: Text(en="replayed a message", fr="message rejoué"),
    Deeds.REJECTED_ROWS_READ: Text(en="read rejected rows", fr="lecture de lignes rejetées"),
    Deeds.REJECTED_ROWS_MENDED: Text(en="mended rejected rows", fr="lignes rejetées corrigées"),
    Deeds.REJECTED_ROWS_DROPPED: Text(en="dropped rejected rows", fr="lignes rejetées abandonnées"),
    Deeds.LINK_LIMITS_CHANGED: Text(en="changed the limits of links", fr="limites de liens modifiées"),
}

OLDER = {
    "saw_sensitive": Deeds.SENSITIVE_SEEN,
    "decided_links": Deeds.LINK_DECIDED,
    "changed_link_limits": Deeds.LINK_LIMITS_CHANGED,
}
"""What rows were called that were written before: they stay as they are, for their digests hold their names."""


def kind_of(written: str) -> Deeds | None:
    """The kind of deed that a row tells of, whatever it was called then; None for one that is not known here."""
    if written in OLDER:
        return OLDER[written]
    return next((each for each in Deeds if each == written), None)
