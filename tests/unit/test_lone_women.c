/*
 * R11 in the coupling rows, on random caseloads: whoever is booked together, the
 * rows of a session have whole values of its variables exactly where nobody is a
 * lone woman, and what is no mixture of such rosters they do not have.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "solver/coupling.h"
#include "solver/heads.h"
#include "solver/pricing.h"
#include "tests/support/tiny.h"

enum { SEEDS = 400, MORE_PEOPLE = 18, DRAWS = 40 };

struct rig {
    struct tiny_case tiny;
    struct am_arena arena;
    struct am_coupling coupling;
    struct am_heads *heads;
    double *activity; /* of each row */
};

static void rig_init(struct rig *rig, int seed)
{
    struct tiny_telling telling = tiny_plain;
    struct am_err err;
    telling.more_people = MORE_PEOPLE;
    assert_true(tiny_read(&rig->tiny, (uint64_t)seed, &telling));
    am_arena_init(&rig->arena);
    assert_int_equal(am_coupling_build(&rig->tiny.instance, &rig->arena, &rig->coupling, &err),
                     AM_OK);
    const struct am_instance *instance = &rig->tiny.instance;
    rig->heads = AM_ARENA_NEW(&rig->arena, (size_t)instance->session_count, struct am_heads);
    rig->activity = AM_ARENA_NEW(&rig->arena, (size_t)rig->coupling.row_count, double);
    assert_true(rig->heads && rig->activity);
    const struct am_decision nobody = {
        .chosen = AM_ARENA_NEW(&rig->arena, (size_t)instance->person_count * (size_t)instance->days,
                               int64_t),
        .runs = AM_ARENA_NEW(&rig->arena, (size_t)instance->session_count, bool),
        .supervisor = AM_ARENA_NEW(&rig->arena, (size_t)instance->session_count, int32_t)};
    assert_true(nobody.chosen && nobody.runs && nobody.supervisor);
    for (int64_t i = 0; i < (int64_t)instance->person_count * instance->days; i++)
        nobody.chosen[i] = -1;
    am_heads_count(instance, &nobody, rig->heads);
}

static void rig_release(struct rig *rig)
{
    am_arena_release(&rig->arena);
    tiny_release(&rig->tiny);
}

static void add(struct rig *rig, struct am_entries of, double times)
{
    for (int64_t e = 0; e < of.count; e++)
        rig->activity[of.at[e].row] += times * of.at[e].value;
}

static bool rows_hold(const struct rig *rig, int s)
{
    for (int32_t r = 0; r < rig->coupling.row_count; r++) {
        const struct am_row *row = &rig->coupling.rows[r];
        if (row->session != s || row->rule != AM_R11)
            continue;
        if ((row->lower != -AM_ROW_FREE && rig->activity[r] < row->lower - 1e-9) ||
            (row->upper != AM_ROW_FREE && rig->activity[r] > row->upper + 1e-9))
            return false;
    }
    return true;
}

/* Some way to run the session for new people; -1: none. */
static int32_t option_of(const struct rig *rig, int s)
{
    for (int32_t v = rig->coupling.first_var[s];
         v < rig->coupling.first_var[s] + rig->coupling.option_count[s]; v++)
        if (rig->coupling.opens[v])
            return v;
    return -1;
}

/* Book these pairs of session s, the presences as given. */
static void book(struct rig *rig, int s, const int64_t *pairs, int count, const double there[2])
{
    for (int32_t r = 0; r < rig->coupling.row_count; r++)
        rig->activity[r] = 0;
    for (int i = 0; i < count; i++)
        add(rig, am_entries_of_pair(&rig->coupling, pairs[i]), 1);
    add(rig, am_entries_of_var(&rig->coupling, option_of(rig, s)), 1);
    for (int i = 0; i < 2; i++)
        if (rig->coupling.presence[i][s] >= 0)
            add(rig, am_entries_of_var(&rig->coupling, rig->coupling.presence[i][s]), there[i]);
}

static bool some_values_hold(struct rig *rig, int s, const int64_t *pairs, int count)
{
    for (int way = 0; way < 4; way++) {
        book(rig, s, pairs, count, (const double[2]){way & 1, way >> 1});
        if (rows_hold(rig, s))
            return true;
    }
    return false;
}

