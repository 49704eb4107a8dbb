"""The whole road with the example shop, stage by stage.

The clock is fixed and the shop is seeded: the same command prints the same figures everywhere.
"""

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from quartier import create, example, workspace
from quartier.analyse import CLASS_BY_ID
from quartier.cli.session import Session
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.config import Config
from quartier.errors import InvalidRequest
from quartier.language import LANGUAGES, Text, amount, instant, percent, whole
from quartier.workspace import Workspace

if TYPE_CHECKING:
    from quartier.evaluate.report import EffectReport

END = dt.date(2026, 11, 1)
CAMPAIGN, AUDIENCE, HOLDOUT = "autumn-2026", "reachable-by-email", "20%"
OUTCOME = "sum of revenue of Order Completed within 14 days"
AFTER = dt.timedelta(days=15)
SEGMENTS = Path(example.__file__).parent / "segments.yaml"
GROUPS = ("prospects", "recent-customers", "sleeping-customers", "regulars", "big-spenders", "occasional-customers")
MARK = "made-by-quartier-demo"
SECRET = b"the same holdout in every demo\0\0"


def prepared(folder: Path, persons: int, seed: int, now: Session) -> "Road":
    """A clean folder: an earlier demo there is taken away, anything else is left alone."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise InvalidRequest(_NOT_EMPTY.with_(folder=str(folder)), remedy=_OTHER_FOLDER)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    shop = example.generate(seed=seed, end=END, persons=persons)
    return Road(folder, shop, now, FixedClock(shop.ends_at))


@dataclass
class Road:
    """One walk: the shop, where its files go, and a clock that moves when the campaign is over."""

    folder: Path
    shop: example.Shop
    now: Session
    clock: FixedClock

    def travel(self, *, is_silent: bool) -> dict[str, Any]:
        """Walk it; gives what each stage found, as plain data."""
        self.now.out.quiet = is_silent
        self.now.say(example.SYNTHETIC)
        config = Config(name=_NAME.to(self.now.language), language=self.now.language, is_synthetic=True)
        path = create(self.folder / "workspace", config, clock=self.clock, secret=SECRET)
        with workspace.open(path, clock=self.clock) as ws:
            collected = self._collect(ws)
            classes = self._analyse(ws)
            sizes = self._segment(ws)
            exported = self._target(ws)
            effects = self._evaluate(ws)
            reports = self._report(ws)
        self.now.out.quiet = False
        return {
            "collected": collected,
            "rfm": classes,
            "segments": sizes,
            "target": exported,
            "effects": effects.as_json(),
            "reports": reports,
        }

    def _collect(self, ws: Workspace) -> list[dict[str, Any]]:
        self._stage(_COLLECT)
        paths = example.write_shop(self.folder / "files", self.shop)
        done = []
        for path in paths:
            with self.now.progress(_READING) as advance:
                done.append(self._bring(ws, path, advance))
        heads = [_FILE, _ROWS, _STORED, _DUPLICATES, _REJECTED]
        rows = [
            [path.name, *self._wholes(each.rows_in, each.stored, each.duplicates, each.rejected)]
            for path, each in zip(paths, done, strict=True)
        ]
        self.now.print_table(heads, rows, right=(1, 2, 3, 4))
        return [each.as_json() for each in done]

    def _bring(self, ws: Workspace, path: Path, advance: Any = None) -> Any:
        mapping = example.mapping_of(path)
        document = Mapping.read(mapping.read_text(encoding="utf-8"), mapping.name)
        return ws.collect(path, document, author="demo", progress=advance)

    def _analyse(self, ws: Workspace) -> dict[str, int]:
        self._stage(_ANALYSE)
        done = ws.run_model(author="demo")
        classes: dict[str, int] = done.as_json()["figures"]["classes"]
        rows = [
            [CLASS_BY_ID[key].label.to(self.now.language), *self._wholes(n), self._share(n, done.scored)]
            for key, n in classes.items()
        ]
        self.now.print_table([_CLASS, _CUSTOMERS, _SHARE], rows, right=(1, 2))
        return classes

    def _segment(self, ws: Workspace) -> list[dict[str, Any]]:
        self._stage(_SEGMENT)
        ws.apply_ready_made(author="demo")
        documents = list(yaml.safe_load_all(SEGMENTS.read_text(encoding="utf-8")))
        groups = ws.apply_segments(documents, author="demo")
        everyone = ws.count_everyone()
        rows = [[each.definition.name, *self._wholes(each.size), self._share(each.size, everyone)] for each in groups]
        self.now.print_table([_SEGMENT_HEAD, _PERSONS_HEAD, _SHARE], rows, right=(1, 2))
        self.now.say(_MEANS, sentence=ws.sentence("big-spenders", self.now.language))
        standing = ws.segments()
        self.now.say(_ALL_SEGMENTS, n=len(standing))
        return [each.as_json() for each in standing]

    def _target(self, ws: Workspace) -> dict[str, object]:
        self._stage(_TARGET)
        campaign = {"name": CAMPAIGN, "segment": AUDIENCE, "holdout": HOLDOUT}
        audience, done = ws.freeze_and_export(campaign, self.folder / "list.csv", author="demo")
        self.now.say(
            _FROZEN,
            n=done.persons,
            held=len(audience.held_out),
            at=instant(audience.at, self.now.language, ws.config.zone),
        )
        return done.as_json() | {"path": done.path.name}

    def _evaluate(self, ws: Workspace) -> "EffectReport":
        self._stage(_EVALUATE)
        reached = _user_ids(ws, ws.audience(CAMPAIGN).targeted)
        addressed = reached + _user_ids(ws, ws.audience(CAMPAIGN).held_out)
        later = example.respond(self.shop, reached, at=self.clock.now(), seed=self.shop.seed)
        truth = example.truth(
            self.shop, addressed, {name: _user_ids(ws, ws.evaluated(name).members) for name in GROUPS}
        )
        self.clock.advance(AFTER)
        self._bring(ws, example.write_aftermath(self.folder / "files", later))
        found = ws.evaluate(CAMPAIGN, OUTCOME, segments_named=GROUPS)
        rows = [self._effect_row(_EVERYBODY.to(self.now.language), found.overall, truth.overall.revenue)]
        rows += [
            self._effect_row(ws.label(each.segment).to(self.now.language), each, truth.segments[each.segment].revenue)
            for each in found.segments
            if each.segment
        ]
        self.now.print_table([_SEGMENT_HEAD, _DIFFERENCE, _INTERVAL, _TRUE, _VERDICT], rows, right=(1, 2, 3))
        return found

    def _effect_row(self, label: str, effect: Any, true: float) -> list[str]:
        def money(value: float) -> str:
            return amount(value, "EUR", self.now.language, signed=True)

        between = _BETWEEN.to(self.now.language, low=money(effect.interval.low), high=money(effect.interval.high))
        return [label, money(effect.difference), between, money(true), effect.verdict.label.to(self.now.language)]

    def _report(self, ws: Workspace) -> list[str]:
        from quartier.report.gather import gather  # charts take a second to load
        from quartier.report.run import write_content

        self._stage(_REPORT)
        content = gather(ws)
        paths = [self.folder / f"report.{language}.html" for language in LANGUAGES]
        for path, language in zip(paths, LANGUAGES, strict=True):
            with self.now.progress(_WRITING) as advance:
                write_content(content, path, language, progress=advance)
            self.now.say_line(str(path))
        return [path.name for path in paths]

    def _stage(self, text: Text) -> None:
        self.now.out.print(f"\n{text.to(self.now.language)}", style="bold", markup=False)

    def _wholes(self, *counts: int) -> list[str]:
        return [whole(each, self.now.language) for each in counts]

    def _share(self, part: int, of: int) -> str:
        return percent(part / of if of else 0, self.now.language)


def _user_ids(ws: Workspace, keys: Any) -> list[str]:
    return [each for each in ws.persons(keys, ["user_id"])["user_id"].to_pylist() if each is not None]


_NAME = Text(en="Example shop", fr="Boutique d'exemple")
_NOT_EMPTY = Text(en="{folder} is not empty", fr="{folder} n'est pas vide")
_OTHER_FOLDER = Text(en="name a new folder", fr="donnez un nouveau dossier")
_READING = Text(en="Reading", fr="Lecture")
_WRITING = Text(en="Writing", fr="Écriture")
_COLLECT = Text(en="Collect: the shop's files", fr="Collecter : les fichiers de la boutique")
_ANALYSE = Text(en="Analyse: recency, frequency, monetary value", fr="Analyser : récence, fréquence, montant")
_SEGMENT = Text(
    en="Segment: named conditions, exact counts", fr="Segmenter : des conditions nommées, des effectifs exacts"
)
_TARGET = Text(en="Target: a frozen audience with a holdout", fr="Cibler : une audience figée avec un groupe témoin")
_EVALUATE = Text(
    en="Evaluate: revenue per person in the 14 days after, against the holdout (and the truth, known here)",
    fr="Évaluer : chiffre d'affaires par personne sur 14 jours, face au groupe témoin (et à la vérité, connue ici)",
)
_REPORT = Text(en="Report", fr="Rapport")
_FILE = Text(en="file", fr="fichier")
_ROWS = Text(en="rows", fr="lignes")
_STORED = Text(en="stored", fr="gardées")
_DUPLICATES = Text(en="duplicates", fr="doublons")
_REJECTED = Text(en="rejected", fr="rejetées")
_CLASS = Text(en="class", fr="classe")
_CUSTOMERS = Text(en="customers", fr="clients")
_SHARE = Text(en="share", fr="part")
_SEGMENT_HEAD = Text(en="segment", fr="segment")
_PERSONS_HEAD = Text(en="persons", fr="personnes")
_MEANS = Text(en="big-spenders: {sentence}", fr="big-spenders : {sentence}")
_ALL_SEGMENTS = Text(
    en="{n} segments in all; the ready-made ones applied themselves.",
    fr="{n} segments en tout ; ceux prêts à l'emploi se sont appliqués d'eux-mêmes.",
)
_FROZEN = Text(
    en="list.csv: {n} persons, {held} held out, frozen at {at}.",
    fr="list.csv : {n} personnes, {held} dans le groupe témoin, figées au {at}.",
)
_EVERYBODY = Text(en="everybody", fr="ensemble")
_DIFFERENCE = Text(en="difference", fr="différence")
_INTERVAL = Text(en="95% interval", fr="intervalle à 95 %")
_TRUE = Text(en="true", fr="vérité")
_VERDICT = Text(en="verdict", fr="verdict")
_BETWEEN = Text(en="{low} to {high}", fr="{low} à {high}")
