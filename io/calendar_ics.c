/* Events are built as libical components one at a time, serialised, and folded
 * again (io/ics_text.h): a calendar of any length needs the memory of one event. */
#include <stdlib.h>
#include <string.h>

#include "io/calendar_parts.h"
#include "io/ical_guard.h"
#include "io/ics_text.h"

/*
 * The whole of Europe/London since 1970, in the two rules that every importer
 * understands. libical's own copy of the system's zone has dozens of
 * observances, some with rules that importers may refuse, under a TZID of its
 * own that others do not know.
 */
static const char london[] = "BEGIN:VTIMEZONE\r\n"
                             "TZID:Europe/London\r\n"
                             "BEGIN:DAYLIGHT\r\n"
                             "DTSTART:19700329T010000\r\n"
                             "TZOFFSETFROM:+0000\r\n"
                             "TZOFFSETTO:+0100\r\n"
                             "TZNAME:BST\r\n"
                             "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                             "END:DAYLIGHT\r\n"
                             "BEGIN:STANDARD\r\n"
                             "DTSTART:19701025T020000\r\n"
                             "TZOFFSETFROM:+0100\r\n"
                             "TZOFFSETTO:+0000\r\n"
                             "TZNAME:GMT\r\n"
                             "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                             "END:STANDARD\r\n"
                             "END:VTIMEZONE\r\n";

static const char calendar_end[] = "END:VCALENDAR\r\n";

/* ---- what all calendars share ---- */

static am_status make_zone(void *context, struct am_err *err)
{
    struct am_calendars *calendars = context;
    icalcomponent *component = icalparser_parse_string(london);
    calendars->zone = icaltimezone_new();
    if (component && calendars->zone && icaltimezone_set_component(calendars->zone, component))
        return AM_OK;
    icalcomponent_free(component);
    return am_fail_memory(err);
}

/* Appointments by person; within one person in the roster's order, by date. */
static am_status index_people(struct am_calendars *calendars, struct am_err *err)
{
    const struct am_roster *roster = calendars->roster;
    int people = calendars->caseload->person_count;
    int32_t *first = AM_ARENA_NEW(&calendars->arena, (size_t)people + 2, int32_t);
    int32_t *at = AM_ARENA_NEW(&calendars->arena, (size_t)roster->appointment_count, int32_t);
    if (!first || !at)
        return am_fail_memory(err);
    /* Counted two places further on, first[p + 1] is where person p goes on. */
    for (int i = 0; i < roster->appointment_count; i++)
        first[roster->appointments[i].person + 2]++;
    for (int p = 1; p < people + 2; p++)
        first[p] += first[p - 1];
    for (int i = 0; i < roster->appointment_count; i++)
        at[first[roster->appointments[i].person + 1]++] = i;
    calendars->first_of = first;
    calendars->appointments_of = at;
    return AM_OK;
}

am_status am_calendars_new(const struct am_roster_context *context, const struct am_roster *roster,
                           const struct am_figures *figures, struct am_calendars **calendars,
                           struct am_err *err)
{
    *calendars = NULL;
    struct am_calendars *made = calloc(1, sizeof *made);
    if (!made)
        return am_fail_memory(err);
    am_arena_init(&made->arena);
    made->caseload = context->caseload;
    made->roster = roster;
    made->figures = figures;
    made->key = am_id_key_default();
    made->detail = AM_DETAIL_CRN;
    made->alarm_min = -1;
    am_status status = am_ical_contain(make_zone, made, err);
    if (status)
        made->zone = NULL; /* whatever state it is in */
    if (!status)
        status = index_people(made, err);
    if (status)
        am_calendars_free(made);
    else
        *calendars = made;
    return status;
}

void am_calendars_free(struct am_calendars *calendars)
{
    if (!calendars)
        return;
    if (calendars->zone)
        icaltimezone_free(calendars->zone, 1);
    am_arena_release(&calendars->arena);
    am_text_release(&calendars->scratch);
    am_text_release(&calendars->raw);
    am_text_release(&calendars->bytes);
    am_text_release(&calendars->summary);
    am_text_release(&calendars->description);
    free(calendars);
}

void am_calendars_use(struct am_calendars *calendars, struct am_id_key key, enum am_detail detail)
{
    calendars->key = key;
    calendars->detail = detail;
}

void am_calendars_remind(struct am_calendars *calendars, int before_min)
{
    calendars->alarm_min = before_min;
}

/* Stricter than mail is: what passes needs no escaping anywhere, and can hold
 * neither a line's end nor a parameter. */
bool am_calendar_is_mailbox(const char *mailbox)
{
    enum { MOST = 254 };
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789.-_+";
    size_t local = strspn(mailbox, letters);
    if (local == 0 || mailbox[local] != '@')
        return false;
    const char *domain = mailbox + local + 1;
    size_t size = strspn(domain, letters);
    return domain[size] == '\0' && size > 0 && domain[0] != '.' && domain[size - 1] != '.' &&
           strchr(domain, '.') && !strpbrk(domain, "_+") && local + 1 + size <= MOST;
}

