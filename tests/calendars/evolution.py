#!/usr/bin/python3
"""evolution.py FILE...: import each into one calendar, as Evolution's backend does, and list it.

Prints a line an event: its start in UTC and its summary. To be run under dbus-run-session.
"""
import sys

import gi

gi.require_version("EDataServer", "1.2")
gi.require_version("ECal", "2.0")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, ICalGLib  # noqa: E402

WAIT_S = 1  # for a connection to a server, of which a local calendar has none


def new_calendar():
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = EDataServer.Source.new_with_uid("amends-test", None)
    source.set_parent("local-stub")
    source.set_display_name("roster")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("local")
    registry.commit_source_sync(source, None)
    return ECal.Client.connect_sync(registry.ref_source("amends-test"),
                                    ECal.ClientSourceType.EVENTS, WAIT_S, None)


def line(component):
    event = component.get_icalcomponent()
    start = event.get_dtstart().convert_to_zone(ICalGLib.Timezone.get_utc_timezone())
    return start.as_ical_string() + " " + event.get_summary()


calendar = new_calendar()
for path in sys.argv[1:]:
    with open(path, newline="", encoding="utf-8") as file:
        received = ICalGLib.Component.new_from_string(file.read())
    calendar.receive_objects_sync(received, ECal.OperationFlags.NONE, None)
for text in sorted(line(found) for found in calendar.get_object_list_as_comps_sync("#t", None)[1]):
    print(text)
