"""Times as a calendar file (RFC 5545), for the calendar on anybody's telephone: downloaded once, or read again and again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

PRODUCT = "-//OneDoor//One-Door Service Centres//LO"
REMINDERS = (timedelta(days=1), timedelta(hours=2))
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One time in a calendar.

    Args:
        uid: the same for as long as it is the same promise. sequence: higher whenever it changed.
        written: when it was last changed. cancelled: it is taken back; calendars strike it out.
    """

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    written: datetime
    title: str
    place: str
    words: str
    address: str
    cancelled: bool = False


def calendar_file(entries: Iterable[Entry], *, name: str, language: str, feed: bool = False) -> bytes:
    """The file of these times, in UTC, its lines folded between whole signs.

    Args:
        feed: it is read again and again: then a cancelled time stays a cancelled entry among others; else a file that says only
            that it is cancelled has the method CANCEL.
    """
    listed = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    gone = bool(listed) and all(one.cancelled for one in listed)
    calendar.add("method", "CANCEL" if gone and not feed else "PUBLISH")
    calendar.add("x-wr-calname", name)
    if feed:
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in listed:
        calendar.add_component(_event(one, language))
    return bytes(calendar.to_ical())


def _event(one: Entry, language: str) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.written)
    event.add("dtstart", one.starts)
    event.add("dtend", one.ends)
    for field, said in (("summary", one.title), ("location", one.place), ("description", one.words)):
        event.add(field, said, parameters={"LANGUAGE": language})
    event.add("url", one.address)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    for before in () if one.cancelled else REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.title)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event
