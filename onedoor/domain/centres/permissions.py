"""What one may be permitted to do with centres."""

from onedoor.domain.access.api import permission

MANAGE = permission("centres.manage", "Set up a centre: its hours, counters, space and staff")
OFFER = permission("centres.offer", "Say where a service is offered: offer, withdraw, promise")
COUNTER = permission("centres.counter", "Open and close a counter")
CALENDAR = permission("centres.calendar", "Declare holidays and office hours")
