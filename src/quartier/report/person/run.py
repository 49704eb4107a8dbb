"""Write the profile of a person as a page: the only place here that touches files."""

from pathlib import Path

from quartier.config import Config
from quartier.identify.profile import Profile
from quartier.language import Language
from quartier.look.page import templates
from quartier.report.person.compose import compose


def write_profile(found: Profile, path: str | Path, language: Language, config: Config) -> Path:
    """Write a profile to one HTML file that asks the network for nothing.

    Args:
        found: the profile, as `workspace.persons.profile` gives it; what is masked there is masked here.
        path: its folder is made when it is not there, a file of that name is replaced.
        language: of every word and number.
        config: the workspace's, for its name and its time zone.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render(found, language, config), encoding="utf-8")
    return target


def render(found: Profile, language: Language, config: Config) -> str:
    """The profile as one HTML document in one language."""
    template = templates("quartier.report").get_template("person.html")
    return template.render(page=compose(found, language, config)).lstrip()
