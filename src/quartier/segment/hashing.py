"""Hashes of conditions, computed once: a refresh looks the same deep trees up thousands of times."""

from typing import Any

_HASH = "_hash"


def hash_once(*classes: type) -> None:
    """Let the values of some frozen classes keep their hash once it was asked for; it is never written with them."""
    for each in classes:
        _keep_hash(each)


def _keep_hash(frozen: type) -> None:
    computed: Any = frozen.__hash__

    def kept(self: Any) -> int:
        found: int | None = self.__dict__.get(_HASH)
        if found is None:
            found = self.__dict__[_HASH] = computed(self)
        return found

    def state(self: Any) -> dict[str, object]:
        """Without the hash: that of a text is another one in another process."""
        return {name: value for name, value in self.__dict__.items() if name != _HASH}

    setattr(frozen, "__hash__", kept)  # noqa: B010 - mypy refuses to assign a method
    setattr(frozen, "__getstate__", state)  # noqa: B010
