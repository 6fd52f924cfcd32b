/* Calendars: what is in them, what is not, and that clients can follow them. */
#include "io/calendar_ics.h"
#include "tests/support/output_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <libical/ical.h>

static struct output_fixture fixture;
static struct am_arena arena;
static struct am_figures figures;
static struct am_calendars *calendars;

static void begin(am_date monday)
{
    output_fixture_init(&fixture, monday);
    am_arena_init(&arena);
    assert_int_equal(am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL),
                     AM_OK);
    assert_int_equal(
        am_calendars_new(&fixture.context, &fixture.roster, &figures, &calendars, NULL), AM_OK);
}

static void end(void)
{
    am_calendars_free(calendars);
    am_arena_release(&arena);
    output_fixture_release(&fixture);
}

static int set_up(void **state)
{
    (void)state;
    begin(am_date_of(2027, 3, 22));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    end();
    return 0;
}

/* Written and parsed back; the caller frees it. */
static icalcomponent *parsed(enum am_calendar_view view, int index)
{
    struct am_text text = {0};
    assert_int_equal(am_calendar_write(calendars, view, index, &text, NULL), AM_OK);
    icalcomponent *calendar = icalparser_parse_string(text.bytes);
    am_text_release(&text);
    assert_non_null(calendar);
    assert_int_equal(icalcomponent_isa(calendar), ICAL_VCALENDAR_COMPONENT);
    return calendar;
}

static icalcomponent *first_event(icalcomponent *calendar)
{
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    assert_non_null(event);
    return event;
}

static int property_count(icalcomponent *component, icalproperty_kind kind)
{
    return icalcomponent_count_properties(component, kind);
}

/* RFC 5545, section 3.6.1, and what the design leaves out on purpose. */
static void check_event(icalcomponent *event)
{
    static const icalproperty_kind once[] = {
        ICAL_UID_PROPERTY,      ICAL_DTSTAMP_PROPERTY,   ICAL_LASTMODIFIED_PROPERTY,
        ICAL_SEQUENCE_PROPERTY, ICAL_DTSTART_PROPERTY,   ICAL_DTEND_PROPERTY,
        ICAL_SUMMARY_PROPERTY,  ICAL_STATUS_PROPERTY,    ICAL_CLASS_PROPERTY,
        ICAL_TRANSP_PROPERTY,   ICAL_CATEGORIES_PROPERTY};
    static const icalproperty_kind never[] = {
        ICAL_ATTENDEE_PROPERTY, ICAL_ORGANIZER_PROPERTY, ICAL_RRULE_PROPERTY,   ICAL_URL_PROPERTY,
        ICAL_X_PROPERTY,        ICAL_XLICERROR_PROPERTY, ICAL_DURATION_PROPERTY};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        assert_int_equal(property_count(event, once[i]), 1);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_int_equal(property_count(event, never[i]), 0);
    assert_null(icalcomponent_get_first_component(event, ICAL_ANY_COMPONENT)); /* no alarm */
    assert_int_equal(icalcomponent_get_sequence(event), 0);
    assert_true(icaltime_compare(icalcomponent_get_dtstart(event), icalcomponent_get_dtend(event)) <
                0);
}

/* Returns the number of events. */
static int check_calendar(enum am_calendar_view view, int index)
{
    int events = 0;
    icalcomponent *calendar = parsed(view, index);
    assert_int_equal(property_count(calendar, ICAL_METHOD_PROPERTY), 0);
    assert_int_equal(property_count(calendar, ICAL_PRODID_PROPERTY), 1);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_VTIMEZONE_COMPONENT), 1);
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        check_event(event);
        events++;
    }
    icalcomponent_free(calendar);
    return events;
}

static void every_calendar_holds_what_it_must_and_nothing_that_it_must_not(void **state)
{
    (void)state;
    static const int of_supervisors[] = {1, 1, 1}, of_projects[] = {2, 1, 1, 0},
                     of_people[] = {2, 2, 2, 1, 0, 0, 0};
    assert_int_equal(check_calendar(AM_CALENDAR_TEAM, 0), 4);
    for (int m = 0; m < FIXTURE_SUPERVISORS; m++)
        assert_int_equal(check_calendar(AM_CALENDAR_SUPERVISOR, m), of_supervisors[m]);
    for (int j = 0; j < FIXTURE_PROJECTS; j++)
        assert_int_equal(check_calendar(AM_CALENDAR_PROJECT, j), of_projects[j]);
    for (int p = 0; p < FIXTURE_PEOPLE; p++)
        assert_int_equal(check_calendar(AM_CALENDAR_PERSON, p), of_people[p]);
}

