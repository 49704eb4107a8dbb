"""The settings of a workspace: written, read back, and refused with all that is wrong."""

import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.config import FILE_NAME, Config, OpenId, place_of
from quartier.errors import InvalidDefinition
from quartier.govern.roles import ROLES

CONFIGS = st.builds(
    Config,
    name=st.text(st.characters(codec="utf-8"), min_size=1),
    language=st.sampled_from(["en", "fr"]),
    time_zone=st.sampled_from(["Europe/Paris", "America/New_York", "UTC"]),
    currency=st.sampled_from(["EUR", "CHF", "GBP"]),
    memory_limit=st.sampled_from(["512MB", "1.5 GB", "2TB"]),
    threads=st.none() | st.integers(1, 64),
)


@given(CONFIGS)
def test_what_is_written_reads_back_the_same(tmp_path_factory: pytest.TempPathFactory, config: Config):
    folder = tmp_path_factory.mktemp("config")
    config.write(folder)
    assert Config.read(folder) == config


def test_every_setting_has_its_help_beside_it_in_the_file(folder: Path):
    Config(name="Tiny shop").write(folder)
    lines = (folder / FILE_NAME).read_text(encoding="utf-8").splitlines()
    for name, field in Config.model_fields.items():
        starts = (f"{name} =", f"[{name}]")
        (place,) = [n for n, line in enumerate(lines) if line.removeprefix("# ").startswith(starts)]
        assert lines[place - 1] == f"# {field.description}"


OPEN_ID = OpenId(label="Clés d'ici", issuer="https://id.example.org", client_id="q", secret_env="OPEN_ID_SECRET")


def test_the_provider_is_a_table_of_its_own_and_reads_back_the_same(folder: Path):
    config = Config(name="Tiny shop", open_id=OPEN_ID.model_copy(update={"newcomers_domain": "example.org"}))
    config.write(folder)
    assert Config.read(folder) == config
    assert "[open_id]" in (folder / FILE_NAME).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issuer", "http://id.example.org"),
        ("issuer", "https://user:word@id.example.org"),
        ("issuer", "https://id.example.org?a=1"),
        ("issuer", "file:///etc/passwd"),
        ("secret_env", "s3cr3t-itself!"),
        ("newcomers_domain", "@example.org"),
        ("newcomers_role", "owner"),
        ("secret", "the secret itself"),
    ],
)
def test_a_provider_is_refused_that_cannot_be_trusted(folder: Path, name: str, value: str):
    said = OPEN_ID.model_dump(exclude_none=True) | {name: value}
    lines = "".join(f"{key} = {json.dumps(each)}\n" for key, each in said.items())
    assert set(problems(folder, f'name = "Tiny"\n[open_id]\n{lines}')) == {f"open_id.{name}"}


def test_newcomers_get_any_role_but_that_of_an_owner():
    assert set(get_args(OpenId.model_fields["newcomers_role"].annotation)) == set(ROLES) - {"owner"}


def problems(folder: Path, text: str) -> dict[str, str]:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDefinition) as caught:
        Config.read(folder)
    assert caught.value.document == FILE_NAME
    assert caught.value.exit_code == 2
    return {each.place: each.what.to("fr") for each in caught.value.problems}


def test_all_that_is_wrong_is_told_at_once(folder: Path):
    found = problems(folder, 'language = "de"\ntime_zone = "Mars"\ncurrency = "XYZ"\nthreads = 0\ncolour = "red"\n')
    assert set(found) == {"name", "language", "time_zone", "currency", "threads", "colour"}
    assert found["name"] == "cette clé manque"
    assert found["colour"] == "cette clé est inconnue ici"


def test_every_problem_is_told_in_the_language_of_the_reader(folder: Path):
    (folder / FILE_NAME).write_text('language = "de"\ntime_zone = "europe/pari"\nthreads = 0\nmemory_limit = "x"\n')
    with pytest.raises(InvalidDefinition) as caught:
        Config.read(folder)
    for each in caught.value.problems:
        assert each.what.to("en") != each.what.to("fr")
    assert "did you mean Europe/Paris" in caught.value.to("en")
    assert "l'une de ces valeurs est attendue\N{NO-BREAK SPACE}: 'en', 'fr'" in caught.value.to("fr")


def test_a_file_in_another_encoding_says_so(folder: Path):
    (folder / FILE_NAME).write_bytes('name = "Épicerie"'.encode("latin-1"))
    with pytest.raises(InvalidDefinition):
        Config.read(folder)


@pytest.mark.parametrize("limit", ["lots", "4", "4 gigas", "-1GB", ""])
def test_a_memory_limit_has_a_number_and_a_unit(folder: Path, limit: str):
    assert set(problems(folder, f'name = "x"\nmemory_limit = "{limit}"\n')) == {"memory_limit"}


def test_a_file_that_is_not_toml_says_so(folder: Path):
    assert "TOML incorrect" in problems(folder, "name = \n")[""]


def test_the_zone_is_an_object():
    assert Config(name="x", time_zone="Europe/Brussels").zone.key == "Europe/Brussels"


def test_places_are_written_as_a_person_would_find_them():
    assert place_of(("where", "all", 2, "trait")) == "where.all[2].trait"
    assert place_of(()) == ""
