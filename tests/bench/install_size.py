"""How much a bot puts on the disk: the packages that it needs, without what only its tests need."""

import sysconfig
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

from tests.bench import stock_bot

_MEGABYTE = 1024 * 1024


def install_megabytes() -> dict[str, float]:
    """Return the size of the packages of each bot, compiled files left out."""
    ours = Path(sysconfig.get_paths()["purelib"])
    (theirs,) = stock_bot.ENVIRONMENT.glob("lib/python*/site-packages")
    # The actions of a stock bot run in a second process; what they need beyond rasa-sdk is not counted.
    stock = _megabytes(theirs, "rasa")
    return {"wegwijs": _megabytes(ours, "wegwijs"), "stock": stock, "lin": stock}


def _megabytes(site_packages: Path, root: str) -> float:
    found = {_plain(one.metadata["Name"]): one for one in distributions(path=[str(site_packages)])}
    return sum(_size(found[name]) for name in _needed(root, found)) / _MEGABYTE


def _needed(root: str, found: dict[str, Distribution]) -> set[str]:
    """Return the names of a package and of all that it needs and that is there."""
    needed, waiting = set(), [root]
    while waiting:
        name = waiting.pop()
        if name in needed or name not in found:
            continue
        needed.add(name)
        for line in found[name].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(_plain(requirement.name))
    return needed


def _size(distribution: Distribution) -> int:
    paths = (Path(str(file.locate())) for file in distribution.files or () if file.suffix != ".pyc")
    return sum(path.stat().st_size for path in paths if path.is_file())


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
