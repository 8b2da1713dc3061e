import re
from pathlib import Path

import pytest

from facilitate.core.tally import SCALES, own_scale
from facilitate.formats.problem import Problem
from facilitate.formats.settings_toml import (
    WITH_THE_RECORD,
    Keep,
    Settings,
    meaning_of_keep,
    read_settings,
    with_keep,
)

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


# Consent

OURS = '[consent.scales."our four"]\nlabels = ["yes", "fine", "unsure", "no"]\n'
OUR_FOUR = own_scale("our four", ["yes", "fine", "unsure", "no"])


def test_fist_to_five_is_the_method_where_none_is_written() -> None:
    settings, _ = read("")
    assert (settings.method, settings.scales) == ("fist", {})


@pytest.mark.parametrize("method", SCALES)
def test_a_known_method_is_chosen_by_its_short_word(method: str) -> None:
    assert read(f'[consent]\nmethod = "{method}"') == (Settings(method=method), ())


def test_a_scale_of_ones_own_is_read_and_can_be_the_method() -> None:
    settings, problems = read(f'[consent]\nmethod = "our four"\n{OURS}hear = 2\n')
    assert problems == ()
    assert settings.method == "our four"
    assert settings.scales == {"our four": OUR_FOUR._replace(hear=2)}


def test_the_lowest_label_alone_is_heard_first_unless_it_is_written() -> None:
    assert read(OURS)[0].scales["our four"].hear == 1
    assert read(f"{OURS}hear = 0")[0].scales["our four"].hear == 0
    assert read(f"{OURS}hear = 3")[0].scales["our four"].hear == 3


def test_several_scales_of_ones_own_are_read() -> None:
    settings, problems = read(f'{OURS}[consent.scales.two]\nlabels = ["yes", "no"]')
    assert problems == ()
    assert settings.scales == {"our four": OUR_FOUR, "two": own_scale("two", ["yes", "no"])}


def test_words_of_a_scale_can_steer_no_terminal() -> None:
    settings, problems = read(
        '[consent.scales."our\\u001b  two"]\nlabels = [" e\\u0301\\u202e ", "no\\nno"]'
    )
    assert problems == ()
    assert list(settings.scales.values()) == [own_scale("our two", ["\u00e9", "no no"])]


def scale_with(labels: str) -> str:
    return f"[consent.scales.two]\nlabels = {labels}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('consent = "fist"', '[consent] wants lines such as method = "fist".'),
        (
            '[consent]\nmethods = "fist"',
            'Nothing is called "methods" in [consent]. Did you mean "method"?',
        ),
        (
            '[consent]\nmethod = "fists"',
            "There is no method 'fists'. Did you mean \"fist\"?",
        ),
        (
            '[consent]\nmethod = "sociocracy"',
            ("There is no method 'sociocracy'. It can be: thumbs, fist, gradients, objection."),
        ),
        (
            "[consent]\nmethod = []",
            "There is no method []. It can be: thumbs, fist, gradients, objection.",
        ),
        (
            "[consent]\nscales = 5",
            '[consent.scales."our five"] wants lines such as labels = ["yes", "no"].',
        ),
        (
            '[consent.scales]\ntwo = ["yes", "no"]',
            'The scale "two" wants a line such as labels = ["yes", "unsure", "no"].',
        ),
        (
            "[consent.scales.two]\nhear = 1",
            'The scale "two" wants a line such as labels = ["yes", "unsure", "no"].',
        ),
        (
            scale_with('"yes"'),
            'The scale "two" wants a line such as labels = ["yes", "unsure", "no"].',
        ),
        (
            scale_with('["yes", 2]'),
            'The scale "two" wants a line such as labels = ["yes", "unsure", "no"].',
        ),
        (scale_with("[]"), 'The scale "two" has two to nine labels, and not 0.'),
        (scale_with('["yes"]'), 'The scale "two" has two to nine labels, and not 1.'),
        (
            scale_with(str([f"label {n}" for n in range(10)])),
            'The scale "two" has two to nine labels, and not 10.',
        ),
        (scale_with('["yes", " "]'), 'The scale "two" has a label without words.'),
        (scale_with('["yes", "\\u200b"]'), 'The scale "two" has a label without words.'),
        (scale_with('["yes", "no", " Yes"]'), 'The scale "two" has the label "yes" twice.'),
        (
            '[consent.scales.fist]\nlabels = ["yes", "no"]',
            'There is a scale "fist" already: give yours another name.',
        ),
        (
            '[consent.scales.""]\nlabels = ["yes", "no"]',
            "A scale of your own wants a name.",
        ),
    ],
)
def test_what_is_wrong_about_consent_is_told_and_left_out(text: str, told: str) -> None:
    assert wrong(text) == [f"settings.toml: {told}"]
    assert read(text)[0] == Settings()


@pytest.mark.parametrize("hear", ["-1", "4", "true", "1.0", '"1"', "[]"])
def test_a_scale_counts_without_a_hear_that_cannot_be(hear: str) -> None:
    text = f"{OURS}hear = {hear}"
    assert wrong(text) == [
        'settings.toml: hear of the scale "our four" is a number from 0 to 3.'
    ]
    assert read(text)[0].scales == {"our four": OUR_FOUR}


