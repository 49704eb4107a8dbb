"""Questions to the tables while they are written: what cannot be answered is said with its reason."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from quartier.api.answers import Unserved
from quartier.engine.failures import QueryStopped
from quartier.errors import InvalidRequest, UnknownName
from quartier.language import Text

Asked = TypeVar("Asked")


@contextmanager
def served(aside: Callable[[], AbstractContextManager[Asked]]) -> Iterator[Asked]:
    """What answers one request, opened in its thread; the words of the errors that are told hold no data."""
    try:
        with aside() as asked:
            yield asked
    except UnknownName as error:
        raise Unserved("not_found", error.what, 404) from error
    except InvalidRequest as error:
        raise Unserved("invalid_request", error.what, 400) from error
    except QueryStopped as error:
        raise Unserved("too_long", _TOO_LONG, 503) from error


_TOO_LONG = Text(en="the tables could not answer in time", fr="les tables n'ont pas pu répondre à temps")
