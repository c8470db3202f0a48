"""`make coverage-content`: each row of docs/inventory.yml, what answers it, and which scenario reaches that."""

import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.scenario import FILES
from wegwijs.files import ROOT, read_yaml

INVENTORY = ROOT / "docs" / "inventory.yml"


class Row(NamedTuple):
    """Something that the source texts name, and that somebody must get in the chat."""

    id: str
    what: str
    readers: tuple[str, ...]  # roles
    answered: tuple[str, ...]  # ids of items, and of steps of guides
    left_out: str | None  # why it is answered nowhere


def rows() -> list[Row]:
    """Return the inventory."""
    return [
        Row(
            entry["id"],
            entry["what"],
            tuple(entry["for"]),
            tuple(entry.get("answered", ())),
            entry.get("left_out"),
        )
        for entry in read_yaml(INVENTORY)["rows"]
    ]


def scenarios_by_item() -> dict[str, list[str]]:
    """Return the scenarios that expect an item or step to be said, by its id."""
    found: dict[str, list[str]] = {}
    for file in FILES:
        for turn in read_yaml(file)["turns"]:
            for name in turn.get("said", []):
                found.setdefault(name, []).append(file.stem)
    return found


def reached(row: Row, scenarios: Mapping[str, list[str]]) -> list[str]:
    """Return the scenarios in which the row is answered."""
    return sorted({file for name in row.answered for file in scenarios.get(name, [])})


def report() -> Iterator[str]:
    """Yield the report, a line a row."""
    scenarios = scenarios_by_item()
    for row in rows():
        files = reached(row, scenarios)
        state = "left out" if row.left_out else "covered" if files else "NOT REACHED"
        where = row.left_out or ", ".join(files)
        yield f"{row.id}  {state:11}  {'/'.join(row.readers):20}  {row.what}  <- {', '.join(row.answered)}  [{where}]"


def main() -> int:
    """Print the report and how many rows are covered; fail when one is not."""
    lines = list(report())
    print("\n".join(lines))
    missing = sum("NOT REACHED" in line for line in lines)
    print(f"{len(lines) - missing} of {len(lines)} rows are covered or left out with a reason")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
