"""What a service costs, as Costs: a sum for everybody, free, to be set, or one for each way in which answers change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from onedoor.domain.catalogue.api import Fee, FeeRow, ServiceView, stretch
from onedoor.doors.exchange.cpsv.words import CV
from onedoor.doors.exchange.cpsv.writer import Writer, double
from onedoor.kernel.i18n import Translated
from onedoor.kernel.money import EXPONENTS


@dataclass(frozen=True)
class Way:
    """One way in which a line comes to a sum: what distinguishes it, and the sum where it is known."""

    code: str
    when: Translated
    amount: int | None


def costs(writer: Writer, view: ServiceView, fee: Fee, *, authority: URIRef) -> list[URIRef]:
    """The Costs of the fee that applies."""
    if fee.state != "set":
        kind = "fee-free" if fee.state == "free" else "fee-to-be-set"
        return [
            _cost(
                writer,
                view,
                fee,
                code="fee",
                kind=kind,
                words={},
                amount=0 if fee.state == "free" else None,
                law=fee.law,
                by=authority,
            )
        ]
    if not fee.lines:
        return [
            _cost(
                writer,
                view,
                fee,
                code="fee",
                kind="fee-fixed",
                words={},
                amount=fee.amount,
                law=fee.law,
                by=authority,
            )
        ]
    found = []
    for row in fee.lines:
        if row.kind == "fixed" and not row.when:
            found.append(
                _cost(
                    writer,
                    view,
                    fee,
                    code=row.code,
                    kind="fee-fixed",
                    words=row.name,
                    amount=row.amount,
                    law=row.law or fee.law,
                    by=authority,
                    currency=row.currency,
                )
            )
            continue
        for way in ways(row, view.form):
            found.append(
                _cost(
                    writer,
                    view,
                    fee,
                    code=f"{row.code}.{way.code}",
                    kind="fee-by-answers",
                    words=joined(row.name, way.when),
                    amount=way.amount,
                    law=row.law or fee.law,
                    by=authority,
                    currency=row.currency,
                )
            )
    return found


def ways(row: FeeRow, form: Mapping[str, Any]) -> Iterator[Way]:
    """The sums to which a line may come, in words: a table's steps, the answers, a share, so much for each."""
    question = (form.get("properties") or {}).get(row.by, {})
    if row.steps:
        for number, step in enumerate(row.steps, start=1):
            said = {lang: f"{stretch(step, lang)} {row.unit.get(lang, '')}".strip() for lang in ("lo", "en")}
            yield Way(str(number), said, step.amount)
    elif row.choices or row.percents:
        labels = question.get("x-labels", {})
        for answer, amount in sorted(row.choices.items()):
            yield Way(answer, labels.get(answer, {}), amount)
        for answer, percent in sorted(row.percents.items()):
            yield Way(
                f"{answer}.share",
                joined(labels.get(answer, {}), dict.fromkeys(("lo", "en"), f"{percent} %")),
                None,
            )
    elif row.percent:
        label = question.get("x-label", {})
        share = {lang: f"{row.percent} % {label.get(lang, '')}".strip() for lang in ("lo", "en")}
        yield Way("share", share, None)
    else:
        # What an exemption takes off is no cost: it is named, and its sum is not given as one.
        yield Way(row.kind, row.unit, row.amount if row.amount and row.kind != "exemption" else None)


def joined(name: Translated, more: Translated) -> dict[str, str]:
    """A line's name with what distinguishes a way, by language."""
    return {lang: f"{word}: {more[lang]}" if more.get(lang) else word for lang, word in name.items()}


def _cost(
    writer: Writer,
    view: ServiceView,
    fee: Fee,
    *,
    code: str,
    kind: str,
    words: Translated,
    amount: int | None,
    law: Translated,
    by: URIRef,
    currency: str = "",
) -> URIRef:
    currency = currency or fee.currency
    thing = writer.service(view.code, f"cost-{code}")
    writer.add(thing, CV.Cost)
    writer.say(
        thing,
        {
            DCTERMS.identifier: code,
            DCTERMS.type: writer.concept(kind),
            DCTERMS.description: words,
            CV.hasValue: None if amount is None else double(amount, EXPONENTS[currency]),
            CV.currency: writer.currency(currency),
            CV.isDefinedBy: by,
            SKOS.note: law,
            DCTERMS.source: fee.source,
            DCTERMS.issued: Literal(fee.valid_from) if fee.valid_from else None,
        },
    )
    return thing
