/*
 * calendar_parts - what io/calendar_*.c share; for them only.
 *
 * calendar_ics.c is the calendar around the events, calendar_views.c what each
 * view tells, calendar_event.c the bytes of one event.
 */
#ifndef AM_IO_CALENDAR_PARTS_H
#define AM_IO_CALENDAR_PARTS_H

#include <libical/ical.h>

#include "io/calendar_ics.h"

struct am_calendars {
    const struct am_caseload *caseload;
    const struct am_roster *roster;
    const struct am_figures *figures;
    struct am_id_key key;
    enum am_detail detail;
    int alarm_min;         /* -1: none */
    const char *organizer; /* a line of its own, in the arena; NULL: no METHOD */
    icaltimezone *zone;
    struct am_arena arena;
    int32_t *first_of, *appointments_of; /* a person's appointments in the roster, by date */
    struct am_text scratch, raw;         /* a property under way */
    struct am_text bytes;                /* the piece under way: a head, or an event */
    struct am_text summary, description; /* of the event under way */
};

/* One event, before it is written. */
struct am_calendar_event {
    const char *uid, *summary, *description; /* description "": none */
    const char *category;                    /* an ASCII word */
    int session;
    int start, minutes;
    bool address_only; /* the place's name may tell what goes on there */
};

/* Whoever takes a calendar, piece by piece. */
struct am_calendar_taker {
    am_calendar_take take;
    void *context;
};

/* ---- libical: a property that could not be made fails the component ---- */

void am_calendar_property(icalcomponent *component, icalproperty *property, bool *failed);

/* Append a component to the piece under way, folded anew; the last `less` bytes
 * stay away. */
am_status am_calendar_append(struct am_calendars *calendars, icalcomponent *component, size_t less,
                             struct am_err *err);

/* Make the event the piece under way, and hand it over. Fails with AM_EINVALID
 * in the hour of a clock change. */
am_status am_calendar_put_event(struct am_calendars *calendars,
                                const struct am_calendar_event *event,
                                struct am_calendar_taker taker, struct am_err *err);

/* All events of a calendar, one after the other. */
am_status am_calendar_put_view(struct am_calendars *calendars, enum am_calendar_view view,
                               int index, struct am_calendar_taker taker, struct am_err *err);

/* The code of whose calendar it is; "" for the team. */
const char *am_calendar_code(const struct am_calendars *calendars, enum am_calendar_view view,
                             int index);

#endif
