#include "tests/support/futures_unit.h"

#include "base/random.h"

enum { WEEKDAYS = 7 };

static am_date monday(void)
{
    return am_date_of(2026, 3, 2);
}

static bool allocate(struct futures_unit *unit, struct futures_size size)
{
    struct am_arena *arena = &unit->arena;
    size_t weeks = (size_t)size.weeks, people = (size_t)size.people, kinds = (size_t)size.kinds;
    size_t reach = people * kinds, orders = people * (size_t)size.orders_each;
    unit->kinds = AM_ARENA_NEW(arena, kinds, struct am_futures_kind);
    unit->seats = AM_ARENA_NEW(arena, weeks * kinds, int32_t);
    unit->led_min = AM_ARENA_NEW(arena, weeks * AM_FUTURES_LED_ROWS, int32_t);
    unit->sequence = AM_ARENA_NEW(arena, orders, int32_t);
    unit->orders = AM_ARENA_NEW(arena, orders, struct am_futures_order);
    unit->people = AM_ARENA_NEW(arena, people, struct am_futures_person);
    unit->reach = AM_ARENA_NEW(arena, reach, int32_t);
    unit->days = AM_ARENA_NEW(arena, weeks * reach, uint8_t);
    unit->most_min = AM_ARENA_NEW(arena, weeks * people, int32_t);
    unit->ahead_min = AM_ARENA_NEW(arena, weeks * people, int32_t);
    unit->target_min = AM_ARENA_NEW(arena, weeks * people, int32_t);
    unit->first_cell = AM_ARENA_NEW(arena, weeks * people + 1, int32_t);
    unit->cells = AM_ARENA_NEW(arena, weeks * reach, int32_t);
    unit->given = AM_ARENA_NEW(arena, (size_t)size.given, struct am_futures_given);
    return unit->kinds && unit->seats && unit->led_min && unit->sequence && unit->orders &&
           unit->people && unit->reach && unit->days && unit->most_min && unit->ahead_min &&
           unit->target_min && unit->first_cell && unit->cells && unit->given;
}

static void fill_people(struct futures_unit *unit, struct futures_size size)
{
    for (int p = 0; p < size.people; p++) {
        unit->people[p] = (struct am_futures_person){.key = (uint64_t)p + 1,
                                                     .attendance_percent = 100,
                                                     .first_order = p * size.orders_each,
                                                     .order_count = size.orders_each,
                                                     .first_reach = p * size.kinds,
                                                     .reach_count = size.kinds};
        for (int k = 0; k < size.kinds; k++)
            unit->reach[p * size.kinds + k] = k;
    }
    for (int j = 0; j < size.people * size.orders_each; j++) {
        unit->sequence[j] = j;
        unit->orders[j] =
            (struct am_futures_order){.deadline = AM_NO_DATE, .since = AM_NO_DATE, .ahead_min = 1};
    }
}

void futures_unit_release(struct futures_unit *unit)
{
    am_arena_release(&unit->arena);
}

bool futures_unit_init(struct futures_unit *unit, struct futures_size size)
{
    *unit = (struct futures_unit){0};
    am_arena_init(&unit->arena);
    if (!allocate(unit, size))
        return false;
    fill_people(unit, size);
    unit->setup = (struct am_futures_setup){.from = monday(),
                                            .weeks = size.weeks,
                                            .kinds = unit->kinds,
                                            .kind_count = size.kinds,
                                            .seats = unit->seats,
                                            .led_min = unit->led_min,
                                            .orders = unit->orders,
                                            .order_count = size.people * size.orders_each,
                                            .sequence = unit->sequence,
                                            .people = unit->people,
                                            .person_count = size.people,
                                            .reach = unit->reach,
                                            .reach_count = size.people * size.kinds,
                                            .days = unit->days,
                                            .most_min = unit->most_min,
                                            .ahead_min = unit->ahead_min,
                                            .target_min = unit->target_min,
                                            .first_cell = unit->first_cell,
                                            .cells = unit->cells,
                                            .given = unit->given,
                                            .given_count = size.given};
    return true;
}

/* While a plan is written, first_cell[at + 1] counts and target_min is of the
 * week alone. */
void futures_unit_plan(struct futures_unit *unit, int week, int person, int kind, int32_t minutes)
{
    const struct am_futures_setup *setup = &unit->setup;
    int at = week * setup->person_count + person;
    unit->cells[unit->cell_count++] = setup->people[person].first_reach + kind;
    unit->first_cell[at + 1]++;
    unit->target_min[at] += minutes;
}

void futures_unit_close(struct futures_unit *unit)
{
    const struct am_futures_setup *setup = &unit->setup;
    int people = setup->person_count;
    for (int p = 0; p < people; p++) {
        int last = -1;
        for (int w = 0; w < setup->weeks; w++)
            last = unit->target_min[w * people + p] > 0 ? w : last;
        for (int w = 0; w < setup->weeks; w++)
            if (w > last)
                unit->target_min[w * people + p] = AM_FUTURES_ALL;
            else if (w > 0)
                unit->target_min[w * people + p] += unit->target_min[(w - 1) * people + p];
    }
    for (int i = 1; i <= setup->weeks * people; i++)
        unit->first_cell[i] += unit->first_cell[i - 1];
}

void futures_unit_settle(const struct futures_unit *unit)
{
    const struct am_futures_setup *setup = &unit->setup;
    for (int w = 0; w < setup->weeks; w++)
        for (int p = 0; p < setup->person_count; p++) {
            int32_t *ahead = &unit->ahead_min[w * setup->person_count + p];
            *ahead = 0;
            for (int i = 0; i < setup->people[p].order_count; i++) {
                const struct am_futures_order *order =
                    &setup->orders[setup->sequence[setup->people[p].first_order + i]];
                if (order->since != AM_NO_DATE && order->since > setup->from + WEEKDAYS * w + 6)
                    break;
                *ahead = order->ahead_min;
            }
        }
}