static bool breaks_r11(const struct rig *rig, int s, const int64_t *pairs, int count)
{
    const struct am_instance *instance = &rig->tiny.instance;
    struct am_heads heads = rig->heads[s];
    for (int i = 0; i < count; i++)
        am_heads_add(instance, pairs[i], (int)am_pair_person(instance, pairs[i]), 1, &heads);
    return am_is_lone_woman(&instance->sessions[s], heads.men, heads.women, heads.lone_women);
}

/* Some of the session's pairs, at least as many as must come; their number. */
static int draw(const struct rig *rig, int s, int64_t *pairs)
{
    const struct am_isession *at = &rig->tiny.instance.sessions[s];
    int64_t first = rig->coupling.session_first[s];
    int have = (int)(rig->coupling.session_first[s + 1] - first);
    int least = at->min_heads - at->fixed_heads, most = at->capacity - at->fixed_heads;
    most = most < have ? most : have;
    least = least < 1 ? 1 : least;
    if (most < least)
        return 0;
    for (int i = 0; i < have; i++)
        pairs[i] = rig->coupling.by_session[first + i];
    for (int i = 0; i < have - 1; i++) {
        int j = i + rand() % (have - i);
        int64_t k = pairs[i];
        pairs[i] = pairs[j];
        pairs[j] = k;
    }
    return least + rand() % (most - least + 1);
}

static void rows_tell_who_may_be_booked_together(void **state)
{
    int kept = 0, refused = 0;
    (void)state;
    srand(1);
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        bool hard = rig.tiny.instance.policy->lone_woman == AM_LONE_WOMAN_HARD;
        int64_t *pairs = AM_ARENA_NEW(&rig.arena, (size_t)rig.tiny.instance.pair_count, int64_t);
        assert_non_null(pairs);
        for (int s = 0; hard && s < rig.tiny.instance.session_count; s++)
            for (int i = 0; i < DRAWS && option_of(&rig, s) >= 0; i++) {
                int count = draw(&rig, s, pairs);
                bool wrong = breaks_r11(&rig, s, pairs, count);
                assert_int_equal(some_values_hold(&rig, s, pairs, count), !wrong);
                refused += wrong;
                kept += !wrong;
            }
        rig_release(&rig);
    }
    assert_true(kept > 10000 && refused > 500);
}

/* What a price on the kinds may be; each its own in the relaxation. */
static void put_prices(const struct rig *rig, int64_t *prices, struct am_link_sums *sums)
{
    for (int32_t r = 0; r < rig->coupling.row_count; r++) {
        const struct am_row *row = &rig->coupling.rows[r];
        int64_t price = rand() % 2000 - 1000;
        prices[r] =
            (price > 0 && row->lower == -AM_ROW_FREE) || (price < 0 && row->upper == AM_ROW_FREE)
                ? 0
                : price;
    }
    for (int s = 0; s < rig->tiny.instance.session_count; s++)
        sums[s] = (struct am_link_sums){{-(rand() % 1000)}, {-(rand() % 1000), -(rand() % 1000)}};
}

/* The least over all values of a session's variables beside its options that the
 * kinds a, b and d and what is decided allow, reckoned one by one. */
static int64_t least_by_hand(const struct rig *rig, const int64_t *prices,
                             const struct am_link_sums *sums, const int8_t *decided, int s)
{
    const struct am_coupling *coupling = &rig->coupling;
    int32_t first = coupling->first_var[s] + coupling->option_count[s];
    int32_t man = coupling->presence[0][s], woman = coupling->presence[1][s];
    int count = coupling->first_var[s + 1] - first;
    int64_t least = AM_NO_PATH;
    for (int values = 0; values < 1 << count; values++) {
        bool h = man >= 0 && values >> (man - first) & 1;
        bool w = woman >= 0 && values >> (woman - first) & 1;
        bool allowed = true;
        int64_t sum = 0;
        for (int i = 0; i < count; i++)
            allowed =
                allowed && (decided[first + i] < 0 || decided[first + i] == (values >> i & 1));
        if (!allowed)
            continue;
        if (man >= 0 && woman >= 0 && (!(h || w) || (h && w && coupling->never_both[s])))
            continue;
        for (int i = 0; i < count; i++)
            if (values >> i & 1)
                sum += am_var_reduced(coupling, prices, sums, first + i) *
                       coupling->vars[first + i].upper;
        least = sum < least ? sum : least;
    }
    return least;
}

