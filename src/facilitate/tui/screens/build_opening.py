"""The way to the screen on which a day is built."""

from __future__ import annotations

from collections.abc import Iterable

from facilitate.session.building_files import Opened, Unsaved
from facilitate.session.building_steps import Steps
from facilitate.tui.asking import Ask, Choice
from facilitate.tui.building import Fault, Workbench
from facilitate.tui.host import Host

TAKEN_UP = "These are the changes that were not saved. ctrl+s saves them."


def build(host: Host, path: str) -> None:
    """Open an agenda file on the screen where a day is built."""
    bench = host.desk.workbench()

    def opened(found: Opened | tuple[Fault, ...]) -> None:
        if not isinstance(found, Opened):
            _show_problems(host, found)
        elif found.unsaved is None:
            _show(host, bench, found, Steps(found.saved))
        else:
            _ask_about_unsaved(host, bench, found, found.unsaved)

    host.course.in_background(lambda: bench.open(path), opened, host.course.go_home)


def _show_problems(host: Host, problems: Iterable[Fault]) -> None:
    from facilitate.tui.screens.reading import problems_page

    host.push_screen(problems_page(problems), lambda _: host.course.go_home())


def _show(host: Host, bench: Workbench, opened: Opened, steps: Steps) -> None:
    from facilitate.tui.screens.build import BuildScreen
    from facilitate.tui.screens.building import Building

    building = Building(host, bench, opened, steps)
    screen = BuildScreen(building, bench).bound_to(host)
    host.push_screen(screen, lambda _: host.course.go_home())


def _ask_about_unsaved(host: Host, bench: Workbench, opened: Opened, unsaved: Unsaved) -> None:
    at = unsaved.at.astimezone()
    since = unsaved.before.text.text != opened.saved.text.text
    question = (
        f"Changes to {opened.name} of {at:%d %b %H:%M} were not saved."
        f"{' Its file was changed since.' if since else ''}"
    )
    choices = (
        Choice(key="g", label="Go on with them", answer=True),
        Choice(key="l", label="Let them go, and build on the file", answer=False),
    )

    def answered(goes_on: bool | None) -> None:
        if goes_on:
            _show(host, bench, opened, Steps(unsaved.before, unsaved.day))
            host.say(TAKEN_UP)
        elif goes_on is False:
            host.course.in_background(
                lambda: bench.let_go(opened.path),
                lambda _: _show(host, bench, opened, Steps(opened.saved)),
            )
        else:
            host.course.go_home()

    host.push_screen(Ask(question, choices), answered)
