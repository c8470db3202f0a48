"""A site of a school, on an address of its own, whose pages a test writes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """Where it is, and its pages: HTML and a Content-Security-Policy, by path."""

    origin: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def page(self, path: str, body: str, policy: str = "", head: str = "") -> str:
        """Put a page there; return its address."""
        html = f'<!doctype html><html lang="nl"><head><title>School</title>{head}</head><body>{body}</body></html>'
        self.pages[path] = (html, policy)
        return self.origin + path


@contextmanager
def serving() -> Iterator[Site]:
    """Serve the pages until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, policy = site.pages.get(self.path, ("", ""))
            self.send_response(200 if html else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
