"""What files that lie in one folder must agree on, as check tells it."""

from pathlib import Path

import pytest
from tests.session.spring import (
    PROGRAMME,
    ROOT,
    SMALL,
    again,
    agenda,
    one_of,
    put,
    spring,
    told,
)

from facilitate.session.checking import check_files

SHIPPED = ROOT / "agendas"
PAGE = (ROOT / "docs" / "agenda-format.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_shipped_programme_agrees_with_its_agendas_whole_and_one_by_one() -> None:
    files = sorted(str(path) for path in SHIPPED.glob("*.toml"))
    whole = told(str(SHIPPED))
    assert len(check_files([str(SHIPPED)])) == len(files)
    assert whole == [line for file in files for line in told(file)]
    assert {line.split()[2] for line in whole} == {"stretch:"}


def test_a_programme_and_agendas_that_agree_have_nothing_to_mend() -> None:
    spring()
    assert told(".") == []
    assert told("two.toml") == []
    assert told("programme.toml") == []


def test_a_lone_file_is_checked_against_what_lies_beside_it() -> None:
    spring()
    again("two.toml", '"one"', '"on"')
    assert one_of("two.toml") == (
        'two.toml:9 error unknown-name: No agenda beside this one has the id "on".'
        ' Did you mean "one"?'
    )


def test_an_agenda_that_is_not_there_gets_the_nearest() -> None:
    spring(('agenda = "two.toml"', 'agenda = "too.toml"'))
    assert one_of("programme.toml") == (
        "programme.toml:34 error unknown-name: There is no file too.toml beside this one."
        ' Did you mean "two.toml"?'
    )


def test_the_agenda_of_a_milestone_is_there_too() -> None:
    spring()
    Path("talk.toml").unlink()
    assert one_of(".").startswith("programme.toml:18 error unknown-name: There is no file talk")


def test_a_file_that_is_no_agenda_is_none() -> None:
    spring()
    put("talk.toml", "x = 1\n")
    assert one_of("programme.toml").startswith(
        "programme.toml:18 error unknown-name: talk.toml cannot be read as an agenda."
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number = 2", "number = 1", "number is 1 here and 2 in programme.toml."),
        ("date = 2027-04-13", "date = 2027-04-14", "date is 2027-04-14 here and 2027-04-13 in"),
        ('topic = "words"', 'topic = "rest"', 'topic is "rest" here and "words" in'),
        ("part = 1", "part = 2", "part is 2 here and 1 in programme.toml."),
        (
            'programme = "spring"',
            'programme = "sprig"',
            'programme.toml names this file, and programme is "sprig" here. Write programme',
        ),
        (
            'programme = "spring"\n',
            "",
            "programme.toml names this file, and programme is missing here.",
        ),
    ],
)
def test_where_an_agenda_and_its_programme_differ_both_are_told_once(
    old: str, new: str, said: str
) -> None:
    spring()
    again("two.toml", old, new)
    assert f" warning disagrees: {said}" in one_of(".")
    assert one_of("two.toml") == one_of(".")
    there = one_of("programme.toml")
    assert there.startswith("programme.toml:")
    assert " warning disagrees: " in there
    assert "two.toml" in there


def test_a_difference_is_told_once_however_the_two_files_are_named(folder: Path) -> None:
    spring()
    again("two.toml", "number = 2", "number = 1")
    assert one_of("programme.toml", str(folder / "two.toml")).count("disagrees") == 1


def test_an_agenda_without_a_date_is_good_for_any() -> None:
    spring()
    again("two.toml", "date = 2027-04-13\n", "")
    assert told(".") == []


def test_the_agenda_of_milestones_is_on_one_of_their_dates() -> None:
    spring()
    again("talk.toml", "2027-03-02", "2027-03-03")
    assert "date is 2027-03-03 here and 2027-03-02 in programme.toml." in one_of(".")


def test_an_agenda_that_its_programme_does_not_name_is_looked_up_by_its_number() -> None:
    spring(('agenda = "two.toml"\n', ""))
    assert told(".") == []
    again("two.toml", "2027-04-13", "2027-04-20")
    assert "date is 2027-04-20 here and 2027-04-13 in programme.toml." in one_of(".")
    again("two.toml", "number = 2", "number = 3")
    assert "programme.toml has no session 3." in one_of(".")
    again("two.toml", "number = 3", "number = 1")
    again("two.toml", 'topic = "words"', 'topic = "wrds"')
    number, topic = told(".")
    assert "programme.toml has one.toml as session 1." in number
    assert topic.endswith('programme.toml has no topic "wrds". Did you mean "words"?')


