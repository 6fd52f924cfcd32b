/* Journeys: which table answers, what waiting costs, what an estimate clears. */
#include "model/travel.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/few.h"

static struct few few;
static struct am_caseload *c;
static int home, site;

/* Two places far beyond any estimate. */
static int make(void **state)
{
    (void)state;
    few_init(&few);
    c = &few.caseload;
    home = 0;
    site = few_place(&few, 51500000, -100000);
    return 0;
}

static int release(void **state)
{
    (void)state;
    few_release(&few);
    return 0;
}

static struct am_leg there(enum am_mode mode, int start)
{
    return am_travel_leg(c, AM_THERE, home, site, mode, AM_MO, start);
}

static struct am_leg back(enum am_mode mode, int end)
{
    return am_travel_leg(c, AM_BACK, home, site, mode, AM_MO, end);
}

static void what_no_table_knows_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(there(AM_CAR, 540).minutes, AM_UNKNOWN_JOURNEY);
    struct am_travel_table *table = few_table(&few, AM_CAR, AM_UNKNOWN_JOURNEY);
    assert_int_equal(there(AM_CAR, 540).minutes, AM_UNKNOWN_JOURNEY);
    *few_minutes(&few, table, home, site) = 25;
    assert_int_equal(there(AM_CAR, 540).minutes, 25);
    assert_int_equal(there(AM_WALK, 540).minutes, AM_UNKNOWN_JOURNEY);
}

static void the_same_place_takes_no_time(void **state)
{
    (void)state;
    (void)few_table(&few, AM_CAR, 25);
    struct am_journey journey =
        am_travel_journey(c, home, home, 1U << AM_PUBLIC_TRANSPORT, AM_MO, 540, 960);
    assert_true(journey.known && journey.allowed);
    assert_int_equal(journey.there + journey.back, 0);
}

static void without_a_home_or_a_site_nothing_is_known(void **state)
{
    (void)state;
    (void)few_table(&few, AM_CAR, 25);
    assert_int_equal(am_travel_leg(c, AM_THERE, -1, site, AM_CAR, AM_MO, 540).minutes,
                     AM_UNKNOWN_JOURNEY);
    assert_int_equal(am_travel_leg(c, AM_BACK, home, -1, AM_CAR, AM_MO, 540).minutes,
                     AM_UNKNOWN_JOURNEY);
    assert_int_equal(am_travel_leg(c, AM_BACK, -1, -1, AM_CAR, AM_MO, 540).minutes,
                     AM_UNKNOWN_JOURNEY);
}

static void a_table_for_both_directions_is_read_from_home_to_site(void **state)
{
    (void)state;
    struct am_travel_table *table = few_table(&few, AM_CAR, AM_UNKNOWN_JOURNEY);
    *few_minutes(&few, table, home, site) = 25;
    *few_minutes(&few, table, site, home) = 99;
    assert_int_equal(there(AM_CAR, 540).minutes, 25);
    assert_int_equal(back(AM_CAR, 960).minutes, 25);
    table->directions = AM_BACK;
    assert_int_equal(there(AM_CAR, 540).minutes, AM_UNKNOWN_JOURNEY);
    assert_int_equal(back(AM_CAR, 960).minutes, 99);
    table->directions = AM_THERE;
    assert_int_equal(back(AM_CAR, 960).minutes, AM_UNKNOWN_JOURNEY);
}

static void the_gap_to_the_hour_of_a_table_is_waiting(void **state)
{
    (void)state;
    struct am_travel_table *table = few_table(&few, AM_PUBLIC_TRANSPORT, 40);
    table->directions = AM_THERE;
    table->hour = 540;
    assert_int_equal(there(AM_PUBLIC_TRANSPORT, 540).minutes, 40);
    assert_int_equal(there(AM_PUBLIC_TRANSPORT, 600).minutes, 100);
    assert_int_equal(there(AM_PUBLIC_TRANSPORT, 601).minutes, AM_UNKNOWN_JOURNEY);
    assert_int_equal(there(AM_PUBLIC_TRANSPORT, 539).minutes, AM_UNKNOWN_JOURNEY);
    table->directions = AM_BACK;
    table->hour = 960;
    assert_int_equal(back(AM_PUBLIC_TRANSPORT, 960).minutes, 40);
    assert_int_equal(back(AM_PUBLIC_TRANSPORT, 900).minutes, 100);
    assert_int_equal(back(AM_PUBLIC_TRANSPORT, 899).minutes, AM_UNKNOWN_JOURNEY);
    assert_int_equal(back(AM_PUBLIC_TRANSPORT, 961).minutes, AM_UNKNOWN_JOURNEY);
}

