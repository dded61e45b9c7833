"""Who vouches for an applicant that has no paper: the head of her village, or two witnesses. No database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from onedoor.domain.cases.errors import WhoVouches

KINDS = {"village_head": 1, "witness": 2}  # how many of them are needed
LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Voucher:
    """Somebody who vouches for an applicant: the village head or a witness, and the name."""

    kind: str
    name: str


def vouched(identity: str, vouchers: Iterable[Voucher]) -> dict[str, Any]:
    """By what it was shown who she is, as a case keeps it; empty where nobody looked.

    Raises:
        WhoVouches: nobody is named who vouches, or somebody though nobody has to; too few witnesses, or one named twice.
    """
    people = [Voucher(kind=each.kind, name=" ".join(each.name.split())) for each in vouchers]
    if identity != "vouched":
        if people:
            raise WhoVouches(field="vouchers")
        return {"by": identity} if identity else {}
    kinds = {each.kind for each in people}
    names = {each.name.casefold() for each in people}
    if len(kinds) != 1 or not kinds <= set(KINDS) or len(names) != len(people):
        raise WhoVouches(field="vouchers")
    if len(people) != KINDS[people[0].kind] or not all(0 < len(each.name) <= LONGEST for each in people):
        raise WhoVouches(field="vouchers")
    return {"by": identity, "vouchers": [{"kind": each.kind, "name": each.name} for each in people]}
