/*
 * Steps in the prices, held against their definition: the whole subgradient, reckoned
 * row by row and link by link, of one caseload that is one stripe and one that is many.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "solver/price_step.h"
#include "tests/support/search_rig.h"

enum { STEPS = 8, LONGEST = 1 << 20 };
static const double deflection = 0.9;

struct trial {
    struct rig rig;
    struct am_price_step *step;
    /* the definition's */
    int64_t *prices;
    double *way, *pull, *value;
    bool *booked;
};

/* The example unit, over so many weeks. */
static void read_weeks(struct trial *trial, int weeks)
{
    static char text[LONGEST];
    char path[] = "/tmp/amends-steps-XXXXXX";
    FILE *in = fopen("examples/pdu.json", "r");
    assert_non_null(in);
    size_t length = fread(text, 1, sizeof text - 1, in);
    assert_int_equal(fclose(in), 0);
    char *at = strstr(text, "\"weeks\": 1");
    assert_true(length < sizeof text - 1 && at);
    at[strlen("\"weeks\": ")] = (char)('0' + weeks);
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, length), length);
    assert_int_equal(close(file), 0);
    assert_true(tiny_read_file(&trial->rig.tiny, path, "the example"));
    assert_int_equal(unlink(path), 0);
}

static void begin(struct trial *trial, int weeks, int threads)
{
    *trial = (struct trial){0};
    read_weeks(trial, weeks);
    rig_begin(&trial->rig, threads);
    const struct am_coupling *coupling = &trial->rig.search.coupling;
    size_t prices = (size_t)am_price_count(coupling);
    trial->prices = AM_ARENA_NEW(&trial->rig.arena, prices, int64_t);
    trial->way = AM_ARENA_NEW(&trial->rig.arena, prices, double);
    trial->pull = AM_ARENA_NEW(&trial->rig.arena, prices, double);
    trial->value = AM_ARENA_NEW(&trial->rig.arena, (size_t)coupling->var_count, double);
    trial->booked = AM_ARENA_NEW(&trial->rig.arena, (size_t)coupling->pair_count, bool);
    assert_true(trial->prices && trial->way && trial->pull && trial->value && trial->booked);
    memcpy(trial->prices, trial->rig.search.best.row, prices * sizeof *trial->prices);
    assert_int_equal(am_price_step_new(&trial->step, trial->rig.search.pricer,
                                       trial->rig.search.instance, coupling,
                                       trial->rig.search.leading, trial->prices, deflection,
                                       &trial->rig.err),
                     AM_OK);
}

static void end(struct trial *trial)
{
    am_price_step_free(trial->step);
    rig_release(&trial->rig);
}

/* ---- the definition ---- */

static void list_booked(struct trial *trial)
{
    const struct am_instance *instance = trial->rig.search.instance;
    const int32_t *chosen = am_price_step_answer(trial->step)->chosen;
    memset(trial->booked, 0, (size_t)instance->pair_count * sizeof *trial->booked);
    for (int p = 0; p < instance->person_count; p++)
        for (int d = 0; d < instance->days; d++)
            if (chosen[p * instance->days + d] >= 0)
                trial->booked[instance->people[p].first_pair + chosen[p * instance->days + d]] =
                    true;
}

static void add(double *activity, struct am_entries of, double times)
{
    for (int64_t e = 0; e < of.count; e++)
        activity[of.at[e].row] += times * of.at[e].value;
}

static void pull_rows(struct trial *trial)
{
    const struct am_coupling *coupling = &trial->rig.search.coupling;
    double *activity = calloc((size_t)coupling->row_count + 1, sizeof *activity);
    assert_non_null(activity);
    for (int64_t k = 0; k < coupling->pair_count; k++)
        if (trial->booked[k])
            add(activity, am_entries_of_pair(coupling, k), 1);
    for (int32_t v = 0; v < coupling->var_count; v++)
        add(activity, am_entries_of_var(coupling, v), trial->value[v]);
    for (int32_t r = 0; r < coupling->row_count; r++)
        trial->pull[r] = coupling->rows[r].family == AM_ROW_SUPERVISOR
                             ? 0
                             : am_row_pull(&coupling->rows[r], activity[r], trial->prices[r]);
    free(activity);
}

/* How much there is of what the pair's links hang on. */
static double runs_for(const struct trial *trial, int64_t k)
{
    const struct am_coupling *coupling = &trial->rig.search.coupling;
    int32_t s = trial->rig.search.instance->pairs[k].session;
    double runs = 0;
    for (int32_t v = coupling->first_var[s]; v < coupling->first_var[s + 1]; v++)
        if (am_opens_to(coupling, v, am_demand_of(trial->rig.search.instance, k)))
            runs += trial->value[v];
    return runs;
}