def test_a_line_of_a_scale_that_means_nothing_is_told_and_the_scale_counts() -> None:
    assert wrong(f"{OURS}haer = 2") == [
        (
            'settings.toml: Nothing is called "haer" in the scale "our four". '
            'Did you mean "hear"?'
        )
    ]
    assert read(f"{OURS}haer = 2")[0].scales == {"our four": OUR_FOUR}


def test_a_method_near_to_a_scale_of_ones_own_is_told_with_its_name() -> None:
    assert wrong(f'[consent]\nmethod = "our fuor"\n{OURS}') == [
        "settings.toml: There is no method 'our fuor'. Did you mean \"our four\"?"
    ]


def test_a_method_whose_scale_is_wrong_is_not_told_twice() -> None:
    text = f'[consent]\nmethod = "two"\n{scale_with("[]")}'
    assert wrong(text) == ['settings.toml: The scale "two" has two to nine labels, and not 0.']
    assert read(text)[0] == Settings()


def test_a_scale_that_is_wrong_leaves_the_others() -> None:
    settings, problems = read(f"{OURS}{scale_with('[]')}")
    assert len(problems) == 1
    assert settings.scales == {"our four": OUR_FOUR}


def test_what_is_told_can_steer_no_terminal() -> None:
    scale = '[consent.scales."our\\u001b two"]\nlabels = ["yes", "no"]\nhaer = 1\n'
    assert wrong(f'{scale}[consent]\nmethod = "our too"\n') == [
        "settings.toml: There is no method 'our too'. Did you mean \"our two\"?",
        (
            'settings.toml: Nothing is called "haer" in the scale "our two". '
            'Did you mean "hear"?'
        ),
    ]


# Where records go, and how long journals stay


def test_a_shared_folder_is_read_as_it_is_written() -> None:
    assert read("")[0].shared == ""
    for folder in ("~/Shared", "/srv/shared folder", "~ours/Shared"):
        settings, problems = read(f'[shared]\nfolder = "{folder}"')
        assert (settings.shared, problems) == (folder, ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[shared]\nfolder = "Shared"', "begins with / or ~"),
        ("[shared]\nfolder = 3", "begins with / or ~"),
        ('shared = "~/Shared"', "[shared] wants a line"),
        ('[shared]\nfolders = "~/Shared"', 'Nothing is called "folders" in [shared].'),
        ("[keep]\njournals = 0", 'a number of days, or "with the record"'),
        ("[keep]\njournals = true", "a number of days"),
        ("[keep]\njournals = 14.0", "a number of days"),
        ('[keep]\njournals = "14"', "a number of days"),
        ("[keep]\njournals = 99999", "From 1 day to 3650"),
        ("keep = 14", "[keep] wants a line such as journals = 14."),
        ("[keep]\njournal = 14", 'Nothing is called "journal" in [keep].'),
    ],
)
def test_what_is_wrong_with_places_and_times_is_told_and_left_out(text: str, told: str) -> None:
    (problem,) = wrong(text)
    assert told in problem
    assert read(text)[0] == Settings()


@pytest.mark.parametrize("keep", [14, 30, 1, 3650, WITH_THE_RECORD])
def test_how_long_journals_are_kept_is_read(keep: Keep) -> None:
    written = f'"{keep}"' if isinstance(keep, str) else keep
    assert read(f"[keep]\njournals = {written}") == (Settings(keep=keep), ())
    assert read("")[0].keep is None


def test_where_verbs_and_themes_are_not_at_hand_nothing_is_said_of_them() -> None:
    text = 'theme = "x"\n[keys]\n"nothing" = 3\n[shared]\nfolder = "~/Shared"\n'
    settings, problems = read_settings(text, "settings.toml")
    assert (settings, problems) == (Settings(shared="~/Shared"), ())


SETTINGS = '# mine\ntheme = "facilitate-light" # bright room\n\n[keys]\n"segment.next" = "n"\n'


@pytest.mark.parametrize(
    "text", ["", SETTINGS, SETTINGS.rstrip("\n"), "keep = 3\n", "[keep]\n# ours\n"]
)
@pytest.mark.parametrize("keep", [14, WITH_THE_RECORD])
def test_an_answer_is_written_with_what_it_means_and_all_else_stays(
    text: str, keep: Keep
) -> None:
    written = with_keep(text, keep)
    assert read(written)[0].keep == keep
    assert f"# {meaning_of_keep(keep)}" in written
    if text.startswith("# mine"):
        assert written.startswith(text)
    assert "# ours" in written or "# ours" not in text


def test_another_answer_takes_the_place_of_the_one_before_with_its_meaning() -> None:
    first = with_keep(SETTINGS, 14)
    assert with_keep(with_keep(first, WITH_THE_RECORD), 14) == first
    assert "as long as its record" not in first


def test_a_comment_of_the_user_stays() -> None:
    text = "[keep]\njournals = 30 # we said so in May\n"
    assert with_keep(text, 14) == "[keep]\njournals = 14 # we said so in May\n"


def test_settings_that_are_not_toml_are_not_written_over() -> None:
    with pytest.raises(ValueError, match="line 1"):
        with_keep("theme = \n", 14)


def test_the_page_about_settings_has_an_example_that_is_sound_and_names_every_key() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    settings, problems = read(text)
    assert problems == ()
    assert all(getattr(settings, name) for name in settings.__dataclass_fields__)
    for theme in THEMES:
        assert f"`{theme}`" in page
