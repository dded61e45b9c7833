"""Reading XES: in a stream, within bounds; what is broken is named with its line, what is hostile is refused."""

from __future__ import annotations

import gzip
import resource
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.tools.xes.faults import Left, Unreadable
from onedoor.tools.xes.reader import Reader, Trace
from onedoor.tools.xes.values import BadValue, checked, instant
from onedoor.tools.xes.writer import document, kept_header
from tests.tools.xes.logs import HEAD, event, log, three, trace, written


def read(path: Path) -> tuple[Reader, list[Trace | Left], Unreadable | None]:
    reader, found = Reader(path), []
    try:
        for one in reader.traces():
            found.append(one)
    except Unreadable as fault:
        return reader, found, fault
    return reader, found, None


def test_a_log_is_read_whole(tmp_path: Path) -> None:
    reader, found, fault = read(written(tmp_path, log()))
    assert fault is None and [one.said("concept:name") for one in found if isinstance(one, Trace)] == [
        "A-1",
        "A-2",
        "A-3",
    ]
    assert reader.header.said("concept:name") == "Permits & “more”"
    assert reader.header.attributes[1] == ["int", "cases", "3", [["string", "inner", "ໃບ"]]]
    assert reader.header.declares(("enddate",)) and not reader.header.declares(("deadline",))
    assert isinstance(found[0], Trace) and found[0].events[1][-1] == ["boolean", "ok", "true"]


def test_gzip_and_several_members_are_read(tmp_path: Path) -> None:
    text = log().encode()
    packed = gzip.compress(text[:300]) + gzip.compress(text[300:])
    assert len(read(written(tmp_path, packed, "log.xes.gz"))[1]) == 3


def test_what_is_written_reads_the_same(tmp_path: Path) -> None:
    nested = trace(
        "&lt;x&gt;\n&quot;",
        event(
            "a", "2012-01-01T00:00:00Z", more='<list key="l"><values><int key="n" value="1"/></values></list>'
        ),
    )
    reader, found, _ = read(written(tmp_path, log([nested, *three()])))
    traces = [(one.attributes, one.events) for one in found if isinstance(one, Trace)]
    again, found_again, fault = read(
        written(tmp_path, "".join(document(kept_header(reader.header), traces)), "again.xes")
    )
    assert fault is None and again.header == reader.header
    assert [(one.attributes, one.events) for one in found_again if isinstance(one, Trace)] == traces


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("2012-13-02T09:00:00Z", "no day or hour"),
        ("2012-02-30T09:00:00Z", "no day or hour"),
        ("yesterday", "not an instant"),
        ("", "not an instant"),
        ("0001-01-01T00:00:00Z", "outside of the years"),
        ("9999-12-31T23:59:59-12:00", "outside of the years"),
    ],
)
def test_a_broken_date_leaves_its_trace_out_and_no_other(tmp_path: Path, bad: str, reason: str) -> None:
    one, two, three_ = three()
    _, found, fault = read(written(tmp_path, log([one, trace("B", event("x", bad)), two, three_])))
    assert fault is None and len(found) == 4
    left = found[1]
    assert isinstance(left, Left) and left.trace == "B" and reason in left.reason
    assert left.line == (HEAD + one).count("\n") + 1


