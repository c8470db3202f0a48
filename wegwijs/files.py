"""Where the files of Wegwijs are, and the one way to read YAML."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from wegwijs.errors import ContentError

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "labels.yml"
CONTENT = ROOT / "content"
WIDGET = ROOT / "widget"
BOT = ROOT / "bot"
NLU_DATA = BOT / "data" / "nlu.yml"
DANGER_PATTERNS = BOT / "data" / "danger_patterns.yml"
MODELS = BOT / "models"


def read_yaml(path: Path) -> Any:
    """Read one YAML file as YAML 1.2, in which `no` and `20:00` stay what they are.

    Raises:
        ContentError: the file is missing or is no YAML; the text names the file and the line.
    """
    try:
        return YAML(typ="safe").load(path)
    except FileNotFoundError as error:
        raise ContentError(f"{path}: file not found") from error
    except YAMLError as error:
        raise ContentError(f"{path}: {error}") from error
