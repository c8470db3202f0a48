"""Takes a picture of each state of the chat, on phone, tablet and desktop, light and dark: `make screenshots`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import ARGUMENTS, CHROMIUM
from tests.running import running
from tests.test_accessibility import STATES
from wegwijs.files import ROOT

FOLDER = ROOT / "build" / "screenshots"
SIZES = {"phone": (360, 740), "tablet": (820, 1180), "desktop": (1280, 800)}


def main() -> None:
    """Write the pictures, named after the state, the size and the look."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "log") as (server, _),
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                for state in STATES:
                    context = browser.new_context(
                        locale="nl-NL", viewport={"width": width, "height": height}, color_scheme=scheme
                    )
                    page = context.new_page()
                    page.goto(server)
                    state(page)
                    page.screenshot(path=FOLDER / f"{state.__name__}-{size}-{scheme}.png")
                    context.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
