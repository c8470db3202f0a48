"""Writes what was measured into docs/reliability.md, between the markers of its section."""

import re
from pathlib import Path

from wegwijs.files import ROOT

PAGE = ROOT / "docs" / "reliability.md"


def write(section: str, lines: list[str], page: Path = PAGE) -> None:
    """Replace what stands between `<!-- section -->` and `<!-- /section -->`.

    Raises:
        ValueError: the page has no such section.
    """
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    text, found = re.subn(
        f"{re.escape(begin)}.*?{re.escape(end)}",
        lambda _: "\n".join([begin, *lines, end]),
        page.read_text(),
        flags=re.DOTALL,
    )
    if not found:
        raise ValueError(f"{page}: no section {section}")
    page.write_text(text)