def test_a_topic_that_the_programme_does_not_give_a_session_is_one_of_its_topics() -> None:
    spring(('topic = "words"\npart = 1\n', ""))
    assert told(".") == []
    again("two.toml", 'topic = "words"', 'topic = "wrds"')
    assert 'programme.toml has no topic "wrds". Did you mean "words"?' in one_of(".")


def test_a_programme_that_is_not_here_is_missed_only_beside_another() -> None:
    agenda("other.toml", 'programme = "sprng"')
    assert told("other.toml") == []
    spring()
    assert one_of("other.toml").endswith(
        'No programme beside this file has the id "sprng". Did you mean "spring"?'
    )


def test_carrying_from_an_agenda_that_was_mailed_alone_is_no_fault() -> None:
    agenda("lone/two.toml", 'carried_from = "one"')
    assert told("lone") == []
    agenda("lone/other.toml")
    assert " warning unknown-name: " in one_of("lone")
    agenda("lone/two.toml", 'carried_from = "one"', 'series = "s"', "part = 2")
    agenda("lone/other.toml", 'series = "s"', "part = 1")
    assert " error unknown-name: " in one_of("lone")


def test_nothing_is_carried_from_a_later_sitting() -> None:
    spring()
    again("one.toml", "number = 1", 'number = 1\ncarried_from = "two"')
    again("two.toml", 'carried_from = "one"\n', "")
    assert " warning date-order: two.toml is later than this sitting: 2027-04-13." in one_of(
        "."
    )


def test_preparations_lent_by_the_programme_name_roles_of_the_team() -> None:
    spring()
    put(
        "programme.toml", PROGRAMME + '\n[[before]]\nminutes = 5\nwho = "tech"\ndo = "Sound."\n'
    )
    assert told(".") == [], "each has preparations of its own"
    text = Path("two.toml").read_text(encoding="utf-8")
    put(
        "two.toml",
        text.replace('[[before]]\nminutes = 45\nwho = "care"\ndo = "Open the room."', ""),
    )
    assert 'The preparations of programme.toml name the role "tech".' in one_of(".")


def test_the_parts_of_a_series_follow_one_another() -> None:
    agenda("a.toml", 'series = "s"', "part = 1", date="2027-04-13")
    agenda("b.toml", 'series = "s"', "part = 2", date="2027-04-14")
    assert told(".") == []
    again("b.toml", "2027-04-14", "2027-04-12")
    assert " error date-order: 2027-04-12 is before part 1 in a.toml" in one_of(".")
    again("b.toml", "part = 2", "part = 1")
    again("b.toml", 'id = "b"', 'id = "a"')
    assert [line.split(": ")[1] for line in told("a.toml")] == [
        'b.toml has the id "a" too. Other files point to a sitting by its id.',
        "b.toml says part = 1 too. Mend one of the two.",
    ]


def test_numbers_of_a_programme_that_is_not_here_follow_one_another() -> None:
    agenda("a.toml", 'programme = "s"', "number = 1", date="2027-04-13")
    agenda("b.toml", 'programme = "s"', "number = 2", date="2027-04-12")
    assert " error date-order: 2027-04-12 is before number 1 in a.toml" in one_of(".")


def test_copies_with_one_id_are_nobodys_business() -> None:
    put("a.toml")
    put("copy of a.toml")
    assert told(".") == []


def test_nothing_is_concluded_from_what_is_in_doubt() -> None:
    spring()
    again("two.toml", "number = 2", 'number = "3"')
    again("two.toml", 'topic = "words"', 'topics = "rest"')
    again("two.toml", "date = 2027-04-13", "date = 14.4.2027")
    assert {line.split()[2] for line in told(".")} == {"type:", "unknown-key:", "date:"}


def test_names_of_files_agree_however_their_letters_are_composed() -> None:
    put("programme.toml", PROGRAMME.replace('"one.toml"', '"e\u0301ins.toml"'))
    ours = 'programme = "spring"'
    agenda("two.toml", ours, "number = 2", 'topic = "words"', "part = 1")
    agenda("talk.toml", ours, date="2027-03-02")
    put("\xe9ins.toml", SMALL.replace('id = "day"', f'id = "eins"\n{ours}\nnumber = 1'))
    again("\xe9ins.toml", "2027-04-13", "2027-04-06")
    assert told(".") == []


def test_every_code_about_neighbours_is_on_the_page() -> None:
    assert all(f"`{code}`" in PAGE for code in ("disagrees", "other-file", "unknown-name"))
