"""What the source texts name is answered, and a conversation proves it."""

from tests.coverage_content import reached, rows, scenarios_by_item
from wegwijs.content import Content


def test_every_row_is_reached_by_a_conversation() -> None:
    """For every organisation, instrument, plan and rule of the sources a scenario asks for it and gets it."""
    scenarios = scenarios_by_item()
    assert not [row.id for row in rows() if not row.left_out and not reached(row, scenarios)]


def test_the_inventory_names_what_exists(texts: Content) -> None:
    """No row is covered by a typing mistake, and none stands there twice."""
    said = {f"{guide.id}.{step.id}" for guide in texts.guides.values() for step in guide.steps} | set(texts.by_id)
    listed = rows()
    assert len({row.id for row in listed}) == len(listed)
    for row in listed:
        assert set(row.answered) <= said, row.id
        assert bool(row.answered) != bool(row.left_out), row.id