static double present_for(const struct trial *trial, int64_t k)
{
    const struct am_coupling *coupling = &trial->rig.search.coupling;
    int32_t s = trial->rig.search.instance->pairs[k].session;
    int32_t v = coupling->presence[coupling->links[k] & AM_LINK_MAN ? 0 : 1][s];
    return v < 0 ? 0 : trial->value[v];
}

static void pull_links(struct trial *trial)
{
    const struct am_coupling *coupling = &trial->rig.search.coupling;
    for (int64_t k = 0; k < coupling->pair_count; k++) {
        int64_t runs = am_link_runs(coupling, k), presence = am_link_presence(coupling, k);
        trial->pull[runs] = trial->pull[presence] = 0;
        if (am_link_exists(coupling, runs))
            trial->pull[runs] =
                am_link_pull(runs_for(trial, k), trial->booked[k], trial->prices[runs]);
        if (am_link_exists(coupling, presence))
            trial->pull[presence] =
                am_link_pull(present_for(trial, k), trial->booked[k], trial->prices[presence]);
    }
}

/* Links of a pair that is not booked, without a price and pulling nowhere, are forgotten. */
static void forget_slack(struct trial *trial)
{
    const struct am_coupling *coupling = &trial->rig.search.coupling;
    for (int64_t k = 0; k < coupling->pair_count; k++) {
        int64_t runs = am_link_runs(coupling, k), presence = am_link_presence(coupling, k);
        if (!trial->booked[k] && trial->prices[runs] == 0 && trial->prices[presence] == 0 &&
            trial->way[runs] >= 0 && trial->way[presence] >= 0)
            trial->way[runs] = trial->way[presence] = 0;
    }
}

static double turn(struct trial *trial)
{
    double square = 0;
    list_booked(trial);
    pull_rows(trial);
    pull_links(trial);
    for (int64_t r = 0; r < am_price_count(&trial->rig.search.coupling); r++) {
        trial->way[r] = trial->pull[r] + deflection * trial->way[r];
        square += trial->way[r] * trial->way[r];
    }
    return square;
}

static void move(struct trial *trial, double length)
{
    const struct am_coupling *coupling = &trial->rig.search.coupling;
    for (int64_t r = 0; r < am_price_count(coupling); r++) {
        double price = am_in_points(trial->prices[r]) + length * trial->way[r];
        if (r >= coupling->row_count)
            trial->prices[r] = am_link_price_of(price);
        else if (coupling->rows[r].family != AM_ROW_SUPERVISOR)
            trial->prices[r] = am_price_of(&coupling->rows[r], price);
    }
    forget_slack(trial);
}

/* ---- one against the other ---- */

static void assert_same_prices(const struct trial *trial, const struct am_best_prices *best)
{
    const struct am_coupling *coupling = &trial->rig.search.coupling;
    for (int64_t r = 0; r < am_price_count(coupling); r++)
        if (r >= coupling->row_count || coupling->rows[r].family != AM_ROW_SUPERVISOR)
            if (llabs(best->row[r] - trial->prices[r]) > 1) /* sums in another order */
                fail_msg("price %lld: %lld, by the definition %lld", (long long)r,
                         (long long)best->row[r], (long long)trial->prices[r]);
}

/* Returns the bound of the last step. */
static int64_t step_by_step(int weeks, int threads)
{
    struct trial trial;
    begin(&trial, weeks, threads);
    for (int k = 0; k < STEPS; k++) {
        double square = 0;
        assert_int_equal(am_price_step_solve(trial.step, (struct am_limits){0}, &trial.rig.err),
                         AM_OK);
        assert_int_equal(am_price_step_turn(trial.step, true, &trial.rig.search.best, trial.value,
                                            1, &square, &trial.rig.err),
                         AM_OK);
        assert_same_prices(&trial, &trial.rig.search.best);
        memcpy(trial.prices, trial.rig.search.best.row,
               (size_t)am_price_count(&trial.rig.search.coupling) * sizeof *trial.prices);
        am_price(trial.rig.search.pricer, trial.prices, (struct am_limits){0},
                 &trial.rig.search.answer);
        assert_int_equal(trial.rig.search.answer.bound, am_price_step_answer(trial.step)->bound);
        double defined = turn(&trial);
        assert_true(square > 0 && fabs(square - defined) <= 1e-9 * defined);
        double length = (k + 1) * 1e5 / square;
        am_price_step_move(trial.step, length);
        move(&trial, length);
    }
    int64_t bound = am_price_step_answer(trial.step)->bound;
    end(&trial);
    return bound;
}

static void a_few_sessions(void **state)
{
    (void)state;
    (void)step_by_step(1, 1);
}

static void many_sessions_in_stripes(void **state)
{
    (void)state;
    int64_t alone = step_by_step(4, 1);
    assert_int_equal(step_by_step(4, 3), alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_few_sessions),
        cmocka_unit_test(many_sessions_in_stripes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
