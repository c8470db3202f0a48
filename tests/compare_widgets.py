"""Measures Wegwijs beside the usual chat widgets, in the same browser and by the same script; writes docs/widget.md.

`make widgets`. It fetches the others from npm, so it wants a network. Their server is nowhere: what is measured is the
widget as it loads and opens.
"""

import gzip
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.browser import ARGUMENTS, CHROMIUM, WCAG
from tests.running import running
from tests.site import Site, serving
from wegwijs.files import ROOT

REPORT = ROOT / "docs" / "widget.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
STRICT = (
    "default-src 'none'; script-src 'self' {server}; style-src 'self' {server}; connect-src 'self' {server}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
# The bundle that their guides embed, and how their guides start it; their own server is looked for on the page's site.
OTHERS = {
    "rasa-webchat 1.0.1": (
        "rasa-webchat@1.0.1",
        "package/lib/index.js",
        "window.WebChat.default({ socketUrl: location.origin, connectOn: 'open' }, null)",
    ),
    "Deep Chat 2.4.2": (
        "deep-chat@2.4.2",
        "package/dist/deepChat.bundle.js",
        "document.body.append(Object.assign(document.createElement('deep-chat'), { demo: true }))",
    ),
    "Bot Framework Web Chat 4.18.1": (
        "botframework-webchat@4.18.1",
        "package/dist/webchat.js",
        "const { WebChat } = window; const place = { token: 'x', domain: location.origin };"
        " WebChat.renderWebChat({ directLine: WebChat.createDirectLine(place) },"
        " document.body.appendChild(document.createElement('div')))",
    ),
}
_LIVE = "[aria-live]:not([aria-live=off]), [role=log], [role=status], [role=alert]"
_SETTLED_MS = 1500
OPENERS = ".rw-launcher, .launcher"


@dataclass
class Measured:
    """What one widget costs and does, as it is loaded and opened on an empty page."""

    raw: int
    compressed: int
    strangers: int  # requests to others than the page and the server of the widget
    kept: int  # entries in localStorage, sessionStorage and cookies
    axe: int | None  # violations of WCAG 2.2 A and AA and of axe's best practices, opened; None: nothing was shown
    live: int | None  # live regions
    globals: int  # names that the page did not have
    script: int  # milliseconds of script while loading and opening, on a processor four times slower
    strict: int  # complaints under a strict policy


def main() -> None:
    """Measure all and write the table."""
    with (
        sync_playwright() as playwright,
        serving() as site,
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "log", WEGWIJS_ORIGINS=site.origin) as (server, _),
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        found = {"Wegwijs": _wegwijs(browser, site, server)}
        for name, (package, file, start) in OTHERS.items():
            found[name] = _other(browser, site, server, _fetched(package, file, Path(folder)), start)
    table = _table(found)
    print(table)
    text = REPORT.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    REPORT.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


def _fetched(package: str, file: str, folder: Path) -> bytes:
    packed = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, capture_output=True, text=True, check=True
    )
    with tarfile.open(folder / packed.stdout.strip()) as archive:
        content = archive.extractfile(file)
        assert content is not None
        return content.read()


def _wegwijs(browser: Browser, site: Site, server: str) -> Measured:
    tag = f'<script type="module" src="{server}/widget/wegwijs.js"></script>'

    def weight(requests: list[Request]) -> tuple[int, int]:
        ours = [one for one in requests if "/widget/" in one.url]
        return sum(len(one.response().body()) for one in ours), sum(one.sizes()["responseBodySize"] for one in ours)

    return _measured(browser, site, server, lambda policy: site.page("/wegwijs", tag, policy), weight)


def _other(browser: Browser, site: Site, server: str, code: bytes, start: str) -> Measured:
    address = site.script("/other.js", code)
    site.script("/start.js", start.encode())
    tags = f'<script src="{address}"></script><script src="/start.js"></script>'
    if "deep-chat" in start:
        tags = tags.replace("<script", '<script type="module"')
    weight = len(code), len(gzip.compress(code))
    return _measured(browser, site, server, lambda policy: site.page("/other", tags, policy), lambda _: weight)


def _measured(
    browser: Browser,
    site: Site,
    server: str,
    put: Callable[[str], str],
    weight: Callable[[list[Request]], tuple[int, int]],
) -> Measured:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.goto(site.page("/empty", "<p>School</p>"))
    before = set(page.evaluate("Object.keys(window)"))
    _open(page, put(""))
    raw, compressed = weight(requests)
    shown = page.locator("body *:visible").count() > 0
    ours = (site.origin, server, "data:", "blob:")
    measured = Measured(
        raw=raw,
        compressed=compressed,
        strangers=len([one for one in requests if not one.url.startswith(ours)]),
        kept=page.evaluate("localStorage.length + sessionStorage.length") + len(context.cookies()),
        globals=len(set(page.evaluate("Object.keys(window)")) - before),
        live=page.locator(_LIVE).count() if shown else None,
        axe=sum(len(one["nodes"]) for one in _axe(page)) if shown else None,
        script=_script_ms(context.new_page(), put("")),
        strict=_complaints(context.new_page(), put(STRICT.format(server=server))),
    )
    context.close()
    return measured


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_timeout(_SETTLED_MS)
    if page.locator(OPENERS).count():
        page.locator(OPENERS).first.click()
    page.wait_for_timeout(_SETTLED_MS)


def _axe(page: Page) -> list[dict]:
    violations = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    # The empty page has no title of its own level, no landmarks: nobody's widget is to blame.
    of_the_page = {"landmark-one-main", "page-has-heading-one", "region"}
    return [one for one in violations if one["id"] not in of_the_page]


def _script_ms(page: Page, address: str) -> int:
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tools.send("Performance.enable")
    _open(page, address)
    metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return round(1000 * metrics["ScriptDuration"])


def _complaints(page: Page, address: str) -> int:
    page.add_init_script(
        "window.complaints = 0; document.addEventListener('securitypolicyviolation', () => { window.complaints++ })"
    )
    _open(page, address)
    return int(page.evaluate("window.complaints"))


_ROWS = {
    "raw": "code and styles, bytes",
    "compressed": "compressed (gzip), bytes",
    "strangers": "requests to third parties",
    "kept": "entries kept in the browser (storage, cookies)",
    "axe": "axe findings, opened (WCAG 2.2 A and AA, best practices)",
    "live": "live regions",
    "globals": "new global names on the page",
    "script": "script while loading and opening, processor four times slower, ms",
    "strict": "complaints under a strict Content-Security-Policy with Trusted Types",
}


def _table(found: dict[str, Measured]) -> str:
    lines = [f"| | {' | '.join(found)} |", "|---" * (len(found) + 1) + "|"]
    for name, label in _ROWS.items():
        values = (getattr(one, name) for one in found.values())
        lines.append(f"| {label} | {' | '.join('–' if one is None else f'{one:,}' for one in values)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
