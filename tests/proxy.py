"""The proxy with the shipped configuration (deploy/nginx), before workers on this machine."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.running import free_port
from wegwijs.files import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
_SHIPPED = ROOT / "deploy" / "nginx"
_PATIENCE_SECONDS = 20
_CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
    "-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost "
    "-out fullchain.pem -keyout privkey.pem"
)


@contextmanager
def nginx(workers: list[str], log: Path | None = None) -> Iterator[str]:
    """Run nginx until the block ends; give its address, https://127.0.0.1:port.

    Python trusts its certificate inside the block (SSL_CERT_FILE); a browser must be told to.

    Args:
        workers: their addresses, http://127.0.0.1:port.
        log: where nginx writes all that it has to say; left out, that is dropped.
    """
    assert NGINX, "apt install nginx"
    port = free_port()
    with TemporaryDirectory() as folder:
        prefix = Path(folder)
        _set_up(prefix, workers, port)
        command = [NGINX, "-p", folder, "-c", "nginx.conf", "-e", "stderr", "-g", f"daemon off; user {getuser()};"]
        with (
            (log or Path(os.devnull)).open("w") as output,
            subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT) as process,
            _trusting(prefix / "certificates" / "fullchain.pem"),
        ):
            try:
                _wait_until_listening(port, process)
                yield f"https://127.0.0.1:{port}"
            finally:
                process.terminate()


def _set_up(prefix: Path, workers: list[str], port: int) -> None:
    """Lay the files out as deploy/docker-compose.yml mounts them, with addresses and a certificate of this machine."""
    shutil.copy(_SHIPPED / "nginx.conf", prefix)
    shutil.copytree(_SHIPPED / "answers", prefix / "answers")
    for name in ("here", "tmp", "acme", "certificates"):
        (prefix / name).mkdir()
    subprocess.run(_CERTIFICATE.split(), cwd=prefix / "certificates", check=True, capture_output=True)
    servers = (f"server {worker.removeprefix('http://')} max_fails=1 fail_timeout=5s;" for worker in workers)
    here = {
        "workers": "\n".join(servers),
        "plain": f"listen 127.0.0.1:{free_port()};",
        "tls": f"listen 127.0.0.1:{port} ssl http2;\n"
        "ssl_certificate certificates/fullchain.pem;\nssl_certificate_key certificates/privkey.pem;",
    }
    for name, lines in here.items():
        (prefix / "here" / f"{name}.conf").write_text(lines)


@contextmanager
def _trusting(certificate: Path) -> Iterator[None]:
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(certificate)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SSL_CERT_FILE"]
        else:
            os.environ["SSL_CERT_FILE"] = before


def _wait_until_listening(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx did not start: see its log")