static void hostile_text_comes_back_as_text(void **state)
{
    (void)state;
    icalcomponent *calendar = parsed(AM_CALENDAR_SUPERVISOR, 1), *event = first_event(calendar);
    assert_string_equal(icalcomponent_get_location(event),
                        "\xc5\xb4yl, T\xc5\xb7'r Ysgol; Llanfairpwllgwyngyllgogerychwyrndrobwllll"
                        "antysiliogogogoch \xf0\x9f\x8c\xb3, <script>alert(\"1\")</script> & \\ "
                        "Lane\nATTENDEE:mailto:evil@example.org\nEND:VEVENT bad \xef\xbf\xbd byte");
    assert_string_equal(icalcomponent_get_summary(event),
                        "=HYPERLINK(\"x\"), \"T\xc5\xb7\" & <i>sons</i> (../P02): 2 people");
    icalcomponent_free(calendar);
}

static void a_person_reads_of_an_appointment_and_of_nobody(void **state)
{
    (void)state;
    struct am_text text = {0};
    assert_int_equal(am_calendar_write(calendars, AM_CALENDAR_PERSON, 1, &text, NULL), AM_OK);
    assert_non_null(strstr(text.bytes, "SUMMARY:Appointment\r\n"));
    static const char *const never[] = {"X1000", "Payback", "Canal",  "P01", "ETE",
                                        "TOW",   "people",  "Superv", "S1",  "DESCRIPTION"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr(text.bytes, never[i]));
    am_text_release(&text);
}

/* Text of one calendar, in the caller's arena. */
static const char *written(enum am_calendar_view view, int index)
{
    struct am_text text = {0};
    assert_int_equal(am_calendar_write(calendars, view, index, &text, NULL), AM_OK);
    const char *kept = am_arena_strdup(&arena, text.bytes);
    assert_non_null(kept);
    am_text_release(&text);
    return kept;
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

static void a_place_that_has_a_point_is_found_on_a_map(void **state)
{
    (void)state;
    const char *depot = written(AM_CALENDAR_PROJECT, 0), *hall = written(AM_CALENDAR_PROJECT, 1);
    assert_int_equal(count_of(depot, "\r\nGEO:53.593000;-2.296000\r\n"), 2);
    assert_int_equal(count_of(hall, "GEO:"), 0);
    assert_int_equal(count_of(written(AM_CALENDAR_PERSON, 1), "GEO:53.593000;-2.296000\r\n"), 1);
    fixture.places[0].lat_micro = -500001;
    fixture.places[0].lon_micro = 7;
    assert_int_equal(count_of(written(AM_CALENDAR_PROJECT, 0), "\r\nGEO:-0.500001;0.000007\r\n"),
                     2);
}

static void what_kind_of_session_it_is_stands_in_a_fixed_word(void **state)
{
    (void)state;
    const char *team = written(AM_CALENDAR_TEAM, 0), *person = written(AM_CALENDAR_PERSON, 1);
    assert_int_equal(count_of(team, "\r\nCATEGORIES:Group\r\n"), 3);
    assert_int_equal(count_of(team, "\r\nCATEGORIES:Education\r\n"), 1);
    assert_int_equal(count_of(person, "\r\nCATEGORIES:Appointment\r\n"), 2);
    assert_int_equal(count_of(person, "CATEGORIES"), 2);
}

static void an_alarm_that_was_asked_for_says_nothing_but_reminder(void **state)
{
    (void)state;
    static const char alarm[] = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Reminder\r\n"
                                "TRIGGER:-PT60M\r\nEND:VALARM\r\nEND:VEVENT\r\n";
    am_calendars_remind(calendars, 60);
    assert_int_equal(count_of(written(AM_CALENDAR_TEAM, 0), alarm), 4);
    assert_int_equal(count_of(written(AM_CALENDAR_PERSON, 1), alarm), 2);
    am_calendars_remind(calendars, 0);
    assert_int_equal(count_of(written(AM_CALENDAR_TEAM, 0), "TRIGGER:PT0M\r\n"), 4);
    am_calendars_remind(calendars, -1);
    assert_int_equal(count_of(written(AM_CALENDAR_TEAM, 0), "VALARM"), 0);
}

static void a_published_calendar_names_its_organizer_in_every_event(void **state)
{
    (void)state;
    assert_int_equal(am_calendars_publish_as(calendars, "payback.roster@example.org", NULL), AM_OK);
    const char *team = written(AM_CALENDAR_TEAM, 0);
    assert_int_equal(count_of(team, "\r\nMETHOD:PUBLISH\r\n"), 1);
    assert_int_equal(count_of(team, "\r\nORGANIZER:mailto:payback.roster@example.org\r\n"), 4);
    assert_int_equal(count_of(team, "\r\nATTENDEE"), 0);
    char longest[101];
    memset(longest, 'a', sizeof longest - 1);
    memcpy(longest + 90, "@a.example", 11);
    assert_int_equal(am_calendars_publish_as(calendars, longest, NULL), AM_OK);
    icalcomponent *calendar = parsed(AM_CALENDAR_TEAM, 0);
    icalproperty *organizer =
        icalcomponent_get_first_property(first_event(calendar), ICAL_ORGANIZER_PROPERTY);
    assert_string_equal(icalproperty_get_organizer(organizer) + strlen("mailto:"), longest);
    icalcomponent_free(calendar);
}

static void an_organizer_that_is_no_plain_address_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",         "roster",          "@example.org",      "a@",
        "a@b",      "a b@example.org", "a@b.org\r\nX:y",    "a@example.org;x",
        "a@.org",   "a@b.org.",        "\"a\"@example.org", "a@b@example.org",
        "a@b_c.org"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct am_err err = {0};
        assert_int_equal(am_calendars_publish_as(calendars, bad[i], &err), AM_EINVALID);
        assert_non_null(strstr(err.msg, "roster@example.org"));
    }
    assert_int_equal(count_of(written(AM_CALENDAR_TEAM, 0), "METHOD"), 0);
}

