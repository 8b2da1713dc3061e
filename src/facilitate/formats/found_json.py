"""What was found in the archive, for programs; see docs/archive.md."""

from __future__ import annotations

from typing import Any

from facilitate.core.searching import Hit, Hits


def found_fields(found: Hits) -> dict[str, Any]:
    """What was found, as fields for JSON."""
    return {
        "hits": [_hit(hit) for hit in found.hits],
        "more": found.more,
        "newest_first": found.newest_first,
        "said": found.said,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    entry, sitting = hit.step.entry, hit.step.sitting
    return {
        "id": entry.id,
        "made": hit.key.sitting,
        "twin": hit.key.twin,
        "kind": entry.kind,
        "state": entry.state,
        "ring": entry.ring,
        "text": entry.text,
        "also": [wording.text for wording in entry.also],
        "lineage": entry.lineage,
        "tags": list(entry.tags),
        "facet": entry.facet,
        "owner": entry.owner,
        "when": entry.when,
        "details": {detail.name: detail.text for detail in entry.details},
        "cohort": sitting.cohort,
        "sitting": {
            "id": sitting.id,
            "date": sitting.date.isoformat(),
            "title": sitting.title,
            "programme": sitting.programme,
            "topic": sitting.topic,
            "part": sitting.part,
        },
    }
