"""The figures of a lived demonstration, read and checked again where they can be."""

from __future__ import annotations

from typing import Any
from uuid import UUID


def figures(told: dict[str, Any]) -> dict[str, Any]:
    """`told` by the simulator; documents are verified as a stranger would, the chain of letters is read again."""
    from onedoor.domain.documents import api as documents
    from onedoor.kernel.clock import now
    from onedoor.kernel.letters import deliver_batch, seal_batch, verify
    from onedoor.kernel.scope import Actor, everything

    while seal_batch() or deliver_batch(at=now()):
        pass
    valid = 0
    with everything("a demonstration looks at its own documents"):
        for one in told["documents"]:
            content = documents.content(by=Actor.system(), document=UUID(one))
            valid += documents.verify_file(content).state == "valid"
    found = verify()
    return {
        "visits": told["visits"],
        "cases": told["cases"],
        "documents_valid": valid,
        "ratings": told["ratings"],
        "letters": found.letters,
        "verify": "ok"
        if found.ok and valid == len(told["documents"])
        else "; ".join(found.faults[:3]) or "documents",
    }
