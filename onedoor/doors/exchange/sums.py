"""The sums to which a fee may come, one by one and in words, as open data tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from onedoor.domain.catalogue.api import Fee, FeeRow, stretch
from onedoor.kernel.i18n import Translated

LANGUAGES = ("lo", "en")


@dataclass(frozen=True, kw_only=True)
class Sum:
    """One sum of a fee.

    Args:
        kind: fixed (charged to everybody), by_answers, free (by law), to_be_set.
        words: what is charged, and when; empty for a fee of one amount.
        amount: minor units; None where it is a share, or not known.
    """

    code: str
    kind: Literal["fixed", "by_answers", "free", "to_be_set"]
    currency: str
    words: Translated = field(default_factory=dict)
    amount: int | None = None
    law: Translated = field(default_factory=dict)


def sums(fee: Fee, form: Mapping[str, Any]) -> Iterator[Sum]:
    """All sums of a fee: those that go by answers with each way in which they may come out."""
    if fee.state == "free":
        yield Sum(code="fee", kind="free", currency=fee.currency, amount=0, law=fee.law)
    elif fee.state == "to_be_set":
        yield Sum(code="fee", kind="to_be_set", currency=fee.currency, law=fee.law)
    elif not fee.lines:
        yield Sum(code="fee", kind="fixed", currency=fee.currency, amount=fee.amount, law=fee.law)
    for row in fee.lines:
        currency, law = row.currency or fee.currency, row.law or fee.law
        if row.kind == "fixed" and not row.when:
            yield Sum(
                code=row.code, kind="fixed", currency=currency, words=row.name, amount=row.amount, law=law
            )
            continue
        for code, when, amount in _ways(row, form):
            yield Sum(
                code=f"{row.code}.{code}",
                kind="by_answers",
                currency=currency,
                words=_joined(row.name, when),
                amount=amount,
                law=law,
            )


def _ways(row: FeeRow, form: Mapping[str, Any]) -> Iterator[tuple[str, Translated, int | None]]:
    """A table's steps, the answers, a share, so much for each: what distinguishes it, and the sum where it is one."""
    question = (form.get("properties") or {}).get(row.by, {})
    if row.steps:
        for number, step in enumerate(row.steps, start=1):
            yield str(number), _said({lang: stretch(step, lang) for lang in LANGUAGES}, row.unit), step.amount
    elif row.choices or row.percents:
        labels = question.get("x-labels", {})
        for answer, amount in sorted(row.choices.items()):
            yield answer, labels.get(answer, {}), amount
        for answer, percent in sorted(row.percents.items()):
            share = dict.fromkeys(LANGUAGES, f"{percent} %")
            yield f"{answer}.share", _joined(labels.get(answer) or share, share), None
    elif row.percent:
        share = dict.fromkeys(LANGUAGES, f"{row.percent} %")
        yield "share", _said(share, question.get("x-label", {})), None
    else:
        # What an exemption takes off is no cost: it is named, and its sum is not given as one.
        yield row.kind, row.unit, row.amount if row.amount and row.kind != "exemption" else None


def _said(number: Translated, unit: Translated) -> dict[str, str]:
    return {lang: f"{number[lang]} {unit.get(lang, '')}".strip() for lang in LANGUAGES}


def _joined(name: Translated, more: Translated) -> dict[str, str]:
    return {
        lang: f"{word}: {more[lang]}" if more.get(lang) not in (None, "", word) else word
        for lang, word in name.items()
    }