static void a_table_serves_on_its_days(void **state)
{
    (void)state;
    struct am_travel_table *table = few_table(&few, AM_CAR, 40);
    table->days = 1U << AM_SU;
    assert_int_equal(there(AM_CAR, 540).minutes, AM_UNKNOWN_JOURNEY);
    assert_int_equal(am_travel_leg(c, AM_THERE, home, site, AM_CAR, AM_SU, 540).minutes, 40);
}

static void the_best_quality_that_knows_answers(void **state)
{
    (void)state;
    few_table(&few, AM_CAR, 10)->quality = AM_ESTIMATED;
    few_table(&few, AM_CAR, 20)->quality = AM_ROUTED;
    struct am_travel_table *best = few_table(&few, AM_CAR, 30);
    best->quality = AM_TIMETABLE;
    assert_int_equal(there(AM_CAR, 540).minutes, 30);
    assert_int_equal(there(AM_CAR, 540).quality, AM_TIMETABLE);
    *few_minutes(&few, best, home, site) = AM_UNKNOWN_JOURNEY;
    assert_int_equal(there(AM_CAR, 540).minutes, 20);
    *few_minutes(&few, best, home, site) = AM_NO_JOURNEY;
    assert_int_equal(there(AM_CAR, 540).minutes, AM_NO_JOURNEY);
    assert_int_equal(there(AM_CAR, 540).quality, AM_TIMETABLE);
}

static void within_a_quality_the_smallest_gap_then_the_first_table_answers(void **state)
{
    (void)state;
    static const int16_t hours[] = {500, 530, 530, 520};
    for (int i = 0; i < 4; i++) {
        struct am_travel_table *table = few_table(&few, AM_CAR, 10 + i);
        table->directions = AM_THERE;
        table->hour = hours[i];
    }
    assert_int_equal(there(AM_CAR, 540).minutes, 11 + 10);
    (void)few_table(&few, AM_CAR, 50); /* at any hour: no gap */
    assert_int_equal(there(AM_CAR, 540).minutes, 50);
}

/* ---- estimates ---- */

/* Metres to the north as millionths of a degree, for places on one meridian. */
static void put_site_north(int32_t micro)
{
    c->places[site].lon_micro = c->places[home].lon_micro;
    c->places[site].lat_micro = c->places[home].lat_micro + micro;
}

static void short_walks_are_estimated(void **state)
{
    (void)state;
    put_site_north(22483); /* 2,499.998 m: 2,500 */
    assert_int_equal(there(AM_WALK, 540).minutes, 60);
    assert_int_equal(there(AM_WALK, 540).quality, AM_ESTIMATED);
    assert_int_equal(there(AM_CYCLE, 540).minutes, 60);
    assert_int_equal(there(AM_PUBLIC_TRANSPORT, 540).minutes, 60);
    assert_int_equal(back(AM_WALK, 540).minutes, 60);
    put_site_north(22484); /* 2,500.1 m: 2,501 */
    assert_int_equal(there(AM_WALK, 540).minutes, AM_UNKNOWN_JOURNEY);
    c->policy.walk_limit_minutes = 61;
    assert_int_equal(there(AM_WALK, 540).minutes, 61);
    c->policy.travel_estimates = 0;
    assert_int_equal(there(AM_WALK, 540).minutes, AM_UNKNOWN_JOURNEY);
}