struct pieces {
    int count, until;
    struct am_text text;
};

static am_status take_until(void *context, const char *bytes, size_t size, struct am_err *err)
{
    struct pieces *pieces = context;
    if (pieces->count == pieces->until)
        return am_fail(err, AM_EIO, "full");
    pieces->count++;
    am_text_bytes(&pieces->text, bytes, size);
    return AM_OK;
}

static void a_calendar_comes_in_pieces_and_stops_where_nobody_takes_them(void **state)
{
    (void)state;
    struct pieces pieces = {.until = 100};
    assert_int_equal(am_calendar_stream(calendars, AM_CALENDAR_TEAM, 0, take_until, &pieces, NULL),
                     AM_OK);
    assert_int_equal(pieces.count, 1 + 4 + 1); /* head, events, end */
    assert_string_equal(pieces.text.bytes, written(AM_CALENDAR_TEAM, 0));
    for (pieces.until = 0; pieces.until < 6; pieces.until++) {
        pieces.count = 0;
        assert_int_equal(
            am_calendar_stream(calendars, AM_CALENDAR_TEAM, 0, take_until, &pieces, NULL), AM_EIO);
        assert_int_equal(pieces.count, pieces.until);
    }
    am_text_release(&pieces.text);
}

static void the_team_and_projects_see_heads_alone(void **state)
{
    (void)state;
    struct am_text text = {0};
    am_calendars_use(calendars, am_id_key_default(), AM_DETAIL_NAMES);
    assert_int_equal(am_calendar_write(calendars, AM_CALENDAR_TEAM, 0, &text, NULL), AM_OK);
    assert_int_equal(am_calendar_write(calendars, AM_CALENDAR_PROJECT, 0, &text, NULL), AM_OK);
    assert_non_null(strstr(text.bytes, "3 people"));
    assert_null(strstr(text.bytes, "X1000"));
    for (int i = 0; output_fixture_names[i]; i++)
        assert_null(strstr(text.bytes, output_fixture_names[i]));
    am_text_release(&text);
}

/* UIDs of the first event of a view, in the caller's buffer. */
static void uid_of(enum am_calendar_view view, int index, char uid[AM_OPAQUE_ID_TEXT])
{
    icalcomponent *calendar = parsed(view, index);
    const char *found = icalcomponent_get_uid(first_event(calendar));
    assert_int_equal(strlen(found), AM_OPAQUE_ID_TEXT - 1);
    memcpy(uid, found, AM_OPAQUE_ID_TEXT);
    icalcomponent_free(calendar);
}

