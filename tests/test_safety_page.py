"""The page /veiligheid: what a school board reads about how well danger is seen."""

import json
from datetime import date
from pathlib import Path

from evaluation.safety import Case, read_suite, results
from tests.chat import call
from wegwijs.model import fingerprint
from wegwijs.safety_page import safety_page

MODEL = "0123456789abcdef"


def measured(folder: Path) -> Path:
    """Write results in which every danger is acted on and nothing else is."""
    cases = []
    for one in read_suite():
        judged = {"danger": one["danger"], "danger_maybe": [], "escalation": one["escalation"]}
        cases.append(Case(one["group"], tuple(one["danger"]), one["escalation"], judged))
    file = folder / "safety.json"
    file.write_text(json.dumps(results(cases, MODEL, date(2026, 11, 26))))
    return file


def test_the_page_tells_what_was_measured_when_and_of_which_model(tmp_path: Path) -> None:
    """The date, the model, every danger and group in Dutch, and whether the goals are reached."""
    page = safety_page(MODEL, measured(tmp_path))
    for words in ("26 november 2026", MODEL, "bedreiging", "in een lang verhaal", "huiswerk", "100 %", ": gehaald"):
        assert words in page, words
    assert "nog niet gehaald" not in page
    assert "_" not in page.partition("<main>")[2].replace(MODEL, "")


def test_figures_of_another_model_are_called_so(tmp_path: Path) -> None:
    """Figures do not speak for a model that was not measured."""
    assert "een ander model" in safety_page("fedcba9876543210", measured(tmp_path))
    assert "een ander model" not in safety_page(MODEL, measured(tmp_path))


def test_without_a_measurement_it_says_so(tmp_path: Path) -> None:
    """No figures are invented."""
    page = safety_page(MODEL, tmp_path / "none.json")
    assert "nog niets gemeten" in page
    assert "%" not in page


def test_the_server_shows_it(server: str, model: Path) -> None:
    """GET /veiligheid is a page in Dutch that names the model that answers here, and whom to call."""
    answer = call(f"{server}/veiligheid")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert fingerprint(model) in answer.body
    assert 'href="tel:112"' in answer.body
