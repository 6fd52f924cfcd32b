/* The full good caseload of tests/schema, field by field. Run from the root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/reading.h"

static struct reading good;

static int open_good(void **state)
{
    (void)state;
    reading_file(&good, "tests/schema/files/good.json");
    if (good.status != AM_OK)
        am_diag_print(&good.diag, stderr);
    return good.status == AM_OK ? 0 : -1;
}

static int close_good(void **state)
{
    (void)state;
    reading_release(&good);
    return 0;
}

static void the_frame_is_read(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    assert_int_equal(c->as_of, am_date_of(2026, 2, 26));
    assert_int_equal(c->from, am_date_of(2026, 3, 2));
    assert_int_equal(c->weeks, 2);
    assert_string_equal(c->division, "england-and-wales");
    assert_int_equal(c->bank_holidays.count, 3);
    assert_int_equal(c->non_working.count, 1);
    assert_int_equal(c->non_working.at[0], am_date_of(2026, 3, 10));
    assert_int_equal(c->policy.over_instruction_percent, 110);
    assert_int_equal(c->policy.lone_woman, AM_LONE_WOMAN_HARD);
    assert_int_equal(c->policy.weights.offer_minute, 20);
    assert_int_equal(strlen(c->sha256), 64);
}

static void places_and_homes_are_read(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    assert_int_equal(c->place_count, 5);
    assert_string_equal(c->places[2].id, "park");
    assert_string_equal(c->places[2].address, "Park Road\nBury");
    assert_int_equal(c->places[0].lat_micro, 53592000);
    assert_int_equal(c->places[0].lon_micro, -2226000);
    assert_false(c->places[1].has_point);
    assert_int_equal(c->people[0].home, 0);
    assert_int_equal(c->people[1].home, 4);
    assert_string_equal(c->places[4].id, "");
    assert_int_equal(c->places[4].lon_micro, -2300000);
}

static void a_person_is_read(void **state)
{
    (void)state;
    const struct am_person *p = &good.caseload.people[0];
    assert_int_equal(good.caseload.person_count, 2);
    assert_string_equal(p->crn, "X100001");
    assert_true(p->limited_access && p->may_join_women_only && p->consents_alone && p->wants_ete);
    assert_int_equal(p->gender, AM_FEMALE);
    assert_int_equal(p->placement, AM_MIXED_GROUP | AM_WOMEN_ONLY | AM_INDIVIDUAL_PLACEMENT);
    assert_int_equal(p->modes, 1 << AM_WALK | 1 << AM_PUBLIC_TRANSPORT);
    assert_int_equal(p->inducted_on, am_date_of(2025, 10, 21));
    assert_true(p->intensive_agreed);
    assert_int_equal(p->intensive_target_min, 1260);
    assert_int_equal(p->weekly_max_min, 1440);
    assert_int_equal(p->supervisor_gender, AM_FEMALE);
    assert_int_equal(p->attendance_percent, 80);
    assert_int_equal(p->barred_projects.count, 1);
    assert_int_equal(p->barred_projects.at[0], 1);
    assert_int_equal(p->barred_places.at[0], 3);
    assert_int_equal(p->prefers.at[0], 0);
    assert_int_equal(p->allocation_count, 1);
    assert_int_equal(p->allocations[0].days, 1 << AM_TU);
    assert_int_equal(p->allocations[0].to, am_date_of(2026, 6, 30));
}

static void what_is_not_given_has_its_default(void **state)
{
    (void)state;
    const struct am_person *p = &good.caseload.people[1];
    assert_string_equal(p->name, "");
    assert_false(p->limited_access || p->may_join_women_only || p->consents_alone || p->wants_ete);
    assert_int_equal(p->weekly_max_min, -1);
    assert_int_equal(p->inducted_on, AM_NO_DATE);
    assert_int_equal(p->supervisor_gender, -1);
    assert_int_equal(p->attendance_percent, 65);
    const struct am_session *shop = &good.caseload.sessions[2];
    assert_string_equal(shop->id, "SHOP-A");
    assert_false(shop->supervised);
    assert_int_equal(shop->min_group, 1);
    assert_int_equal(good.caseload.projects[1].quality, 3);
}

static void keeping_apart_is_symmetric(void **state)
{
    (void)state;
    const struct am_person *people = good.caseload.people;
    assert_int_equal(people[0].keep_apart.count, 1);
    assert_int_equal(people[0].keep_apart.at[0], 1);
    assert_int_equal(people[1].keep_apart.count, 1);
    assert_int_equal(people[1].keep_apart.at[0], 0);
}

static void orders_are_read(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    assert_int_equal(c->order_count, 3);
    assert_int_equal(c->people[0].order_count, 2);
    assert_int_equal(c->people[1].first_order, 2);
    const struct am_order *first = &c->orders[0], *second = &c->orders[1];
    assert_int_equal(first->adjustment_min, -60);
    assert_int_equal(first->ete_min, 60);
    assert_int_equal(first->own_deadline, am_date_of(2026, 10, 5));
    assert_int_equal(second->own_deadline, AM_NO_DATE);
    assert_int_equal(second->runs, AM_RUNS_AFTER);
    assert_int_equal(second->runs_order, 0);
    assert_string_equal(c->orders[2].event, "1");
}

static void availability_is_read(void **state)
{
    (void)state;
    const struct am_person *p = &good.caseload.people[0];
    assert_int_equal(p->available.count, 2);
    assert_int_equal(p->available.at[1].to, 1440);
    assert_int_equal(p->available.at[1].every_weeks, 2);
    assert_int_equal(p->available.at[1].valid_from, am_date_of(2026, 1, 5));
    /* whole days: the last is included */
    assert_true(p->unavailable.at[0].start == am_stamp_of(am_date_of(2026, 3, 5), 0));
    assert_true(p->unavailable.at[0].end == am_stamp_of(am_date_of(2026, 3, 7), 0));
    assert_true(p->unavailable.at[1].end == am_stamp_of(am_date_of(2026, 3, 9), 840));
}

