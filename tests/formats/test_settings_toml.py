import pytest

from facilitate.formats.problem import Problem
from facilitate.formats.settings_toml import Settings, read_settings

VERBS = ("segment.next", "segment.extend", "screen.cover")
THEMES = ("facilitate-dark", "facilitate-light")


def read(text: str) -> tuple[Settings, tuple[Problem, ...]]:
    return read_settings(text, "settings.toml", verbs=VERBS, themes=THEMES)


def wrong(text: str) -> list[str]:
    """What is told about a file, a line each."""
    return [str(problem) for problem in read(text)[1]]


def test_an_empty_file_changes_nothing() -> None:
    assert read("") == (Settings(theme="", keys={}), ())


def test_a_theme_and_keys_are_read() -> None:
    settings, problems = read(
        'theme = "facilitate-light"\n[keys]\n"segment.next" = "n,f5"\n"screen.cover" = "f12"\n'
    )
    assert problems == ()
    assert settings.theme == "facilitate-light"
    assert settings.keys == {"segment.next": "n,f5", "screen.cover": "f12"}


def test_a_file_that_is_not_toml_is_told_with_its_place_and_nothing_of_it_counts() -> None:
    settings, problems = read('theme = "facilitate-light"\n[keys\n')
    assert settings == Settings()
    (problem,) = problems
    assert problem.message.startswith("This is not TOML: ")
    assert "line 2" in problem.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'theme = "facilitate-lihgt"',
            (
                "settings.toml: There is no theme 'facilitate-lihgt'. "
                'Did you mean "facilitate-light"?'
            ),
        ),
        ("theme = 7", "settings.toml: There is no theme 7."),
        (
            'themes = "facilitate-light"',
            'settings.toml: Nothing is called "themes" here. Did you mean "theme"?',
        ),
        (
            '[keys]\n"segment.nxt" = "n"',
            'settings.toml: There is no verb "segment.nxt". Did you mean "segment.next"?',
        ),
        ('[keys]\n"zzz" = "n"', 'settings.toml: There is no verb "zzz".'),
        (
            '[keys]\n"segment.next" = 7',
            'settings.toml: The key of "segment.next" is a text.',
        ),
        (
            '[keys]\n"segment.next" = " "',
            'settings.toml: The key of "segment.next" is a text.',
        ),
        (
            'keys = "n"',
            "settings.toml: [keys] wants lines such as segment.next = n.",
        ),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_and_left_out(text: str, told: str) -> None:
    settings, _ = read(text)
    assert wrong(text) == [told]
    assert settings == Settings(theme="", keys={})


def test_everything_wrong_is_told_at_once_and_the_rest_counts() -> None:
    text = (
        'theme = "none"\ncolour = 1\n'
        '[keys]\n"segment.next" = "f5"\n"segment.nxt" = "n"\n"segment.extend" = []\n'
    )
    assert len(wrong(text)) == 4
    assert read(text)[0] == Settings(theme="", keys={"segment.next": "f5"})


@pytest.mark.parametrize(
    "theme", ["[]", "{ a = 1 }", "[['facilitate-light']]", "true", "1979-05-27"]
)
def test_a_theme_of_any_other_type_is_told_and_not_raised(theme: str) -> None:
    assert len(wrong(f"theme = {theme}")) == 1
    assert read(f"theme = {theme}")[0].theme == ""