bool futures_unit_single(struct futures_unit *unit, int weeks, int tail, int needed,
                         int32_t percent)
{
    const struct futures_size size = {weeks, 1, 1, 1, 0};
    if (!futures_unit_init(unit, size))
        return false;
    unit->kinds[0] = (struct am_futures_kind){.minutes = 420, .places = 1};
    unit->people[0].attendance_percent = percent;
    unit->orders[0].ahead_min = 420 * needed;
    unit->orders[0].deadline = unit->setup.from + WEEKDAYS * (weeks - tail) - 1;
    for (int w = 0; w < weeks; w++) {
        unit->seats[w] = 1;
        unit->days[w] = 1;
        unit->most_min[w] = 960;
        if (w < needed)
            futures_unit_plan(unit, w, 0, 0, 420);
    }
    futures_unit_close(unit);
    return true;
}

/* ---- by chance ---- */

struct dice {
    uint64_t stream, n;
};

/* 0 .. sides - 1 */
static int roll(struct dice *dice, int sides)
{
    return (int)(am_random_at(dice->stream, dice->n++) % (uint64_t)sides);
}

enum { WEEKS = 24, KINDS = 6, ORDERS = 2, GIVEN = 5 };

static void roll_kinds(struct futures_unit *unit, struct dice *dice, int people)
{
    static const int32_t lengths[] = {420, 300, 210, 420, 180, 360};
    for (int k = 0; k < KINDS; k++)
        unit->kinds[k] = (struct am_futures_kind){.minutes = lengths[k],
                                                  .places = 3 + roll(dice, 9),
                                                  .supervised = k < 3,
                                                  .ete = k == 4,
                                                  .part = k % AM_FUTURES_LED_ALL};
    for (int w = 0; w < WEEKS; w++) {
        for (int k = 0; k < KINDS; k++)
            unit->seats[w * KINDS + k] = roll(dice, people / 4 + 2);
        for (int r = 0; r < AM_FUTURES_LED_ROWS; r++)
            unit->led_min[w * AM_FUTURES_LED_ROWS + r] = 20 * people + roll(dice, 60 * people);
    }
}

static void roll_person(struct futures_unit *unit, struct dice *dice, int p)
{
    struct am_futures_person *person = &unit->people[p];
    int people = unit->setup.person_count;
    person->key = am_random_at(dice->stream, dice->n++);
    person->attendance_percent = roll(dice, 8) == 0 ? 100 : 40 + roll(dice, 60);
    person->ete_left_min = roll(dice, 3) * 200;
    person->order_count = 1 + (roll(dice, 4) == 0);
    int32_t ahead = 0;
    for (int i = 0; i < person->order_count; i++) {
        struct am_futures_order *order = &unit->orders[unit->sequence[person->first_order + i]];
        ahead += 60 + roll(dice, 3600);
        order->ahead_min = ahead;
        if (roll(dice, 10) > 0)
            order->deadline = unit->setup.from - WEEKDAYS + roll(dice, WEEKDAYS * (WEEKS + 2));
        order->arrival = roll(dice, 8) == 0;
        if (order->arrival || roll(dice, 8) == 0)
            order->since = unit->setup.from + roll(dice, WEEKDAYS * 4);
    }
    uint8_t usual[KINDS];
    for (int k = 0; k < KINDS; k++)
        usual[k] = roll(dice, 3) > 0 ? (uint8_t)(roll(dice, 128) & roll(dice, 128)) : 0;
    for (int w = 0; w < WEEKS; w++) {
        bool away = roll(dice, 8) == 0;
        unit->most_min[w * people + p] = away ? 0 : 480 + 480 * roll(dice, 2);
        for (int k = 0; k < KINDS; k++)
            unit->days[w * unit->setup.reach_count + person->first_reach + k] = away ? 0 : usual[k];
    }
}

static void roll_plan(struct futures_unit *unit, struct dice *dice)
{
    const struct am_futures_setup *setup = &unit->setup;
    for (int w = 0; w < WEEKS - 4; w++)
        for (int p = 0; p < setup->person_count; p++)
            for (int k = 0; k < KINDS; k++)
                if (unit->days[w * setup->reach_count + setup->people[p].first_reach + k] != 0 &&
                    roll(dice, 5) == 0)
                    futures_unit_plan(unit, w, p, k,
                                      roll(dice, 2) ? unit->kinds[k].minutes : 1 + roll(dice, 400));
}

bool futures_unit_random(struct futures_unit *unit, uint64_t seed, int people)
{
    const struct futures_size size = {WEEKS, KINDS, people, ORDERS, people < GIVEN ? 0 : GIVEN};
    struct dice dice = {am_random_stream(seed, 1, 2), 0};
    if (!futures_unit_init(unit, size))
        return false;
    roll_kinds(unit, &dice, people);
    for (int p = 0; p < people; p++)
        roll_person(unit, &dice, p);
    roll_plan(unit, &dice);
    futures_unit_close(unit);
    for (int i = 0; i < size.given; i++)
        unit->given[i] = (struct am_futures_given){.week = i / 3,
                                                   .person = i,
                                                   .weekday = (int16_t)roll(&dice, WEEKDAYS),
                                                   .minutes = (int16_t)(60 + roll(&dice, 360)),
                                                   .ete = roll(&dice, 2) == 0};
    return true;
}