am_status am_calendars_publish_as(struct am_calendars *calendars, const char *mailbox,
                                  struct am_err *err)
{
    struct am_text line = {0}, folded = {0};
    if (!am_calendar_is_mailbox(mailbox))
        return am_fail(err, AM_EINVALID, "\"%s\" is not an address such as roster@example.org",
                       mailbox);
    am_text_format(&line, "ORGANIZER:mailto:%s\r\n", mailbox);
    am_ics_refold(&folded, am_text_string(&line), line.size);
    calendars->organizer = line.failed || folded.failed
                               ? NULL
                               : am_arena_strdup(&calendars->arena, am_text_string(&folded));
    am_text_release(&line);
    am_text_release(&folded);
    return calendars->organizer ? AM_OK : am_fail_memory(err);
}

void am_calendar_person_id(const struct am_calendars *calendars, int person,
                           char id[AM_OPAQUE_ID_TEXT])
{
    const char *parts[] = {"file", calendars->caseload->people[person].crn};
    am_opaque_id(&calendars->key, parts, 2, id);
}

/* ---- the calendar around the events ---- */

/* A property that libical knows by no name of its own; value has no
 * characters that need escaping, since it would not be escaped. */
static void add_x_property(icalcomponent *component, const char *name, const char *value,
                           bool *failed)
{
    icalproperty *property = icalproperty_new_x(value);
    if (property)
        icalproperty_set_x_name(property, name);
    am_calendar_property(component, property, failed);
}

/* Clients show it as the calendar's name. ASCII letters and digits of the code
 * alone: not every client unescapes names. A person's has no code at all. */
static void name_calendar(struct am_calendars *calendars, enum am_calendar_view view, int index)
{
    static const char *const names[] = {"Roster", "Roster ", "Sessions ", "Appointments"};
    struct am_text *name = &calendars->scratch;
    am_text_clear(name);
    am_text_add(name, names[view]);
    if (view == AM_CALENDAR_PERSON)
        return;
    for (const char *c = am_calendar_code(calendars, view, index); *c; c++) {
        bool plain =
            (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        am_text_char(name, plain ? *c : '-');
    }
}

static bool add_headings(icalcomponent *calendar, const char *name, bool published)
{
    bool failed = false;
    struct icaldurationtype hourly = icaldurationtype_from_int(3600);
    icalproperty *refresh = icalproperty_new_refreshinterval(hourly);
    if (refresh)
        icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
    am_calendar_property(calendar, icalproperty_new_prodid("-//amends//roster//EN"), &failed);
    am_calendar_property(calendar, icalproperty_new_version("2.0"), &failed);
    if (published)
        am_calendar_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH), &failed);
    am_calendar_property(calendar, icalproperty_new_name(name), &failed);
    add_x_property(calendar, "X-WR-CALNAME", name, &failed);
    am_calendar_property(calendar, refresh, &failed);
    add_x_property(calendar, "X-PUBLISHED-TTL", "PT1H", &failed);
    return !failed;
}

/* Which calendar. */
struct head {
    struct am_calendars *calendars;
    enum am_calendar_view view;
    int index;
};

/* Make everything up to the first event the piece under way. */
static am_status make_head(void *context, struct am_err *err)
{
    const struct head *head = context;
    struct am_calendars *calendars = head->calendars;
    am_status status;
    icalcomponent *calendar = icalcomponent_new_vcalendar();
    icalcomponent *zone = icalcomponent_new_clone(icaltimezone_get_component(calendars->zone));
    am_text_clear(&calendars->bytes);
    name_calendar(calendars, head->view, head->index);
    if (!calendar || !zone || calendars->scratch.failed) {
        icalcomponent_free(zone);
        status = am_fail_memory(err);
    } else {
        bool added = add_headings(calendar, am_text_string(&calendars->scratch),
                                  calendars->organizer != NULL);
        icalcomponent_add_component(calendar, zone);
        status = added ? am_calendar_append(calendars, calendar, sizeof calendar_end - 1, err)
                       : am_fail_memory(err);
    }
    icalcomponent_free(calendar);
    return status;
}

am_status am_calendar_stream(struct am_calendars *calendars, enum am_calendar_view view, int index,
                             am_calendar_take take, void *context, struct am_err *err)
{
    const struct am_calendar_taker taker = {take, context};
    struct head head = {calendars, view, index};
    am_status status = am_ical_contain(make_head, &head, err);
    if (!status)
        status = take(context, calendars->bytes.bytes, calendars->bytes.size, err);
    if (!status)
        status = am_calendar_put_view(calendars, view, index, taker, err);
    return status ? status : take(context, calendar_end, sizeof calendar_end - 1, err);
}

static am_status append_piece(void *context, const char *bytes, size_t size, struct am_err *err)
{
    am_text_bytes(context, bytes, size);
    return am_text_status(context, err);
}

am_status am_calendar_write(struct am_calendars *calendars, enum am_calendar_view view, int index,
                            struct am_text *text, struct am_err *err)
{
    return am_calendar_stream(calendars, view, index, append_piece, text, err);
}
