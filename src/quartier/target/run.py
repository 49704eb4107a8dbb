"""Freeze the audience of a campaign, write its list, record who was exposed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Catalog
from quartier.channels import file
from quartier.engine import KEY, DuckDBEngine, rows_of_keys, subject_table
from quartier.errors import InvalidRequest, UnknownName, suggestion
from quartier.language import Text
from quartier.store import Store, audiences, definitions
from quartier.store.audiences import Audience, Exposure
from quartier.target.columns import columns_of
from quartier.target.definition import Campaign
from quartier.target.holdout import salt_of, split


@dataclass(frozen=True)
class Exported:
    """A list that was written: where, with which columns, and for how many persons."""

    campaign: str
    path: Path
    columns: tuple[str, ...]
    persons: int
    held_out: int
    at: dt.datetime

    def as_json(self) -> dict[str, object]:
        """The plain form, for machines."""
        return vars(self) | {"path": str(self.path), "columns": list(self.columns), "at": self.at.isoformat()}


def freeze(
    store: Store, *, campaign: Campaign, members: BitMap, position: int, at: dt.datetime, author: str
) -> Audience:
    """Fix for good who is targeted and who is held out, and keep the campaign's document.

    `position` is where the membership log stood when `members` were read.

    Raises InvalidRequest when the campaign has an audience already, when the segment is empty, or when it is so small
    that the holdout would leave nobody to reach.
    """
    with store.begin() as connection:
        _check_new(connection, campaign, members)
        audience = Audience(
            campaign.name, campaign.segment, position, at, campaign.holdout, *_drawn(store, campaign, members)
        )  # fmt: skip
        definitions.save(connection, "campaign", campaign.name, campaign.model_dump(mode="json"), author=author, at=at)
        audiences.freeze(connection, audience)
    return audience


def rehearse(store: Store, campaign: Campaign, members: BitMap) -> tuple[BitMap, BitMap]:
    """Who would be targeted and who held out, were the audience frozen now; nothing is kept.

    Raises InvalidRequest where `freeze` would.
    """
    with store.begin() as connection:
        _check_new(connection, campaign, members)
    _salt, targeted, held_out = _drawn(store, campaign, members)
    return targeted, held_out


def audience_of(store: Store, campaign: str) -> Audience:
    """The frozen audience of a campaign. Raises UnknownName when there is none."""
    with store.begin() as connection:
        found = audiences.find(connection, campaign)
        if found is None:
            names = [each.campaign for each in audiences.all_frozen(connection)]
            raise UnknownName(_NO_CAMPAIGN.with_(campaign=campaign), remedy=suggestion(campaign, names) or _EXPORT)
    return found


def warnings_of(audience: Audience) -> list[Text]:
    """What the person who starts a campaign must know before it leaves."""
    if not audience.holdout:
        return [NO_MEASURE]
    return [] if audience.held_out and audience.targeted else [ONE_SIDED]


def check_export(
    catalog: Catalog, path: Path, *, traits: Sequence[str] | None = None, replace: bool = False
) -> tuple[str, ...]:
    """The columns that a list would have. Raises what `export` would raise for its traits or its file."""
    columns = columns_of(catalog, traits)
    file.check(path, replace=replace)
    return columns


def export(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    *,
    campaign: str,
    path: Path,
    at: dt.datetime,
    traits: Sequence[str] | None = None,
    neutralise: bool = True,
    replace: bool = False,
) -> Exported:
    """Write the list of the targeted persons, never the held out, and then record that they were exposed.

    The exposure is recorded once the file is durable: an export that fails records nothing, and if the record fails
    the file is taken away again.

    Raises UnknownName when the campaign has no audience, InvalidDefinition for traits that are unknown or of a special
    category (all at once), InvalidRequest for a file that cannot be written or when none of the targeted is known any
    more.
    """
    audience = audience_of(store, campaign)
    columns = check_export(catalog, path, traits=traits, replace=replace)
    rows = _rows(engine, catalog, audience.targeted, columns)
    if not len(rows):
        raise InvalidRequest(_NOBODY.with_(campaign=campaign))
    reached = BitMap(rows[KEY["person"]].to_numpy())
    file.write(rows.drop_columns([KEY["person"]]), path, neutralise=neutralise, replace=replace)
    _record(store, Exposure(campaign, file.NAME, at, reached), path)
    return Exported(campaign, path, columns, len(reached), len(audience.held_out), at)


def _check_new(connection: sa.Connection, campaign: Campaign, members: BitMap) -> None:
    if (present := audiences.find(connection, campaign.name)) is not None:
        frozen = _FROZEN.with_(campaign=campaign.name, at=present.at)
        raise InvalidRequest(frozen, remedy=_NEW_NAME)
    if not members:
        raise InvalidRequest(_EMPTY.with_(segment=campaign.segment), remedy=_CHECK_SEGMENT)


def _drawn(store: Store, campaign: Campaign, members: BitMap) -> tuple[str, BitMap, BitMap]:
    """The campaign's salt, the targeted and the held out; the draw of a campaign is the same each time."""
    salt = salt_of(store.secret, campaign.name)
    targeted, held_out = split(members, share=campaign.holdout, salt=salt)
    if members and not targeted:
        raise InvalidRequest(_ALL_HELD_OUT.with_(segment=campaign.segment), remedy=_HOLD_LESS)
    return salt, targeted, held_out


def _rows(engine: DuckDBEngine, catalog: Catalog, persons: BitMap, columns: Sequence[str]) -> pa.Table:
    key = KEY["person"]
    return rows_of_keys(engine, subject_table(catalog).select(key, *columns), key, persons)


def _record(store: Store, exposure: Exposure, path: Path) -> None:
    try:
        with store.begin() as connection:
            audiences.expose(connection, exposure)
    except BaseException:
        path.unlink(missing_ok=True)  # nobody may use a list of which we know nothing
        raise


NO_MEASURE = Text(
    en="nobody is held out: no measure of effect will be possible",
    fr="le groupe témoin est vide : aucune mesure de l'effet ne sera possible",
)
ONE_SIDED = Text(
    en="the segment is so small that one side is empty: no measure of effect will be possible",
    fr="le segment est si petit qu'un côté est vide : aucune mesure de l'effet ne sera possible",
)
_NO_CAMPAIGN = Text(
    en="no campaign is called “{campaign}”",
    fr="aucune campagne ne s'appelle « {campaign} »",
)
_EXPORT = Text(en="start one with `quartier target export`", fr="lancez-en une avec `quartier target export`")
_FROZEN = Text(
    en="the campaign “{campaign}” has had its audience since {at}; it is frozen",
    fr="la campagne « {campaign} » a son audience depuis le {at} ; elle est figée",
)
_NEW_NAME = Text(en="give the new campaign another name", fr="donnez un autre nom à la nouvelle campagne")
_EMPTY = Text(
    en="the segment “{segment}” has no members",
    fr="le segment « {segment} » n'a aucun membre",
)
_CHECK_SEGMENT = Text(en="look at it with `quartier segment count`", fr="regardez-le avec `quartier segment count`")
_ALL_HELD_OUT = Text(
    en="the segment “{segment}” is so small that everyone in it was drawn for the holdout",
    fr="le segment « {segment} » est si petit que le tirage met tout le monde à l'écart",
)
_HOLD_LESS = Text(en="reach everyone with `--holdout 0%`", fr="visez tout le monde avec `--holdout 0%`")
_NOBODY = Text(
    en="none of the persons targeted by “{campaign}” is in the data any more",
    fr="aucune des personnes ciblées par « {campaign} » n'est encore dans les données",
)
