/* One event as bytes: built as a libical component, serialised, folded again. */
#include <stdlib.h>
#include <string.h>

#include "io/calendar_parts.h"
#include "io/ical_guard.h"
#include "io/ics_text.h"

void am_calendar_property(icalcomponent *component, icalproperty *property, bool *failed)
{
    if (!component || !property) {
        icalproperty_free(property);
        *failed = true;
        return;
    }
    icalcomponent_add_property(component, property);
}

am_status am_calendar_append(struct am_calendars *calendars, icalcomponent *component, size_t less,
                             struct am_err *err)
{
    char *raw = icalcomponent_as_ical_string_r(component);
    if (!raw)
        return am_fail_memory(err);
    am_ics_refold(&calendars->bytes, raw, strlen(raw) - less);
    free(raw);
    return am_text_status(&calendars->bytes, err);
}

static struct icaltimetype ical_time(am_date date, int minute)
{
    struct icaltimetype time = icaltime_null_time();
    struct am_civil civil = am_civil_of(date + minute / AM_DAY_MINUTES);
    time.year = civil.year;
    time.month = civil.month;
    time.day = civil.day;
    time.hour = minute % AM_DAY_MINUTES / 60;
    time.minute = minute % 60;
    return time;
}

static struct icaltimetype utc_midnight(am_date date)
{
    struct icaltimetype time = ical_time(date, 0);
    return icaltime_set_timezone(&time, icaltimezone_get_utc_timezone());
}

static struct icaltimetype london_time(const struct am_calendars *calendars, am_date date,
                                       int minute)
{
    struct icaltimetype time = ical_time(date, minute);
    return icaltime_set_timezone(&time, calendars->zone);
}

/* The place as people write it: name, address; or the address alone. */
static const char *location_of(struct am_calendars *calendars,
                               const struct am_calendar_event *event)
{
    int index = calendars->caseload->sessions[event->session].place;
    struct am_text *raw = &calendars->raw, *clean = &calendars->scratch;
    am_text_clear(raw);
    am_text_clear(clean);
    if (index >= 0) {
        const struct am_place *place = &calendars->caseload->places[index];
        bool named = *place->name && !(event->address_only && *place->address);
        am_text_format(raw, "%s%s%s", named ? place->name : "",
                       named && *place->address ? ", " : "", place->address);
    }
    am_ics_clean(clean, am_text_string(raw));
    return am_text_string(clean);
}

static void add_clean(struct am_calendars *calendars, icalcomponent *component, const char *value,
                      icalproperty *(*make)(const char *), bool *failed)
{
    am_text_clear(&calendars->scratch);
    am_ics_clean(&calendars->scratch, value);
    if (*am_text_string(&calendars->scratch))
        am_calendar_property(component, make(am_text_string(&calendars->scratch)), failed);
}

static bool fill_event(struct am_calendars *calendars, icalcomponent *component,
                       const struct am_calendar_event *event)
{
    bool failed = false;
    am_date date = calendars->caseload->sessions[event->session].date;
    struct icaltimetype revised = utc_midnight(calendars->caseload->as_of);
    am_calendar_property(component, icalproperty_new_uid(event->uid), &failed);
    am_calendar_property(component, icalproperty_new_dtstamp(revised), &failed);
    am_calendar_property(component, icalproperty_new_lastmodified(revised), &failed);
    am_calendar_property(component, icalproperty_new_sequence(0), &failed);
    icalcomponent_set_dtstart(component, london_time(calendars, date, event->start));
    icalcomponent_set_dtend(component, london_time(calendars, date, event->start + event->minutes));
    add_clean(calendars, component, event->summary, icalproperty_new_summary, &failed);
    const char *location = location_of(calendars, event);
    if (*location)
        am_calendar_property(component, icalproperty_new_location(location), &failed);
    add_clean(calendars, component, event->description, icalproperty_new_description, &failed);
    am_calendar_property(component, icalproperty_new_status(ICAL_STATUS_CONFIRMED), &failed);
    am_calendar_property(component, icalproperty_new_transp(ICAL_TRANSP_OPAQUE), &failed);
    am_calendar_property(component, icalproperty_new_class(ICAL_CLASS_PRIVATE), &failed);
    am_calendar_property(component, icalproperty_new_categories(event->category), &failed);
    return !failed && !calendars->scratch.failed && !calendars->raw.failed &&
           icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY) &&
           icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY);
}

