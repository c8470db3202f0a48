"""Where the files of Wegwijs are, and the one way to read YAML."""

from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver

from wegwijs.errors import ContentError

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "labels.yml"
CONTENT = ROOT / "content"
WIDGET = ROOT / "widget"
BOT = ROOT / "bot"
NLU_DATA = BOT / "data" / "nlu.yml"
DANGER_PATTERNS = BOT / "data" / "danger_patterns.yml"
STATEMENTS = BOT / "data" / "statements.yml"
CONCEPTS = BOT / "data" / "concepts"
SPELLING = BOT / "data" / "spelling.yml"
MODELS = BOT / "models"
# What `make safety` measured, and the page that shows it.
SAFETY_RESULTS = ROOT / "docs" / "safety.json"
SAFETY_PAGE = CONTENT / "veiligheid.html"
GUIDE_PAGE = CONTENT / "gids.html"


class _QuickResolver(VersionedResolver):
    """Leaves out what matches any word: Rasa adds such a resolver for environment variables.

    ruamel.yaml 0.17 appends those to its list again at every plain word, which makes a long file quadratic.
    """

    @cached_property
    def versioned_resolver(self) -> Any:
        found = super().versioned_resolver
        found.pop(None, None)
        return found


def read_yaml(path: Path) -> Any:
    """Read one YAML file as YAML 1.2, in which `no` and `20:00` stay what they are.

    Raises:
        ContentError: the file is missing or is no YAML; the text names the file and the line.
    """
    try:
        reader = YAML(typ="safe")
        reader.Resolver = _QuickResolver
        return reader.load(path)
    except FileNotFoundError as error:
        raise ContentError(f"{path}: file not found") from error
    except YAMLError as error:
        raise ContentError(f"{path}: {error}") from error