static void own_words_meet_on_both_sides(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    assert_int_equal(c->tag_count, 9);
    assert_string_equal(c->tag_names[8], "x-dogs");
    assert_string_equal(c->offer_names[5], "x-prayer_room");
    assert_true((c->people[0].must_avoid & c->projects[0].tags) == (uint64_t)1 << 8);
    assert_true((c->people[0].needs & ~c->projects[0].offers) == 0);
}

static void sessions_are_expanded_and_overridden(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    /* 3 March moved to the 4th; the 5th; SHOP on the 6th; the 10th is no working day; the
     * 12th cancelled */
    assert_int_equal(c->window_session_count, 5);
    const struct am_session *moved = &c->sessions[0], *plain = &c->sessions[1];
    assert_int_equal(moved->original_date, am_date_of(2026, 3, 3));
    assert_int_equal(moved->date, am_date_of(2026, 3, 4));
    assert_int_equal(moved->start, 600);
    assert_int_equal(moved->minutes, 360);
    assert_int_equal(moved->place, 3);
    assert_int_equal(moved->pinned_supervisor, 0);
    assert_int_equal(moved->closed, AM_OPEN);
    assert_int_equal(plain->date, am_date_of(2026, 3, 5));
    assert_int_equal(plain->place, 2);
    assert_int_equal(c->sessions[3].closed, AM_NON_WORKING_DAY);
    assert_int_equal(c->sessions[4].closed, AM_CANCELLED);
}

static void sessions_go_on_to_the_last_deadline(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    /* the order of 2 February 2026 ends on 1 February 2027, a Monday */
    assert_int_equal(c->sessions[c->session_count - 1].date, am_date_of(2027, 1, 28));
    for (int s = 1; s < c->session_count; s++)
        assert_true(c->sessions[s - 1].date <= c->sessions[s].date);
    for (int s = c->window_session_count; s < c->session_count; s++)
        assert_int_equal(c->sessions[s].closed, AM_OPEN);
}

static void a_pinned_appointment_pins_its_supervisor(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    assert_int_equal(c->appointment_count, 2);
    assert_int_equal(c->appointments[0].session, -1);
    assert_int_equal(c->appointments[0].credited_min, 400);
    assert_int_equal(c->appointments[1].session, 1);
    assert_true(c->appointments[1].pinned);
    assert_int_equal(c->sessions[1].pinned_supervisor, 0);
}

static int leg(int table, int from, int to)
{
    const struct am_travel_table *t = &good.caseload.travel[table];
    return t->minutes[t->row_of[from] * t->columns + t->column_of[to]];
}

static void journeys_are_read_from_every_source(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    /* minutes, seconds, OSRM, and four of the CSV: a row of each source, there and back */
    assert_int_equal(c->travel_count, 6);
    assert_int_equal(leg(0, 0, 2), 35); /* truncated: 34 means 35 */
    assert_int_equal(leg(0, 1, 2), AM_NO_JOURNEY);
    assert_int_equal(c->travel[0].hour, 570);
    assert_int_equal(c->travel[0].row_of[2], -1);
    assert_int_equal(leg(1, 2, 0), 34);
    assert_int_equal(leg(1, 2, 1), 21); /* 1200.5 s, rounded up */
    assert_int_equal(c->travel[1].directions, AM_BACK);
    assert_int_equal(c->travel[1].hour, 990);
    assert_int_equal(leg(2, 1, 2), 22);
    assert_int_equal(c->travel[2].directions, AM_THERE | AM_BACK);
    assert_int_equal(leg(3, 1, 3), 45);
    assert_int_equal(c->travel[3].hour, 570);
    assert_int_equal(c->travel[3].days, 7);
    assert_int_equal(leg(4, 3, 1), AM_NO_JOURNEY);
    assert_int_equal(c->travel[4].hour, -1);
    assert_int_equal(c->travel[5].quality, AM_TIMETABLE);
    assert_int_equal(leg(5, 2, 1), 50);
}

