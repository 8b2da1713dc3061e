"""Encrypting what is handed on, so that only those it is for can open it (age, of pyrage).

pyrage is of the extra `crypto`, and imported when something is to be encrypted. Nothing here
ever repeats what may be a secret.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from typing import Any

from facilitate.core.refusal import Refused
from facilitate.formats.characters import printable

LONGEST = 1 << 20
"""A file of recipients has not more bytes than this."""

SHOWN = 40
"""So many characters of something that is no recipient are repeated at most."""

_BEGINNINGS = ("age1", "ssh-")
_SECRET = re.compile(r"AGE-(SECRET-KEY|PLUGIN)-|-----BEGIN", re.IGNORECASE)


class NoRecipient(Refused):
    """What was given is no recipient that something can be encrypted to."""


def need_pyrage() -> None:
    """Do nothing when something can be encrypted here.

    Raises:
        Refused: when pyrage is missing.
    """
    _pyrage()


def looks_like_a_recipient(text: str) -> bool:
    """Whether it can only be meant for a recipient, or for a secret key, and for no file."""
    return text.strip().lower().startswith(_BEGINNINGS) or bool(_SECRET.match(text.strip()))


def read_recipients(raw: bytes, file: str) -> tuple[str, ...]:
    """The recipients in a file, one a line; lines that begin with `#` say nothing.

    Raises:
        NoRecipient: when one of them is none, or when there is none at all.
        Refused: when pyrage is missing.
    """
    try:
        lines = raw.decode("utf-8-sig").splitlines() if len(raw) <= LONGEST else []
    except UnicodeDecodeError:
        lines = []
    numbered = ((n, line.strip()) for n, line in enumerate(lines, 1))
    told = [(n, line) for n, line in numbered if line and not line.startswith("#")]
    for number, line in told:
        check_recipient(line, f"{file}:{number}: ")
    if not told:
        raise NoRecipient(
            f"{file} names no recipient. Write one a line, as in age1... or ssh-..."
        )
    return tuple(line for _, line in told)


def check_recipient(text: str, where: str = "") -> None:
    """Do nothing when something can be encrypted to this recipient; `where` it stands.

    Raises:
        NoRecipient: when it is none.
        Refused: when pyrage is missing.
    """
    _recipient(_pyrage(), text, where)


def _recipient(pyrage: Any, text: str, where: str = "") -> Any:
    if _SECRET.search(text):
        raise NoRecipient(
            f"{where}This is a secret key. Keep it to yourself, and give the recipient that "
            "belongs to it: age-keygen -y prints it."
        )
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(text)
    except (pyrage.RecipientError, UnicodeError):
        shown = printable(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")
        raise NoRecipient(
            f'{where}"{shown}" is no recipient that this program knows. One begins with age1, '
            "ssh-ed25519 or ssh-rsa, and is to be copied whole."
        ) from None


def seal(content: bytes, recipients: Sequence[str]) -> bytes:
    """The content, encrypted so that any one of the recipients can open it.

    Raises:
        NoRecipient: when one of them is none, or there are none.
        Refused: when pyrage is missing.
    """
    pyrage = _pyrage()
    whom = [_recipient(pyrage, text) for text in recipients]
    if not whom:
        raise NoRecipient("Say for whom it is to be encrypted.")
    return _sealed(pyrage, pyrage.encrypt, content, whom)


def seal_with(content: bytes, passphrase: str) -> bytes:
    """The content, encrypted so that whoever knows the passphrase can open it.

    It takes a second or more, so that guessing takes long, too.

    Raises:
        Refused: when the passphrase is empty, or pyrage is missing.
    """
    pyrage = _pyrage()
    if not passphrase:
        raise Refused("An empty passphrase keeps nobody out.")
    return _sealed(pyrage, pyrage.passphrase.encrypt, content, passphrase)


def _sealed(pyrage: Any, encrypt: Any, *arguments: object) -> bytes:
    try:
        sealed: bytes = encrypt(*arguments)
    except UnicodeError:
        raise Refused("It cannot be encrypted: the passphrase holds what is no text.") from None
    except pyrage.EncryptError as error:
        raise Refused(f"It cannot be encrypted: {printable(str(error))}.") from None
    return sealed


def _pyrage() -> Any:
    """The library.

    Raises:
        Refused: when it is not installed.
    """
    try:
        return importlib.import_module("pyrage")
    except ImportError:
        raise Refused(
            "To encrypt, facilitate needs one more part: pip install 'facilitate[crypto]'"
        ) from None