/* Millionths of a degree as RFC 5545 writes degrees. */
static void put_degrees(struct am_text *text, int32_t micro)
{
    enum { MICRO = 1000000 };
    int64_t size = micro < 0 ? -(int64_t)micro : micro;
    am_text_format(text, "%s%d.%06d", micro < 0 ? "-" : "", (int)(size / MICRO),
                   (int)(size % MICRO));
}

/* GEO is written here, from whole numbers: libical takes it in floating point,
 * and switches the locale of the whole process to print it. */
static void put_geo(struct am_calendars *calendars, int session)
{
    int place = calendars->caseload->sessions[session].place;
    if (place < 0 || !calendars->caseload->places[place].has_point)
        return;
    am_text_add(&calendars->bytes, "GEO:");
    put_degrees(&calendars->bytes, calendars->caseload->places[place].lat_micro);
    am_text_char(&calendars->bytes, ';');
    put_degrees(&calendars->bytes, calendars->caseload->places[place].lon_micro);
    am_text_add(&calendars->bytes, "\r\n");
}

/* The words may be read by whoever picks up the phone. */
static void put_alarm(struct am_calendars *calendars)
{
    if (calendars->alarm_min < 0)
        return;
    am_text_format(&calendars->bytes,
                   "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Reminder\r\n"
                   "TRIGGER:%sPT%dM\r\nEND:VALARM\r\n",
                   calendars->alarm_min > 0 ? "-" : "", calendars->alarm_min);
}

/* Everything of an event but what libical cannot write; then that. */
static am_status append_event(struct am_calendars *calendars, icalcomponent *component,
                              const struct am_calendar_event *event, struct am_err *err)
{
    static const char end[] = "END:VEVENT\r\n";
    if (!component || !fill_event(calendars, component, event))
        return am_fail_memory(err);
    am_status status = am_calendar_append(calendars, component, sizeof end - 1, err);
    put_geo(calendars, event->session);
    if (calendars->organizer)
        am_text_add(&calendars->bytes, calendars->organizer);
    put_alarm(calendars);
    am_text_add(&calendars->bytes, end);
    return status ? status : am_text_status(&calendars->bytes, err);
}

/* What an event is made of. */
struct making {
    struct am_calendars *calendars;
    const struct am_calendar_event *event;
};

static am_status make_event(void *context, struct am_err *err)
{
    const struct making *making = context;
    icalcomponent *component = icalcomponent_new_vevent();
    am_status status = append_event(making->calendars, component, making->event, err);
    icalcomponent_free(component);
    return status;
}

am_status am_calendar_put_event(struct am_calendars *calendars,
                                const struct am_calendar_event *event,
                                struct am_calendar_taker taker, struct am_err *err)
{
    const struct am_session *session = &calendars->caseload->sessions[event->session];
    if (am_in_clock_change(session->date, event->start) ||
        am_in_clock_change(session->date, event->start + event->minutes)) {
        char date[AM_DATE_TEXT];
        return am_fail(err, AM_EINVALID,
                       "session %s on %s begins or ends between 01:00 and 02:00, when the clocks "
                       "change: no calendar can say when that is",
                       session->id, am_date_format(session->date, date));
    }
    am_text_clear(&calendars->bytes);
    struct making making = {calendars, event};
    am_status status = am_ical_contain(make_event, &making, err);
    return status ? status
                  : taker.take(taker.context, calendars->bytes.bytes, calendars->bytes.size, err);
}