static void short_drives_are_estimated(void **state)
{
    (void)state;
    put_site_north(-296775); /* 32,999.9 m */
    assert_int_equal(there(AM_CAR, 540).minutes, 90);
    put_site_north(-296776);
    assert_int_equal(there(AM_CAR, 540).minutes, AM_UNKNOWN_JOURNEY);
    put_site_north(1);
    assert_int_equal(there(AM_CAR, 540).minutes, 11);
    put_site_north(0);
    assert_int_equal(there(AM_CAR, 540).minutes, 10);
    assert_int_equal(there(AM_WALK, 540).minutes, 0);
}

static void a_table_is_believed_before_an_estimate(void **state)
{
    (void)state;
    put_site_north(1000);
    struct am_travel_table *table = few_table(&few, AM_WALK, AM_NO_JOURNEY);
    assert_int_equal(there(AM_WALK, 540).minutes, AM_NO_JOURNEY);
    *few_minutes(&few, table, home, site) = AM_UNKNOWN_JOURNEY;
    assert_int_equal(there(AM_WALK, 540).minutes, 3);
    c->places[site].has_point = false;
    assert_int_equal(there(AM_WALK, 540).minutes, AM_UNKNOWN_JOURNEY);
}

/* The great circle by the haversine, in metres of the same sphere. */
static double haversine(const struct am_place *a, const struct am_place *b)
{
    const double radian = acos(-1.0) / 180e6; /* of a millionth of a degree */
    const double radius = 111195 / (1e6 * radian);
    double lat = (a->lat_micro - b->lat_micro) * radian / 2;
    double lon = (a->lon_micro - b->lon_micro) * radian / 2;
    double h = sin(lat) * sin(lat) +
               cos(a->lat_micro * radian) * cos(b->lat_micro * radian) * sin(lon) * sin(lon);
    return 2 * radius * asin(sqrt(h));
}

static void estimates_are_within_a_metre_of_the_great_circle(void **state)
{
    (void)state;
    uint64_t random = 7;
    int walks = 0;
    c->policy.walk_limit_minutes = 960; /* 40 km */
    for (int i = 0; i < 20000; i++) {
        int32_t part[4];
        for (int k = 0; k < 4; k++) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            part[k] = (int32_t)((random >> 33) % 1000001);
        }
        c->places[home].lat_micro = 49000000 + 12 * part[0];
        c->places[home].lon_micro = -8000000 + 10 * part[1];
        c->places[site].lat_micro = c->places[home].lat_micro + (part[2] - 500000) * 2 / 5;
        c->places[site].lon_micro = c->places[home].lon_micro + (part[3] - 500000) * 2 / 5;
        double metres = haversine(&c->places[home], &c->places[site]);
        int walk = there(AM_WALK, 540).minutes;
        if (walk < 0) {
            assert_true(metres > 39998);
            continue;
        }
        walks++;
        /* 24 minutes a kilometre, of a distance at most a metre short and two long */
        assert_true(walk >= (int)ceil(24 * (metres - 1) / 1000));
        assert_true(walk <= (int)ceil(24 * (metres + 2) / 1000));
    }
    assert_true(walks > 5000);
}

static void places_at_the_ends_of_the_earth_are_merely_far(void **state)
{
    (void)state;
    static const int32_t ends[][4] = {{90000000, 0, -90000000, 0},
                                      {0, -180000000, 0, 180000000},
                                      {90000000, -180000000, 89000000, 180000000},
                                      {-60000000, 10, 60000000, -10}};
    for (int i = 0; i < 4; i++) {
        c->places[home].lat_micro = ends[i][0];
        c->places[home].lon_micro = ends[i][1];
        c->places[site].lat_micro = ends[i][2];
        c->places[site].lon_micro = ends[i][3];
        assert_int_equal(there(AM_CAR, 540).minutes, AM_UNKNOWN_JOURNEY);
    }
}

/* ---- the choice of a mode ---- */

enum { WALK = 1 << AM_WALK, CYCLE = 1 << AM_CYCLE, CAR = 1 << AM_CAR };

