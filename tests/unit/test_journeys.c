/* Journeys found by the sites around a home, against asking for each. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "model/journeys.h"
#include "tests/support/few.h"

enum { PLACES = 40, PEOPLE = 60, SESSIONS = 150, TABLES = 5, CASELOADS = 25 };

static struct few few;
static uint64_t chance;

static int below(int bound)
{
    chance = chance * 6364136223846793005U + 1442695040888963407U;
    return (int)((chance >> 33) % (uint64_t)bound);
}

/* Places in clumps along a line that runs far north: most are far from most. */
static void scatter_places(void)
{
    for (int i = 1; i < PLACES; i++) {
        int clump = below(8);
        int place = few_place(&few, 50000000 + clump * 600000 + below(700000),
                              -4000000 + clump * 700000 + below(1500000));
        few.caseload.places[place].has_point = below(6) > 0;
    }
}

/* Some places have no row in the table, or no column. */
static void add_table(int32_t *rows, int32_t *columns)
{
    struct am_travel_table *table = few_table(&few, (enum am_mode)below(AM_MODE_COUNT), 0);
    for (int p = 0; p < few.caseload.place_count; p++) {
        rows[p] = below(3) == 0 ? p : -1;
        columns[p] = below(3) == 0 ? p : -1;
    }
    table->quality = (enum am_travel_quality)below(AM_TRAVEL_QUALITY_COUNT);
    table->directions = (uint8_t)(1 + below(3));
    if (table->directions != (AM_THERE | AM_BACK) && below(2))
        table->hour = (int16_t)(60 * (8 + below(10)));
    for (int c = 0; c < table->rows * table->columns; c++)
        *few_minutes(&few, table, c / table->columns, c % table->columns) =
            (int16_t)(below(4) == 0 ? -1 - below(2) : below(150));
    table->row_of = rows;
    table->column_of = columns;
}

static void make(uint64_t seed)
{
    static int32_t rows[TABLES][PLACES], columns[TABLES][PLACES];
    chance = seed;
    few_init(&few);
    few.caseload.policy.travel_estimates = below(4) > 0;
    scatter_places();
    for (int t = 0; t < TABLES; t++)
        add_table(rows[t], columns[t]);
    for (int i = 0; i < PEOPLE; i++) {
        struct am_person *person = &few.caseload.people[few_person(&few)];
        person->home = below(PLACES + 1) - 1;
        person->modes = (am_modes)below(1 << AM_MODE_COUNT);
    }
    int project = few_project(&few, AM_GROUP);
    for (int i = 0; i < SESSIONS; i++) {
        int day = i * 7 / SESSIONS, later = i - (day * SESSIONS + 6) / 7; /* in order of start */
        int s = few_session(&few, project, day, 480 + 20 * later, 60 + below(300));
        few.caseload.sessions[s].place = below(PLACES + 1) - 1;
    }
}

static void assert_same(const struct am_journey *a, const struct am_journey *b)
{
    assert_int_equal(a->known, b->known);
    assert_int_equal(a->allowed, b->allowed);
    assert_int_equal(a->mode, b->mode);
    assert_int_equal(a->there, b->there);
    assert_int_equal(a->back, b->back);
    assert_int_equal(a->quality, b->quality);
}

/* Returns how many journeys the person has. */
static int check_person(const struct am_journeys *journeys, int person)
{
    int known = 0, listed = 0;
    for (int s = 0; s < SESSIONS; s++) {
        struct am_journey asked = am_person_journey(&few.caseload, person, s);
        assert_same(am_journeys_get(journeys, journeys->slots.of[s]), &asked);
        known += asked.known;
    }
    for (int slot = 0; slot < journeys->slots.count; slot++) {
        bool near = listed < journeys->near_count && journeys->near[listed] == slot;
        assert_int_equal(am_journeys_get(journeys, slot)->known, near);
        listed += near;
    }
    assert_int_equal(listed, journeys->near_count);
    return known;
}

static void the_sites_around_a_home_are_all_that_can_be_reached(void **state)
{
    (void)state;
    int known = 0;
    for (uint64_t seed = 1; seed <= CASELOADS; seed++) {
        struct am_journeys journeys;
        struct am_err err;
        int32_t *people;
        make(seed);
        assert_int_equal(am_journeys_build(&few.caseload, SESSIONS, &few.arena, &journeys, &err),
                         AM_OK);
        assert_int_equal(am_people_by_home(&few.caseload, &few.arena, &people, &err), AM_OK);
        for (int i = 0; i < PEOPLE; i++) {
            (void)am_journeys_open(&journeys, people[i]);
            known += check_person(&journeys, people[i]);
        }
        for (int p = 0; p < PEOPLE; p++) { /* in any other order too */
            (void)am_journeys_open(&journeys, p);
            (void)check_person(&journeys, p);
        }
        few_release(&few);
    }
    assert_in_range(known, CASELOADS * 500, CASELOADS * PEOPLE * SESSIONS / 2);
}

static void beyond_its_reach_nothing_is_estimated(void **state)
{
    (void)state;
    int within = 0;
    few_init(&few);
    int home = few_place(&few, 0, 0), site = few_place(&few, 0, 0);
    few.caseload.policy.walk_limit_minutes = 240;
    chance = 7;
    for (int i = 0; i < 200000; i++) {
        struct am_place *a = &few.caseload.places[home], *b = &few.caseload.places[site];
        a->lat_micro = below(178000000) - 89000000;
        a->lon_micro = below(2000000);
        struct am_reach reach = am_travel_reach(a);
        b->lat_micro = a->lat_micro + below(2 * reach.lat_micro) - reach.lat_micro;
        b->lon_micro = a->lon_micro + reach.lon_micro + 1 + below(1000);
        int64_t metres = -1;
        assert_int_equal(am_travel_estimate(&few.caseload, home, site, AM_CAR, &metres).minutes,
                         AM_UNKNOWN_JOURNEY);
        b->lon_micro = a->lon_micro + below(reach.lon_micro / 2);
        metres = -1;
        within += am_travel_estimate(&few.caseload, home, site, AM_CAR, &metres).minutes >= 0;
        b->lat_micro = a->lat_micro + reach.lat_micro + 1;
        metres = -1;
        assert_int_equal(am_travel_estimate(&few.caseload, home, site, AM_CAR, &metres).minutes,
                         AM_UNKNOWN_JOURNEY);
    }
    assert_true(within > 50000);
    few_release(&few);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sites_around_a_home_are_all_that_can_be_reached),
        cmocka_unit_test(beyond_its_reach_nothing_is_estimated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