/* What the answer has them cost. */
static int64_t cost_of(const struct rig *rig, const int64_t *prices,
                       const struct am_link_sums *sums, const int8_t *value, int s)
{
    const struct am_coupling *coupling = &rig->coupling;
    int64_t sum = 0;
    for (int32_t v = coupling->first_var[s] + coupling->option_count[s];
         v < coupling->first_var[s + 1]; v++)
        sum += value[v] * am_var_reduced(coupling, prices, sums, v) * coupling->vars[v].upper;
    return sum;
}

/* Some of them decided, of presences above all; is one decided to be there? */
static bool decide(const struct rig *rig, int8_t *decided, int s)
{
    const struct am_coupling *coupling = &rig->coupling;
    bool there = false;
    for (int32_t v = coupling->first_var[s] + coupling->option_count[s];
         v < coupling->first_var[s + 1]; v++) {
        decided[v] = (int8_t)(rand() % 3 - 1);
        there = there || decided[v] == 1;
    }
    return there;
}

static void a_session_has_the_cheapest_kind(void **state)
{
    int kinds = 0, never = 0, cannot = 0;
    (void)state;
    srand(2);
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        size_t sessions = (size_t)rig.tiny.instance.session_count;
        int64_t *prices = AM_ARENA_NEW(&rig.arena, (size_t)rig.coupling.row_count, int64_t);
        struct am_link_sums *sums = AM_ARENA_NEW(&rig.arena, sessions, struct am_link_sums);
        int8_t *decided = AM_ARENA_NEW(&rig.arena, (size_t)rig.coupling.var_count, int8_t);
        int8_t *value = AM_ARENA_NEW(&rig.arena, (size_t)rig.coupling.var_count, int8_t);
        assert_true(prices && sums && decided && value);
        put_prices(&rig, prices, sums);
        for (int s = 0; s < (int)sessions; s++) {
            struct am_rest rest = am_session_rest(&rig.coupling, prices, sums, NULL, s, value);
            for (int32_t v = 0; v < rig.coupling.var_count; v++)
                decided[v] = -1;
            assert_true(rest.held && !rest.must_run);
            assert_int_equal(rest.least, least_by_hand(&rig, prices, sums, decided, s));
            assert_int_equal(rest.least, cost_of(&rig, prices, sums, value, s));
            bool there = decide(&rig, decided, s);
            rest = am_session_rest(&rig.coupling, prices, sums, decided, s, value);
            assert_true(rest.held && rest.must_run == there);
            assert_int_equal(rest.least, least_by_hand(&rig, prices, sums, decided, s));
            if (rest.least != AM_NO_PATH)
                assert_int_equal(rest.least, cost_of(&rig, prices, sums, value, s));
            cannot += rest.least == AM_NO_PATH;
            kinds += rig.coupling.presence[0][s] >= 0 && rig.coupling.presence[1][s] >= 0;
            never += rig.coupling.never_both[s];
        }
        rig_release(&rig);
    }
    assert_true(kinds > 100 && never > 20 && cannot > 5);
}

/* Half a session of men and half a session of one woman are no roster where more
 * than one must come, nor is a man and a woman without another. */
static void halves_of_sessions_do_not_hold(void **state)
{
    int seen = 0;
    (void)state;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct rig rig;
        rig_init(&rig, seed);
        for (int s = 0; s < rig.tiny.instance.session_count; s++) {
            const struct am_isession *at = &rig.tiny.instance.sessions[s];
            if (rig.coupling.presence[0][s] < 0 || rig.coupling.presence[1][s] < 0 ||
                option_of(&rig, s) < 0 || at->min_heads - at->fixed_heads < 2 ||
                rig.tiny.instance.policy->lone_woman != AM_LONE_WOMAN_HARD)
                continue;
            for (int64_t i = rig.coupling.session_first[s]; i < rig.coupling.session_first[s + 1];
                 i++) {
                int64_t k = rig.coupling.by_session[i];
                if (!rig.tiny.instance.pairs[k].lone_woman)
                    continue;
                book(&rig, s, NULL, 0, (const double[2]){0.5, 0.5});
                add(&rig, am_entries_of_pair(&rig.coupling, k), 0.5);
                assert_false(rows_hold(&rig, s));
                seen++;
            }
        }
        rig_release(&rig);
    }
    assert_true(seen > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_tell_who_may_be_booked_together),
        cmocka_unit_test(a_session_has_the_cheapest_kind),
        cmocka_unit_test(halves_of_sessions_do_not_hold),
    };
    return cmocka_run_group_tests_name("lone_women", tests, NULL, NULL);
}
