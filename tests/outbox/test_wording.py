import pytest

from outbox.wording import fill, placeholders_in


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hej {name}!", "Hej Anna!"),
        ("{name} {name}", "Anna Anna"),
        ("Inget här", "Inget här"),
        ("{name.__class__} stays", "{name.__class__} stays"),
        ("{0} {} { name }", "{0} {} { name }"),
    ],
)
def test_only_plain_placeholders_are_filled(text, filled):
    figures = {"name": "Anna", "": "{}", "0": "{0}"}
    assert fill(text, figures) == filled


def test_a_placeholder_without_a_figure_is_an_error():
    with pytest.raises(KeyError):
        fill("{missing}", {})


def test_the_names_are_found():
    assert placeholders_in("{a} och {b_2}, inte {B}") == {"a", "b_2"}
