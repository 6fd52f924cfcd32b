/* An occupancy that follows changes is what a new one of the changed decision says
 * (solver/occupancy.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "solver/occupancy.h"
#include "tests/support/search_rig.h"

enum { SEEDS = 100, CHANGES = 60 };

/* The n-th draw from a number, 0 .. limit - 1. */
static int64_t below(uint64_t number, uint64_t n, int64_t limit)
{
    return (int64_t)(am_random_at(number, n) % (uint64_t)limit);
}

/* Somebody has another pair of a day, or none; rules do not matter here. True: one
 * instead of another. */
static bool move_somebody(struct rig *rig, uint64_t number, struct am_occupancy *occupancy)
{
    const struct am_instance *instance = rig->search.instance;
    int p = (int)below(number, 1, instance->person_count);
    const struct am_iperson *person = &instance->people[p];
    if (person->pair_count == 0)
        return false;
    int64_t to = person->first_pair + below(number, 2, person->pair_count);
    int day = instance->pairs[to].day;
    int64_t *has = &rig->search.incumbent.chosen[(int64_t)p * instance->days + day];
    to = *has == to ? -1 : to;
    bool from_one_to_another = *has >= 0 && to >= 0;
    am_occupancy_move(occupancy, p, day, *has, to);
    *has = to;
    return from_one_to_another;
}

static bool change_hands(struct rig *rig, uint64_t number, struct am_occupancy *occupancy)
{
    const struct am_instance *instance = rig->search.instance;
    if (instance->supervisor_count == 0)
        return false;
    int32_t s = (int32_t)below(number, 1, instance->session_count);
    int32_t to = (int32_t)below(number, 2, instance->supervisor_count + 1) - 1;
    int32_t *has = &rig->search.incumbent.supervisor[s];
    bool from_one_to_another = *has >= 0 && to >= 0 && *has != to;
    am_occupancy_hand_over(occupancy, s, *has, to);
    *has = to;
    return from_one_to_another;
}

static struct am_occupancy occupancy_of(struct rig *rig)
{
    struct am_occupancy occupancy;
    assert_int_equal(am_occupancy_init(&occupancy, rig->search.instance, &rig->search.incumbent,
                                       &rig->arena, &rig->err),
                     AM_OK);
    return occupancy;
}

static void it_follows_what_changes(void **state)
{
    (void)state;
    int moves = 0, handovers = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        uint64_t numbers = am_random_stream((uint64_t)seed, 0, 0);
        struct am_occupancy occupancy = occupancy_of(&rig);
        for (int i = 0; i < CHANGES && rig.search.instance->session_count > 0; i++) {
            moves += move_somebody(&rig, am_random_at(numbers, 2 * (uint64_t)i), &occupancy);
            handovers += change_hands(&rig, am_random_at(numbers, 2 * (uint64_t)i + 1), &occupancy);
        }
        rig_assert_occupancy(&rig, &occupancy);
        rig_release(&rig);
    }
    assert_true(moves > SEEDS && handovers > SEEDS);
}

/* Of the roster as it is: everybody is listed where they are, whoever leads with what
 * they lead, and nobody else. */
static int count_booked(const struct rig *rig, const struct am_occupancy *occupancy)
{
    const struct am_instance *instance = rig->search.instance;
    int listed = 0, booked = 0;
    for (int32_t cell = 0; cell < instance->person_count * instance->days; cell++)
        booked += rig->search.incumbent.chosen[cell] >= 0;
    for (int s = 0; s < instance->session_count; s++)
        for (int32_t cell = occupancy->booked.first[s]; cell >= 0;
             cell = occupancy->booked.next[cell]) {
            assert_int_equal(instance->pairs[rig->search.incumbent.chosen[cell]].session, s);
            listed++;
        }
    assert_int_equal(listed, booked);
    return listed;
}

static int count_led(const struct rig *rig, const struct am_occupancy *occupancy)
{
    const struct am_instance *instance = rig->search.instance;
    int listed = 0, led = 0;
    for (int s = 0; s < instance->session_count; s++)
        led += rig->search.incumbent.supervisor[s] >= 0;
    for (int m = 0; m < instance->supervisor_count; m++)
        for (int32_t s = occupancy->leading.first[m]; s >= 0; s = occupancy->leading.next[s]) {
            assert_int_equal(rig->search.incumbent.supervisor[s], m);
            listed++;
        }
    assert_int_equal(listed, led);
    return listed;
}

static void everybody_is_listed_where_they_are(void **state)
{
    (void)state;
    int booked = 0, led = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        struct am_occupancy occupancy = occupancy_of(&rig);
        booked += count_booked(&rig, &occupancy);
        led += count_led(&rig, &occupancy);
        rig_release(&rig);
    }
    assert_true(booked > SEEDS && led > SEEDS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_follows_what_changes),
        cmocka_unit_test(everybody_is_listed_where_they_are),
    };
    return cmocka_run_group_tests_name("occupancy", tests, NULL, NULL);
}