static struct am_journey journey(am_modes modes)
{
    return am_travel_journey(c, home, site, modes, AM_MO, 540, 960);
}

static void the_quickest_mode_within_the_limit_both_ways_is_taken(void **state)
{
    (void)state;
    few_table(&few, AM_WALK, 80)->quality = AM_ROUTED;
    struct am_travel_table *car = few_table(&few, AM_CAR, 91);
    car->directions = AM_THERE;
    struct am_travel_table *home_again = few_table(&few, AM_CAR, 5);
    home_again->directions = AM_BACK;
    home_again->quality = AM_TIMETABLE;
    struct am_journey best = journey(WALK | CAR);
    assert_true(best.allowed);
    assert_int_equal(best.mode, AM_WALK); /* 160 against 96, but each way counts */
    assert_int_equal(best.quality, AM_ROUTED);
    *few_minutes(&few, car, home, site) = 90;
    best = journey(WALK | CAR);
    assert_int_equal(best.mode, AM_CAR);
    assert_int_equal(best.there, 90);
    assert_int_equal(best.back, 5);
    assert_int_equal(best.quality, AM_TIMETABLE); /* the worse of the two */
}

static void ties_go_by_the_order_of_modes(void **state)
{
    (void)state;
    (void)few_table(&few, AM_CAR, 30);
    (void)few_table(&few, AM_CYCLE, 30);
    assert_int_equal(journey(CYCLE | CAR).mode, AM_CYCLE);
    assert_int_equal(journey(CAR).mode, AM_CAR);
}

static void where_none_is_allowed_the_least_known_is_told(void **state)
{
    (void)state;
    (void)few_table(&few, AM_CAR, 100);
    (void)few_table(&few, AM_CYCLE, 95);
    (void)few_table(&few, AM_WALK, AM_NO_JOURNEY);
    struct am_journey best = journey(WALK | CYCLE | CAR);
    assert_true(best.known);
    assert_false(best.allowed);
    assert_int_equal(best.mode, AM_CYCLE);
    assert_int_equal(best.there, 95);
    best = journey(WALK);
    assert_false(best.known || best.allowed);
    assert_int_equal(best.there + best.back, 0);
    assert_false(journey(0).known);
}

static void a_mode_that_knows_one_leg_only_does_not_serve(void **state)
{
    (void)state;
    few_table(&few, AM_CAR, 30)->directions = AM_THERE;
    assert_false(journey(CAR).known);
    few_table(&few, AM_CYCLE, 30)->directions = AM_BACK;
    assert_false(journey(CAR | CYCLE).known);
}

static void without_a_limit_any_known_journey_is_allowed(void **state)
{
    (void)state;
    (void)few_table(&few, AM_CAR, 1000);
    assert_false(journey(CAR).allowed);
    c->policy.travel_limit_minutes = AM_NO_LIMIT;
    assert_true(journey(CAR).allowed);
    assert_false(journey(WALK).allowed);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(what_no_table_knows_is_unknown),
        EACH(the_same_place_takes_no_time),
        EACH(without_a_home_or_a_site_nothing_is_known),
        EACH(a_table_for_both_directions_is_read_from_home_to_site),
        EACH(the_gap_to_the_hour_of_a_table_is_waiting),
        EACH(a_table_serves_on_its_days),
        EACH(the_best_quality_that_knows_answers),
        EACH(within_a_quality_the_smallest_gap_then_the_first_table_answers),
        EACH(short_walks_are_estimated),
        EACH(short_drives_are_estimated),
        EACH(a_table_is_believed_before_an_estimate),
        EACH(estimates_are_within_a_metre_of_the_great_circle),
        EACH(places_at_the_ends_of_the_earth_are_merely_far),
        EACH(the_quickest_mode_within_the_limit_both_ways_is_taken),
        EACH(ties_go_by_the_order_of_modes),
        EACH(where_none_is_allowed_the_least_known_is_told),
        EACH(a_mode_that_knows_one_leg_only_does_not_serve),
        EACH(without_a_limit_any_known_journey_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
