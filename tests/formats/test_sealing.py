"""What is encrypted is opened again by those it is for, and by nobody else."""

from __future__ import annotations

import sys
from pathlib import Path

import pyrage
import pytest

from facilitate.core.refusal import Refused
from facilitate.formats.sealing import (
    LONGEST,
    NoRecipient,
    check_recipient,
    looks_like_a_recipient,
    need_pyrage,
    read_recipients,
    seal,
    seal_with,
)

WORDS = b"CANARY what the group said"
ME, YOU, NOBODY = (pyrage.x25519.Identity.generate() for _ in range(3))
SSH = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKSDhCrsLEVMdm3tOyqmvALQ4E9pBa2nfJ0p8y0Uz3ZV lead of x"
)


def public(identity: pyrage.x25519.Identity) -> str:
    return str(identity.to_public())


def test_each_recipient_opens_it_and_no_other() -> None:
    sealed = seal(WORDS, [public(ME), public(YOU)])
    assert WORDS not in sealed
    assert sealed.startswith(b"age-encryption.org/v1\n")
    assert [pyrage.decrypt(sealed, [one]) for one in (ME, YOU)] == [WORDS, WORDS]
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [NOBODY])


def test_whoever_knows_the_passphrase_opens_it() -> None:
    sealed = seal_with(WORDS, "drei Möwen am Hafen")
    assert pyrage.passphrase.decrypt(sealed, "drei Möwen am Hafen") == WORDS
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(sealed, "zwei")


def test_nothing_is_encrypted_to_nobody() -> None:
    with pytest.raises(NoRecipient):
        seal(WORDS, [])
    with pytest.raises(Refused, match="empty passphrase"):
        seal_with(WORDS, "")
    with pytest.raises(Refused, match="no text"):
        seal_with(WORDS, "\udcff")


def test_recipients_stand_in_a_file_one_a_line() -> None:
    text = f"# the team\n\n  {public(ME)}  \r\n#{public(NOBODY)}\n{SSH}\n"
    assert read_recipients(b"\xef\xbb\xbf" + text.encode(), "team") == (public(ME), SSH)
    sealed = seal(WORDS, read_recipients(text.encode(), "team"))
    assert pyrage.decrypt(sealed, [ME]) == WORDS


@pytest.mark.parametrize("raw", [b"", b"# nobody\n\n", b"\xff\xfeage1", b"#" * (LONGEST + 1)])
def test_a_file_without_a_recipient_is_refused(raw: bytes) -> None:
    with pytest.raises(NoRecipient, match="team names no recipient"):
        read_recipients(raw, "team")


def test_what_is_wrong_in_a_file_is_said_with_its_line() -> None:
    with pytest.raises(NoRecipient, match=r'^team:3: "age1wrong" is no recipient'):
        read_recipients(f"{public(ME)}\n\nage1wrong\n".encode(), "team")


@pytest.mark.parametrize(
    "text",
    ["", "age1", "age1wrong", "ssh-ed25519", "ssh-rsa AAAA", "ssh-dss AAAA", "x", "\udcff"],
)
def test_what_is_no_recipient_is_refused(text: str) -> None:
    with pytest.raises(NoRecipient, match="is no recipient that this program knows"):
        check_recipient(text)


def test_of_something_long_only_the_beginning_is_repeated() -> None:
    with pytest.raises(NoRecipient) as refused:
        check_recipient("age1\x1b[2J" + "q" * 5000)
    assert len(str(refused.value)) < 200
    assert "\x1b" not in str(refused.value)


def test_no_piece_of_a_secret_key_is_repeated_wherever_it_stands() -> None:
    secret = str(ME)
    for around in (f"key = {secret}", f'"{secret}"', f"age1 {secret}"):
        with pytest.raises(NoRecipient, match="This is a secret key") as refused:
            check_recipient(around)
        assert secret[:20] not in str(refused.value)


@pytest.mark.parametrize("where", ["", "team:1: "])
def test_a_secret_key_is_refused_and_never_repeated(where: str) -> None:
    for secret in (str(ME), str(ME).lower(), "-----BEGIN OPENSSH PRIVATE KEY-----"):
        assert looks_like_a_recipient(f" {secret}")
        with pytest.raises(NoRecipient, match=f"^{where}This is a secret key") as refused:
            check_recipient(secret, where)
        assert secret not in str(refused.value)


def test_a_file_is_told_from_a_recipient() -> None:
    assert looks_like_a_recipient(public(ME))
    assert looks_like_a_recipient(SSH)
    assert not looks_like_a_recipient(str(Path("team") / "age1.txt"))


def test_without_pyrage_a_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    for attempt in (
        need_pyrage,
        lambda: check_recipient(public(ME)),
        lambda: seal(WORDS, [public(ME)]),
        lambda: seal_with(WORDS, "x"),
    ):
        with pytest.raises(Refused, match=r"pip install 'facilitate\[crypto\]'") as refused:
            attempt()
        assert not isinstance(refused.value, NoRecipient)
