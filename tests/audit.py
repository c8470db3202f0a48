"""`make audit`: asks OSV about every locked package, and fails on what docs/vulnerabilities.yml does not explain.

A package that was not answered for fails, too: "no vulnerabilities found" of nothing looked up would be worse than
nothing. `--offline` asks nobody and only holds the committed list against the lock; it says so.
"""

import argparse
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tomli

from wegwijs.files import ROOT, read_yaml

OSV = "https://api.osv.dev"
EXPLAINED = ROOT / "docs" / "vulnerabilities.yml"
LOCK = ROOT / "uv.lock"
_SECONDS = 60


class NotLookedUp(Exception):
    """Nobody answered for a package."""


@dataclass(frozen=True)
class Locked:
    """A package as uv.lock has it."""

    name: str
    version: str


def locked() -> list[Locked]:
    """Return every package that is installed from an index, tools for developers included."""
    packages = tomli.loads(LOCK.read_text())["package"]
    return [Locked(one["name"], one["version"]) for one in packages if "registry" in one["source"]]


def explained() -> list[dict[str, Any]]:
    """Return the advisories that are written down."""
    advisories: list[dict[str, Any]] = read_yaml(EXPLAINED)["advisories"]
    return advisories


def stale(packages: list[Locked]) -> list[str]:
    """Return what is written down of a version that is no longer the locked one."""
    versions = {one.name: one.version for one in packages}
    return [
        f"{one['package']} {one['version']}: {versions[one['package']]} is locked"
        for one in explained()
        if versions.get(one["package"], one["version"]) != one["version"]
    ]


def unexplained(packages: list[Locked], osv: str) -> list[str]:
    """Return the advisories that OSV knows and nobody has written down.

    Raises:
        NotLookedUp: OSV did not answer, or not for all packages.
    """
    known = {(one["package"], name) for one in explained() for name in one["ids"]}
    unknown = []
    for package, name in _found(packages, osv):
        names = {name, *_get(osv, f"/v1/vulns/{name}").get("aliases", [])}
        if not known & {(package.name, one) for one in names}:
            unknown.append(f"{package.name} {package.version}: {', '.join(sorted(names))}")
    return sorted(unknown)


def _found(packages: list[Locked], osv: str) -> Iterator[tuple[Locked, str]]:
    asked: list[tuple[Locked, str | None]] = [(package, None) for package in packages]
    while asked:
        queries = [_query(package, page) for package, page in asked]
        results = _get(osv, "/v1/querybatch", {"queries": queries}).get("results", [])
        if len(results) != len(asked) or not all(isinstance(result, dict) for result in results):
            raise NotLookedUp(f"{len(asked)} packages asked about, {len(results)} answered")
        for (package, _), result in zip(asked, results, strict=True):
            for advisory in result.get("vulns", []):
                yield package, advisory["id"]
        asked = [
            (package, result["next_page_token"])
            for (package, _), result in zip(asked, results, strict=True)
            if result.get("next_page_token")
        ]


def _query(package: Locked, page: str | None) -> dict[str, Any]:
    query = {"package": {"name": package.name, "ecosystem": "PyPI"}, "version": package.version}
    return {**query, "page_token": page} if page else query


def _get(osv: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(osv + path, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:
            answer: dict[str, Any] = json.load(response)
            return answer
    except (OSError, ValueError) as error:
        raise NotLookedUp(f"{osv}{path}: {error}") from error


def main() -> int:
    """Audit; print what is wrong."""
    parser = argparse.ArgumentParser(description="Known advisories against the locked packages.")
    parser.add_argument("--offline", action="store_true", help="ask nobody; hold the committed list against the lock")
    parser.add_argument("--osv", default=OSV, help="another address that speaks like OSV")
    arguments = parser.parse_args()
    packages = locked()
    wrong = stale(packages)
    if arguments.offline:
        print(f"nobody was asked; written down on {read_yaml(EXPLAINED)['looked_up']}:")
    else:
        try:
            wrong += unexplained(packages, arguments.osv)
        except NotLookedUp as error:
            wrong.append(f"not looked up: {error}")
    print("\n".join(wrong), file=sys.stderr)
    ids = {name for one in explained() for name in one["ids"]}
    print(f"{len(packages)} packages are locked, {len(ids)} advisories are explained, {len(wrong)} things are wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
