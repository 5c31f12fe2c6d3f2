"""docs/states.md says what the transition tables say."""

from reporting.management.commands.draw_states import PATH, states_page


def test_page_of_states_is_drawn_from_the_tables():
    assert PATH.read_text() == states_page(), "Run `manage.py draw_states`."


def test_page_names_every_step_between_its_states():
    assert "| held by a worker | `publish` | published |" in states_page()
    assert "Nothing follows: published; failed." in states_page()