@pytest.mark.parametrize(
    "attribute",
    [
        '<int key="n" value="1.5"/>',
        '<float key="n" value="a"/>',
        '<boolean key="n" value="maybe"/>',
        '<string value="x"/>',
    ],
)
def test_values_that_their_kind_does_not_have(tmp_path: Path, attribute: str) -> None:
    _, found, _ = read(
        written(tmp_path, log([trace("B", event("x", "2012-01-01T00:00:00Z"), more=attribute)]))
    )
    assert isinstance(found[0], Left)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY a2 "&b;&b;">]>'
    '<log><string key="concept:name" value="&a2;"/></log>'
)
CIRCLE = (
    '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "&b;"><!ENTITY b "&a;">]><log><trace>&a;</trace></log>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>'


@pytest.mark.parametrize("hostile", [BOMB, CIRCLE, OUTSIDE])
def test_document_types_and_entities_are_refused(tmp_path: Path, hostile: str) -> None:
    _, found, fault = read(written(tmp_path, hostile))
    assert not found and fault is not None and "document type" in fault.reason and fault.line == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no element"),
        ("not xml", "not well-formed"),
        ("<html/>", "outermost element"),
        (HEAD + '<string key="a" value="x"', "not well-formed"),
        (log().replace("</trace>", "", 1), "not well-formed"),
        ("<log>" + '<string key="a" value="">' * 40, "deeper than"),
        ('<?xml version="1.0" encoding="klingon"?><log/>', "not well-formed"),
        (HEAD + '<date key="d" value="never"/></log>', "not an instant"),
    ],
)
def test_what_cannot_be_read_any_further_ends_it(tmp_path: Path, text: str, reason: str) -> None:
    _, _, fault = read(written(tmp_path, text))
    assert fault is not None and reason in fault.reason and fault.line >= 1


def test_a_cut_file_keeps_the_traces_before_the_cut(tmp_path: Path) -> None:
    text = log()
    _, found, fault = read(written(tmp_path, text[: text.index("A-3")]))
    assert len(found) == 2 and fault is not None


def test_a_cut_or_damaged_gzip_is_named(tmp_path: Path) -> None:
    packed = gzip.compress(log().encode())
    for bad, reason in ((packed[:-12], "cut off"), (packed[:40] + b"\xff\xff\xff" + packed[43:], "damaged")):
        fault = read(written(tmp_path, bad, "log.xes.gz"))[2]
        assert fault is not None and (reason in fault.reason or "not well-formed" in fault.reason)


def test_a_gzip_bomb_is_refused_early(tmp_path: Path) -> None:
    bomb = gzip.compress(HEAD.encode() + b" " * (64 * 1024**2))
    fault = read(written(tmp_path, bomb, "bomb.xes.gz"))[2]
    assert fault is not None and "bomb" in fault.reason


@pytest.mark.parametrize(
    "endless",
    [
        b'<string key="a" value="' + b"x" * 6_000_000,
        b"<!-- " + b"x" * 6_000_000,
        b"<trace>" + b'<string key="a" value="b"/>' * 250_000 + b"</trace>",
        b"<trace>" + b"<event/>" * 30_000 + b"</trace>",
        b'<string key="a" value="b"/>' * 150_000,
    ],
)
def test_nothing_that_never_ends_fills_the_memory(tmp_path: Path, endless: bytes) -> None:
    path = written(tmp_path, HEAD.encode() + endless + b"</log>")
    tracemalloc.start()
    _, found, fault = read(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fault is not None or isinstance(found[0], Left)
    assert most < 150 * 1024**2


def test_memory_does_not_grow_with_the_log(tmp_path: Path) -> None:
    one = "".join(three())
    small, large = (
        written(tmp_path, HEAD + one * times + "</log>", f"{times}.xes") for times in (500, 5_000)
    )

    def most(path: Path) -> int:
        tracemalloc.start()
        count = sum(1 for _ in Reader(path).traces())
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count in (1_500, 15_000)
        return top

    assert most(large) < most(small) * 1.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_an_instant_without_a_zone_is_told_by_the_clocks_of_vientiane() -> None:
    assert (
        instant("2012-01-02T09:00:00")
        == instant("2012-01-02T09:00:00+07:00")
        == instant("2012-01-02T02:00:00Z")
    )


@given(kind=st.sampled_from(["string", "date", "int", "float", "boolean", "id"]), value=st.text(max_size=40))
def test_any_value_is_accepted_or_refused_in_words(kind: str, value: str) -> None:
    try:
        checked(kind, "key", value)
    except BadValue as fault:
        assert str(fault)
