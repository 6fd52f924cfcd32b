/* An occupancy that follows changes is what a new one of the changed decision says
 * (solver/occupancy.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "solver/occupancy.h"
#include "tests/support/search_rig.h"

enum { SEEDS = 100, CHANGES = 60 };

static void assert_lists_alike(const struct am_lists *a, const struct am_lists *b, int list)
{
    int32_t one = a->first[list], other = b->first[list], before = -1;
    while (one >= 0 && one == other) {
        assert_int_equal(a->before[one], before);
        assert_true(one > before);
        before = one;
        one = a->next[one];
        other = b->next[other];
    }
    assert_int_equal(one, other);
}

static void assert_alike(const struct am_occupancy *a, const struct am_occupancy *b)
{
    const struct am_instance *instance = a->instance;
    assert_memory_equal(a->heads, b->heads, (size_t)instance->session_count * sizeof *a->heads);
    for (int s = 0; s < instance->session_count; s++)
        assert_lists_alike(&a->booked, &b->booked, s);
    for (int m = 0; m < instance->supervisor_count; m++)
        assert_lists_alike(&a->leading, &b->leading, m);
}

/* The n-th draw from a number, 0 .. limit - 1. */
static int64_t below(uint64_t number, uint64_t n, int64_t limit)
{
    return (int64_t)(am_random_at(number, n) % (uint64_t)limit);
}

/* Somebody has another pair of a day, or none; rules do not matter here. */
static void move_somebody(struct rig *rig, uint64_t number, struct am_occupancy *occupancy)
{
    const struct am_instance *instance = rig->search.instance;
    int p = (int)below(number, 1, instance->person_count);
    const struct am_iperson *person = &instance->people[p];
    if (person->pair_count == 0)
        return;
    int64_t to = person->first_pair + below(number, 2, person->pair_count);
    int day = instance->pairs[to].day;
    int64_t *has = &rig->search.incumbent.chosen[(int64_t)p * instance->days + day];
    to = *has == to ? -1 : to;
    am_occupancy_move(occupancy, p, day, *has, to);
    *has = to;
}

static void change_hands(struct rig *rig, uint64_t number, struct am_occupancy *occupancy)
{
    const struct am_instance *instance = rig->search.instance;
    if (instance->supervisor_count == 0)
        return;
    int32_t s = (int32_t)below(number, 1, instance->session_count);
    int32_t to = (int32_t)below(number, 2, instance->supervisor_count + 1) - 1;
    am_occupancy_hand_over(occupancy, s, rig->search.incumbent.supervisor[s], to);
    rig->search.incumbent.supervisor[s] = to;
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
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        uint64_t numbers = am_random_stream((uint64_t)seed, 0, 0);
        struct am_occupancy occupancy = occupancy_of(&rig);
        for (int i = 0; i < CHANGES && rig.search.instance->session_count > 0; i++) {
            move_somebody(&rig, am_random_at(numbers, 2 * (uint64_t)i), &occupancy);
            change_hands(&rig, am_random_at(numbers, 2 * (uint64_t)i + 1), &occupancy);
        }
        struct am_occupancy anew = occupancy_of(&rig);
        assert_alike(&occupancy, &anew);
        rig_release(&rig);
    }
}

/* Of the roster as it is: everybody is listed where they are, and nobody else. */
static void everybody_is_listed_where_they_are(void **state)
{
    (void)state;
    int listed = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        const struct am_instance *instance = rig.search.instance;
        struct am_occupancy occupancy = occupancy_of(&rig);
        int booked = 0, found = 0;
        for (int32_t cell = 0; cell < instance->person_count * instance->days; cell++)
            booked += rig.search.incumbent.chosen[cell] >= 0;
        for (int s = 0; s < instance->session_count; s++)
            for (int32_t cell = occupancy.booked.first[s]; cell >= 0;
                 cell = occupancy.booked.next[cell]) {
                assert_int_equal(instance->pairs[rig.search.incumbent.chosen[cell]].session, s);
                found++;
            }
        assert_int_equal(found, booked);
        listed += found;
        rig_release(&rig);
    }
    assert_true(listed > SEEDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_follows_what_changes),
        cmocka_unit_test(everybody_is_listed_where_they_are),
    };
    return cmocka_run_group_tests_name("occupancy", tests, NULL, NULL);
}
