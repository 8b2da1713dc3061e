"""Handing on what a group made: for whom, what is in it, and what stays behind."""

from __future__ import annotations

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from facilitate.core.record import RecordRing
from facilitate.core.sharing import FORMS, RING_FOR, Form
from facilitate.core.sharing_view import Preview
from facilitate.session.live import LiveSession
from facilitate.tui.archive_verbs import SHARING
from facilitate.tui.screens.looking import Looking
from facilitate.tui.screens.newest import Newest
from facilitate.tui.verb import bindings
from facilitate.tui.verbs import VERBS
from facilitate.tui.widgets.form_list import FormList
from facilitate.tui.widgets.head import Head
from facilitate.tui.widgets.key_bar import KeyBar
from facilitate.tui.widgets.notice import Notice
from facilitate.tui.words import line, plain, say_in, stack

WIDEN: dict[RecordRing, RecordRing] = {"cohort": "team", "team": "public", "public": "cohort"}
"""What the key for that leads to next."""
LOOKING = "Looking what would be in it."


class Wanted(NamedTuple):
    """A hand-out: its form, and how far it may go."""

    form: Form
    ring: RecordRing


class SharingScreen(Looking):
    """The forms on the left, and what the marked one would hold. Only Enter writes it."""

    CSS_PATH = "../styles/sharing.tcss"
    BINDINGS = bindings(SHARING)

    def __init__(self, of: LiveSession | str) -> None:
        """`of` is the sitting that goes on, or the id of a past one."""
        super().__init__()
        self._of = of
        self._rings: dict[Form, RecordRing] = {}
        """How far it may go, where someone said otherwise."""
        self._shown: tuple[Wanted, Preview] | None = None

    def compose(self) -> ComposeResult:
        yield Head()
        with Horizontal(id="middle"):
            yield FormList()
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="preview", markup=False)
        yield Notice()
        yield KeyBar(self.host, VERBS)

    def on_mount(self) -> None:
        self._looking = Newest(self, self._preview, self._show)
        super().on_mount()
        self.query_one(FormList).focus()
        self._look()

    def _preview(self, wanted: Wanted) -> Preview:
        return self.host.desk.preview(self._of, wanted.form, wanted.ring)

    def _show(self, wanted: Wanted, preview: Preview) -> None:
        self._shown = wanted, preview
        self.query_one("#beside").scroll_home(animate=False)
        self.draw_soon()

    @property
    def _wanted(self) -> Wanted:
        form = self.query_one(FormList).marked
        return Wanted(form, self._rings.get(form, FORMS[form].ring))

    @on(OptionList.OptionHighlighted)
    def _look(self) -> None:
        if self._shown and self.notice == self._shown[1].nothing:
            self.host.say("")  # that was about another one
        self.draw_soon()
        self._looking.want(self._wanted)

    def draw(self) -> None:
        wanted = self._wanted
        self.query_one(Head).show("Hand-outs", f"for {RING_FOR[wanted.ring]}")
        self.query_one(Notice).show(self.notice, self.unsaved)
        preview = self._shown[1] if self._shown and self._shown[0] == wanted else None
        words = _told(preview) if preview else plain(self._waiting, "$soft")
        say_in(self.query_one("#preview", Static), words)

    @property
    def _waiting(self) -> str:
        """What stands where a preview is to come; nothing when it could not be made."""
        return LOOKING if self._looking.is_asking else ""

    def action_whom(self) -> None:
        form, ring = self._wanted
        self._rings[form] = WIDEN[ring]
        self._look()

    def action_write(self) -> None:
        """Write what was looked at; what there would be nothing in is not written."""
        wanted = self._wanted
        if self._shown is None or self._shown[0] != wanted:
            self.host.say(LOOKING)
            return
        if nothing := self._shown[1].nothing:
            self.host.say(nothing)
            return
        desk, of = self.host.desk, self._of
        self.host.course.in_background(
            lambda: desk.hand_on(of, wanted.form, wanted.ring), self.host.say
        )


def _told(preview: Preview) -> Content:
    rows = [plain(preview.what, "bold")]
    if preview.nothing:
        rows.append(plain(preview.nothing))
        if preview.would_do:
            rows.append(plain(f"w: for {RING_FOR[preview.would_do]} there would be something."))
        return stack(rows)
    rows.append(plain(preview.contains))
    rows += [plain(words) for words in preview.behind]
    rows.append(plain(""))
    rows += [line((f"{row.name:<5}", "bold $primary"), row.text) for row in preview.rows]
    return stack(rows)
