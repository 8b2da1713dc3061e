"""What was handed on from this machine: the list of it, for taking words back."""

from __future__ import annotations

from facilitate.formats.export_list import ExportList, read_list
from facilitate.store.lists import read_lines
from facilitate.store.places import Places


def exported(places: Places) -> ExportList:
    """Everything that was handed on, oldest first, and how much of the list is damaged.

    Raises:
        OSError: when the list is there and cannot be read.
    """
    return read_list(read_lines(places.export_list))
