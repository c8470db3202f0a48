"""A site of a school, on an address of its own, whose pages a test writes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """Where it is, and its pages: what is sent, of which kind, and a Content-Security-Policy, by path."""

    origin: str
    pages: dict[str, tuple[bytes, str, str]] = field(default_factory=dict)
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)  # a status, and where it went, by path

    def script(self, path: str, code: bytes) -> str:
        """Put a script there; return its address."""
        self.pages[path] = (code, "text/javascript; charset=utf-8", "")
        return self.origin + path

    def page(self, path: str, body: str, policy: str = "", head: str = "") -> str:
        """Put a page there; return its address."""
        html = f'<!doctype html><html lang="nl"><head><title>School</title>{head}</head><body>{body}</body></html>'
        self.pages[path] = (html.encode(), "text/html; charset=utf-8", policy)
        return self.origin + path


@contextmanager
def serving() -> Iterator[Site]:
    """Serve the pages until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content, kind, policy = site.pages.get(self.path, (b"", "text/plain", ""))
            status, elsewhere = site.answers.get(self.path, (200 if content else 404, ""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if elsewhere:
                self.send_header("Location", elsewhere)
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
