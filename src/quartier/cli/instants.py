"""Instants as the command line takes them."""

import datetime as dt

from quartier.errors import InvalidRequest
from quartier.language import Text


def read_instant(written: str, option: str) -> dt.datetime:
    """An instant in ISO 8601, UTC where no zone is written. Raises InvalidRequest, naming the option."""
    try:
        instant = dt.datetime.fromisoformat(written)
    except ValueError as error:
        raise InvalidRequest(_NO_INSTANT.with_(at=written), where=option, remedy=_WRITE_INSTANTS) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)


_NO_INSTANT = Text(en="“{at}” is not an instant", fr="« {at} » n'est pas un instant")
_WRITE_INSTANTS = Text(
    en="write 2026-01-31 or 2026-01-31T12:00+01:00", fr="écrivez 2026-01-31 ou 2026-01-31T12:00+01:00"
)