static void the_uid_stays_whatever_is_moved(void **state)
{
    (void)state;
    char before[AM_OPAQUE_ID_TEXT], after[AM_OPAQUE_ID_TEXT];
    uid_of(AM_CALENDAR_PROJECT, 0, before);
    fixture.sessions[0].start += 60;
    fixture.sessions[0].date += 1;
    fixture.sessions[0].place = 1;
    fixture.caseload.as_of += 1;
    fixture.roster.sessions[0].supervisor = 2;
    uid_of(AM_CALENDAR_PROJECT, 0, after);
    assert_string_equal(before, after);
    fixture.sessions[0].original_date += 1;
    uid_of(AM_CALENDAR_PROJECT, 0, after);
    assert_string_not_equal(before, after);
}

static void every_view_has_a_uid_of_its_own(void **state)
{
    (void)state;
    char uids[4][AM_OPAQUE_ID_TEXT];
    uid_of(AM_CALENDAR_TEAM, 0, uids[0]);
    uid_of(AM_CALENDAR_SUPERVISOR, 0, uids[1]);
    uid_of(AM_CALENDAR_PROJECT, 0, uids[2]);
    uid_of(AM_CALENDAR_PERSON, 0, uids[3]);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(uids[i], uids[j]);
}

/* Minutes after midnight UTC at which an event of project P01 or ../P02 on the
 * date starts, by the time zone in the file itself. */
static int utc_start(am_date monday, int days)
{
    begin(monday);
    fixture.sessions[7].project = 0;
    icalcomponent *calendar = parsed(AM_CALENDAR_PROJECT, 0);
    struct am_civil civil = am_civil_of(monday + days);
    int minute = -1;
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        struct icaltimetype start = icalcomponent_get_dtstart(event);
        assert_string_equal(icaltime_get_tzid(start), "Europe/London");
        if (start.month != civil.month || start.day != civil.day)
            continue;
        start = icaltime_convert_to_zone(start, icaltimezone_get_utc_timezone());
        minute = start.hour * 60 + start.minute;
    }
    icalcomponent_free(calendar);
    end();
    return minute;
}

static void half_past_nine_is_half_past_nine_in_winter_and_in_summer(void **state)
{
    (void)state;
    am_date march = am_date_of(2027, 3, 22), october = am_date_of(2027, 10, 25);
    assert_int_equal(utc_start(march, 5), 570);      /* Saturday: winter */
    assert_int_equal(utc_start(march, 6), 570 - 60); /* Sunday of the change */
    assert_int_equal(utc_start(march + 7, 0), 570 - 60);
    assert_int_equal(utc_start(october, 5), 570 - 60); /* Saturday: summer */
    assert_int_equal(utc_start(october, 6), 570);
    assert_int_equal(utc_start(october + 7, 0), 570);
}

static void a_session_until_midnight_ends_on_the_next_day(void **state)
{
    (void)state;
    fixture.sessions[0].start = 1080;
    fixture.sessions[0].minutes = 360;
    icalcomponent *calendar = parsed(AM_CALENDAR_SUPERVISOR, 0);
    struct icaltimetype stop = icalcomponent_get_dtend(first_event(calendar));
    assert_int_equal(stop.day, 23);
    assert_int_equal(stop.hour, 0);
    icalcomponent_free(calendar);
}

#define ON_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_FIXTURE(every_calendar_holds_what_it_must_and_nothing_that_it_must_not),
        ON_FIXTURE(hostile_text_comes_back_as_text),
        ON_FIXTURE(a_person_reads_of_an_appointment_and_of_nobody),
        ON_FIXTURE(the_team_and_projects_see_heads_alone),
        ON_FIXTURE(a_place_that_has_a_point_is_found_on_a_map),
        ON_FIXTURE(what_kind_of_session_it_is_stands_in_a_fixed_word),
        ON_FIXTURE(an_alarm_that_was_asked_for_says_nothing_but_reminder),
        ON_FIXTURE(a_published_calendar_names_its_organizer_in_every_event),
        ON_FIXTURE(an_organizer_that_is_no_plain_address_is_refused),
        ON_FIXTURE(a_calendar_comes_in_pieces_and_stops_where_nobody_takes_them),
        ON_FIXTURE(the_uid_stays_whatever_is_moved),
        ON_FIXTURE(every_view_has_a_uid_of_its_own),
        cmocka_unit_test(half_past_nine_is_half_past_nine_in_winter_and_in_summer),
        ON_FIXTURE(a_session_until_midnight_ends_on_the_next_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
