"""docs/operations.md and deploy/README.md say what there is: settings, alarms, files."""

import ast
import re
import subprocess

import pytest

from tests.test_watching import RULES
from wegwijs.files import ROOT

GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")
SETTING = re.compile(r"HOST|PORT|MPLCONFIGDIR|WEGWIJS_[A-Z_]+")
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def test_the_table_has_every_setting_that_the_code_reads() -> None:
    """And none that it does not read."""
    read = {
        node.value
        for folder in ("bot", "wegwijs", "actions")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SETTING.fullmatch(node.value)
    }
    assert set(ROW.findall(GUIDE)) == read


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_alarm_is_explained(rule: dict[str, dict[str, str]]) -> None:
    """What it means, how urgent it is, what people see meanwhile, and what to do first."""
    _, _, after = GUIDE.partition(f"\n### {rule['alert']}\n")
    explained = after.partition("\n#")[0]
    assert f"*{rule['labels']['severity']}.*" in explained
    assert "**People see**:" in explained
    assert "**Do first**:" in explained


def test_no_alarm_is_explained_that_does_not_exist() -> None:
    """A name that was changed is changed here, too."""
    alarms = GUIDE.partition("\n## Alarms\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (\w+)$", alarms, re.MULTILINE) == [rule["alert"] for rule in RULES]


def test_every_file_of_the_deployment_is_named_once() -> None:
    """One line a file, in deploy/README.md."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "deploy"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    rows = re.findall(r"^\| `([^`]+)` \|", (ROOT / "deploy" / "README.md").read_text("utf-8"), re.MULTILINE)
    files = {path.removeprefix("deploy/") for path in listed} - {"README.md", "check_manifests.py.lock"}
    folders = {row for row in rows if row.endswith("/")}
    assert {row for row in rows if row not in folders} == {
        path for path in files if not any(path.startswith(folder) for folder in folders)
    }
    assert all(any(path.startswith(folder) for path in files) for folder in folders)


def test_links_inside_the_guide_lead_somewhere() -> None:
    """Who follows one at night arrives."""
    headings = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        path, _, anchor = target.partition("#")
        assert (ROOT / "docs" / path).exists()
        assert not anchor or anchor in headings
