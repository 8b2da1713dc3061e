import pytest

from facilitate.core.agenda import Role
from facilitate.formats.team_toml import read_team, write_team

TEAM = (
    Role(role="lead", name="NAME OF THE LEAD"),
    Role(role="co", name='"quoted" [brackets] \\ 名前'),
    Role(role="care"),
)


def test_names_come_back_as_they_were_in_their_order() -> None:
    assert read_team(write_team(TEAM)) == TEAM


def test_the_file_can_be_read_and_mended_by_hand() -> None:
    assert write_team(TEAM[:1]) == '[team]\nlead = "NAME OF THE LEAD"\n'


@pytest.mark.parametrize("text", ["", "team = [", "other = 1\n", "[team]\n"])
def test_a_file_that_cannot_be_read_holds_no_names(text: str) -> None:
    assert read_team(text) == ()


@pytest.mark.parametrize("text", ["team = 7\n", 'team = "lead"\n', "team = []\n"])
def test_something_else_in_the_place_of_the_team_holds_no_names(text: str) -> None:
    assert read_team(text) == ()
