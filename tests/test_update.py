"""`deploy/update`, with a Docker that only pretends: one worker after another, and the way back stays open."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from wegwijs.files import ROOT

# Containers are files here; one that is begun gets healthy unless there is a file `sick`.
DOCKER = """#!/bin/sh
cd "$STATE" && echo "$*" >> calls
case "$*" in
  "image inspect"*) test -e "image-${*#image inspect wegwijs:}" ;;
  "compose build"*) touch "image-$TAG" ;;
  "compose ps"*) ls workers ;;
  "compose up"*) touch "workers/$TAG-$(wc -l < calls)"; test ! -e sick ;;
  "stop"*) : ;;
  "rm --force"*) rm "workers/$3" ;;
  "rm"*) rm "workers/$2" ;;
esac
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A state of the code, committed, with two workers of the state before."""
    deploy, state = tmp_path / "code" / "deploy", tmp_path / "state"
    (state / "workers").mkdir(parents=True)
    for name in ("old-0", "old-1"):
        (state / "workers" / name).touch()
    deploy.mkdir(parents=True)
    shutil.copy(ROOT / "deploy" / "update", deploy)
    (deploy / ".env").write_text("REDIS_PASSWORD=secret\nTAG=old\n")
    (deploy.parent / ".gitignore").write_text("deploy/.env\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "state"]):
        identity = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
        subprocess.run(["git", *identity, *command], cwd=deploy.parent, check=True)
    (tmp_path / "docker").write_text(DOCKER)
    (tmp_path / "docker").chmod(0o755)
    return tmp_path


def update(installed: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it."""
    environment = {"PATH": f"{installed}:{os.environ['PATH']}", "STATE": str(installed / "state"), **settings}
    command = [str(installed / "code" / "deploy" / "update")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def workers(installed: Path) -> list[str]:
    """The workers that there are."""
    return sorted(path.name for path in (installed / "state" / "workers").iterdir())


def calls(installed: Path) -> list[str]:
    """What Docker was asked for."""
    return (installed / "state" / "calls").read_text().splitlines()


def settings_of(installed: Path) -> str:
    """What Compose reads."""
    return (installed / "code" / "deploy" / ".env").read_text()


def test_workers_are_replaced_one_by_one(installed: Path) -> None:
    """A new one is healthy before an old one stops; the state is noted, and the proxy reads anew."""
    done = update(installed)
    assert done.returncode == 0, done.stderr
    assert [call.split()[0:2] for call in calls(installed) if call.startswith(("compose up", "stop"))] == [
        ["compose", "up"],
        ["stop", "old-0"],
        ["compose", "up"],
        ["stop", "old-1"],
    ]
    assert len(workers(installed)) == 2
    assert not [name for name in workers(installed) if name.startswith("old")]
    assert settings_of(installed).startswith("REDIS_PASSWORD=secret\nTAG=")
    assert "TAG=old" not in settings_of(installed)
    assert calls(installed)[-1].endswith("-s reload")


def test_one_that_does_not_get_healthy_goes_again(installed: Path) -> None:
    """It ends with that: the old ones go on, nothing says that they are of the new state, and the way back is free."""
    (installed / "state" / "sick").touch()
    done = update(installed)
    assert done.returncode == 1
    assert "does not get healthy" in done.stderr
    assert workers(installed) == ["old-0", "old-1"]
    assert "TAG=old" in settings_of(installed)
    assert not [call for call in calls(installed) if call.startswith("stop")]


def test_back_again_takes_the_image_that_is_there(installed: Path) -> None:
    """With a state by name nothing is built where its image is there, whatever lies in the folder."""
    (installed / "state" / "image-before").touch()
    (installed / "code" / "half").touch()
    done = update(installed, TAG="before")
    assert done.returncode == 0, done.stderr
    assert all(name.startswith("before") for name in workers(installed))
    assert "TAG=before" in settings_of(installed)
    assert not [call for call in calls(installed) if call.startswith("compose build")]


def test_what_is_not_committed_is_not_passed_over_in_silence(installed: Path) -> None:
    """A phone number that was changed and not committed would not get into the image: it says so, and does nothing."""
    (installed / "code" / "number").touch()
    done = update(installed)
    assert done.returncode == 1
    assert "commit" in done.stderr
    assert not (installed / "state" / "calls").exists()
