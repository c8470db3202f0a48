"""Alerts and dashboard: they ask for what the server really tells, and leave nothing of it out."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.chat import call
from wegwijs.files import ROOT

PROMETHEUS = ROOT / "deploy" / "prometheus"
DASHBOARD: dict[str, Any] = json.loads((ROOT / "deploy" / "grafana" / "dashboard.json").read_text())
RULES = [rule for group in yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"] for rule in group["rules"]]
NAME = re.compile(r"\bwegwijs_\w+")
LABEL = re.compile(r'(\w+)=~?"([^"]*)"')


def asked() -> Iterator[str]:
    """Every question to Prometheus."""
    yield from (target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"])
    yield from (rule["expr"] for rule in RULES)


@pytest.fixture(scope="module")
def exported(server: str) -> dict[str, dict[str, set[str]]]:
    """The names of all counts of a running server, with their labels and the values of these."""
    found: dict[str, dict[str, set[str]]] = {}
    for family in text_string_to_metric_families(call(f"{server}/metrics").body):
        for sample in family.samples:
            labels = found.setdefault(sample.name, {})
            for label, value in sample.labels.items():
                labels.setdefault(label, set()).add(value)
    return found


def test_nothing_is_asked_that_no_server_tells(exported: dict[str, dict[str, set[str]]]) -> None:
    """A count that was renamed would be an alert that never comes."""
    for question in asked():
        assert set(NAME.findall(question)) <= set(exported), question


def test_every_count_is_on_the_dashboard(exported: dict[str, dict[str, set[str]]]) -> None:
    """What is counted is shown."""
    shown = {
        name for panel in DASHBOARD["panels"] for target in panel["targets"] for name in NAME.findall(target["expr"])
    }
    parts = {"wegwijs_turn_seconds_count"}  # is in the bucket that holds all
    assert set(exported) - parts == shown


def test_labels_have_the_values_that_are_asked_for(exported: dict[str, dict[str, set[str]]]) -> None:
    """A word that the server never says would be an alert that never comes."""
    for question in asked():
        known: dict[str, set[str]] = {"job": {"wegwijs"}}
        for name in NAME.findall(question):
            known |= exported[name]
        for label, values in LABEL.findall(question):
            assert set(values.split("|")) <= known[label], question


def test_the_dashboard_is_one_that_grafana_reads() -> None:
    """Each panel has a place of its own and asks the source that is chosen."""
    assert DASHBOARD["title"] == "Wegwijs"
    source = {"type": "prometheus", "uid": "${source}"}
    assert [(each["name"], each["type"]) for each in DASHBOARD["templating"]["list"]] == [("source", "datasource")]
    places: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        squares = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not squares & places
        assert max(x for x, _ in squares) < 24
        places |= squares
        assert panel["datasource"] == source
        assert panel["title"]
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed: apt install prometheus")
@pytest.mark.parametrize(
    "check", ["check config prometheus.yml", "check rules --lint-fatal alerts.yml", "test rules alerts_test.yml"]
)
def test_prometheus_reads_its_files_and_each_alert_comes_when_it_must(check: str) -> None:
    """Prometheus itself says so, with a case for each alert (alerts_test.yml)."""
    done = subprocess.run(["promtool", *check.split()], cwd=PROMETHEUS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_alert_has_a_case() -> None:
    """None is only written down."""
    cases = yaml.safe_load((PROMETHEUS / "alerts_test.yml").read_text())["tests"]
    tried = {case["alertname"] for test in cases for case in test.get("alert_rule_test", []) if case["exp_alerts"]}
    assert tried == {rule["alert"] for rule in RULES}