static void published_and_waivers_are_read(void **state)
{
    (void)state;
    const struct am_caseload *c = &good.caseload;
    assert_true(c->has_published);
    assert_int_equal(c->published_appointment_count, 1);
    assert_int_equal(c->published_appointments[0].session, 1);
    assert_int_equal(c->published_sessions[0].supervisor, 0);
    assert_int_equal(c->waiver_count, 2);
    assert_int_equal(c->waivers[0].rule, AM_R3);
    assert_int_equal(c->waivers[0].project, 0);
    assert_null(c->waivers[0].session_id);
    assert_string_equal(c->waivers[1].session_id, "PARK-A");
    assert_int_equal(c->waivers[1].until, AM_NO_DATE);
}

#define BOOKED(date, more)                                                                         \
    "{\"crn\": \"X1\", \"event\": \"1\", \"session\": \"PARK-A\", \"date\": \"" date               \
    "\", \"start\": \"09:30\", \"minutes\": 420, \"state\": \"booked\"" more "}"
#define PINNED ", \"pinned\": true"

/* What is published of two bookings, and of what else is told. */
static int published_of(const char *rest)
{
    struct reading reading;
    reading_parts(
        &reading,
        (struct reading_parts){.window = "{\"from\": \"2026-03-02\", \"weeks\": 2}", .rest = rest});
    assert_int_equal(reading.status, AM_OK);
    int count = reading.caseload.has_published ? reading.caseload.published_appointment_count : -1;
    reading_release(&reading);
    return count;
}

/* Else a person with a pin beside another booking would be disturbed by both being kept. */
static void a_pin_counts_as_published_with_what_is_merely_booked(void **state)
{
    (void)state;
    assert_int_equal(published_of("\"appointments\": [" BOOKED("2026-03-03", "") "," BOOKED(
                         "2026-03-10", "") "]"),
                     2);
    assert_int_equal(published_of("\"appointments\": [" BOOKED("2026-03-03", PINNED) "," BOOKED(
                         "2026-03-10", "") "]"),
                     2);
    assert_int_equal(published_of("\"appointments\": [" BOOKED("2026-03-03", PINNED) "]"), -1);
}

static void a_published_roster_says_what_pins_were(void **state)
{
    (void)state;
    assert_int_equal(published_of("\"published\": {}, \"appointments\": [" BOOKED(
                         "2026-03-03", PINNED) "," BOOKED("2026-03-10", "") "]"),
                     1);
}

static void the_digest_covers_the_files_named(void **state)
{
    (void)state;
    struct reading a, b;
    const char *rest = "\"travel\": [{\"file\": \"j.csv\", \"format\": \"csv\"}]";
    (void)reading_scratch("j.csv", "from,place,mode,minutes_there,minutes_back\n");
    reading_parts(&a, (struct reading_parts){.rest = rest});
    (void)reading_scratch("j.csv", "from,place,mode,minutes_there,minutes_back\n\n");
    reading_parts(&b, (struct reading_parts){.rest = rest});
    assert_int_equal(a.status, AM_OK);
    assert_int_equal(b.status, AM_OK);
    assert_string_not_equal(a.caseload.sha256, b.caseload.sha256);
    reading_release(&a);
    reading_release(&b);
}

static void without_files_the_digest_is_that_of_the_caseload(void **state)
{
    (void)state;
    struct reading reading;
    reading_text(&reading, "{}");
    assert_string_equal(reading.caseload.sha256,
                        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_frame_is_read),
        cmocka_unit_test(places_and_homes_are_read),
        cmocka_unit_test(a_person_is_read),
        cmocka_unit_test(what_is_not_given_has_its_default),
        cmocka_unit_test(keeping_apart_is_symmetric),
        cmocka_unit_test(orders_are_read),
        cmocka_unit_test(availability_is_read),
        cmocka_unit_test(own_words_meet_on_both_sides),
        cmocka_unit_test(sessions_are_expanded_and_overridden),
        cmocka_unit_test(sessions_go_on_to_the_last_deadline),
        cmocka_unit_test(a_pinned_appointment_pins_its_supervisor),
        cmocka_unit_test(journeys_are_read_from_every_source),
        cmocka_unit_test(published_and_waivers_are_read),
        cmocka_unit_test(a_pin_counts_as_published_with_what_is_merely_booked),
        cmocka_unit_test(a_published_roster_says_what_pins_were),
        cmocka_unit_test(the_digest_covers_the_files_named),
        cmocka_unit_test(without_files_the_digest_is_that_of_the_caseload),
    };
    return cmocka_run_group_tests(tests, open_good, close_good);
}
