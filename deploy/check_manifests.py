# /// script
# requires-python = ">=3.10"
# dependencies = ["compose-spec", "kubernetes-validate", "pyyaml"]
# ///
"""Checks the Kubernetes manifests and the Compose file against their schemas (`make manifests`)."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import kubernetes_validate
import yaml
from compose_spec import PyCompose

_SETTING = re.compile(r"\$\{\w+(:-(?P<default>[^}]*)|:\?[^}]*)\}")
HERE = Path(__file__).resolve().parent
# The oldest that somebody may still run, and the newest that the tool knows.
_VERSIONS = ("1.32", kubernetes_validate.latest_version())


def main() -> int:
    """Say what is wrong, file by file."""
    wrong = [*_kubernetes(), *_compose()]
    print("\n".join(wrong) or f"the manifests fit Compose and Kubernetes {' and '.join(_VERSIONS)}")
    return 1 if wrong else 0


def _kubernetes() -> Iterator[str]:
    for path in sorted((HERE / "kubernetes").glob("*.yml")):
        for document in yaml.safe_load_all(path.read_text()):
            for version in _VERSIONS:
                try:
                    kubernetes_validate.validate(document, version, strict=True)
                except kubernetes_validate.ValidationError as error:
                    yield f"{path}: {document['kind']}, Kubernetes {version}: {error.message}"


def _compose() -> Iterator[str]:
    path = HERE / "docker-compose.yml"
    # As Compose reads it: with the settings filled in and what is shared merged.
    text = _SETTING.sub(lambda found: found["default"] or "set", path.read_text())
    try:
        PyCompose.from_json(json.dumps(yaml.safe_load(text))).validate()
    except ValueError as error:
        yield f"{path}: {error}"


if __name__ == "__main__":
    sys.exit(main())
