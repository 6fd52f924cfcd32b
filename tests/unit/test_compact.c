/*
 * The big 0-1 model against plain enumeration: made-up instances so small that
 * every decision can be tried, with figures that make the rules bite.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "solver/compact.h"
#include "solver/lp.h"

enum { SESSIONS = 6, PEOPLE = 4, SUPERVISORS = 2, DAYS = 14, PATTERNS = 64 };

/* ---- made-up instances ---- */

struct made {
    struct am_instance instance;
    struct am_caseload caseload;
    struct am_supervisor supervisors[SUPERVISORS];
    struct am_isession sessions[SESSIONS];
    struct am_icandidate candidates[SESSIONS][SUPERVISORS];
    struct am_iperson people[PEOPLE];
    struct am_iweek weeks[PEOPLE][2];
    int64_t start_points[PEOPLE][DAYS + 1];
    struct am_ipair pairs[SESSIONS * PEOPLE];
    struct am_iapart aparts[SESSIONS * PEOPLE];
    struct am_iclash clashes[SESSIONS * SESSIONS];
    int32_t clash_sessions[SESSIONS * SESSIONS][2];
    struct am_ihours hours[SUPERVISORS * 2];
    uint32_t random;
};

/* 0 .. below - 1 */
static int draw(struct made *made, int below)
{
    made->random = made->random * 1664525u + 1013904223u;
    return (int)((made->random >> 9) % (uint32_t)below);
}

static bool chance(struct made *made, int percent)
{
    return draw(made, 100) < percent;
}

static void make_policy(struct made *made)
{
    struct am_policy *policy = &made->caseload.policy;
    struct am_weights *weights = &policy->weights;
    am_policy_defaults(policy);
    policy->lone_woman = draw(made, 3);
    if (chance(made, 30))
        weights->offer_minute = draw(made, 12); /* even less than an intensive minute */
    if (chance(made, 30))
        weights->must_minute = draw(made, 5);
    if (chance(made, 30))
        weights->booked_minute = draw(made, 3);
    weights->near_empty_head = draw(made, 2000);
    weights->stand_down = draw(made, 40);
    weights->lone_woman_soft = draw(made, 9000);
    weights->unsupervised = draw(made, 9000);
    made->instance.offer_floor_min = draw(made, 2) * 360;
}

static void make_candidates(struct made *made, int s)
{
    struct am_isession *at = &made->sessions[s];
    at->candidates = made->candidates[s];
    for (int m = 0; m < SUPERVISORS; m++)
        if (at->supervised && chance(made, 70)) {
            int32_t capacity = at->fixed_heads + draw(made, at->capacity - at->fixed_heads + 1);
            made->candidates[s][at->candidate_count++] = (struct am_icandidate){
                .supervisor = m, .cost = draw(made, 900), .capacity = capacity};
        }
}

static void make_sessions(struct made *made)
{
    static const int16_t lengths[] = {60, 120, 240, 420};
    int day = 0;
    made->instance.session_count = 3 + draw(made, SESSIONS - 2);
    for (int s = 0; s < made->instance.session_count; s++) {
        struct am_isession *at = &made->sessions[s];
        day += draw(made, made->instance.weeks == 1 ? 3 : 5);
        day = day < made->instance.days ? day : made->instance.days - 1;
        at->open = chance(made, 95);
        at->supervised = chance(made, 50);
        at->day = (int16_t)day;
        at->start = (int16_t)(540 + 60 * draw(made, 5));
        at->minutes = lengths[draw(made, 4)];
        at->fixed_men = chance(made, 15) ? 1 : 0;
        at->fixed_women = chance(made, 15) ? 1 : 0;
        at->fixed_lone_women = at->fixed_women;
        at->fixed_heads = at->fixed_men + at->fixed_women + (chance(made, 10) ? 1 : 0);
        at->must_run = at->fixed_heads > 0;
        at->capacity = at->fixed_heads + draw(made, 4);
        at->min_heads = at->must_run ? 0 : 1 + draw(made, 2);
        at->run_cost = draw(made, 1500) - 500;
        at->unled_cost = made->caseload.policy.weights.unsupervised;
        at->company_heads = draw(made, 5);
        at->places100 = 100 * draw(made, 4);
        at->fixed_attendance = 65 * at->fixed_heads;
        at->stand_down_rule = true;
        at->lone_woman_rule = made->caseload.policy.lone_woman != AM_LONE_WOMAN_OFF;
        make_candidates(made, s);
    }
}

static void make_rows_of_supervisors(struct made *made)
{
    struct am_instance *instance = &made->instance;
    for (int m = 0; m < SUPERVISORS; m++)
        made->supervisors[m].gender = chance(made, 50) ? AM_FEMALE : AM_MALE;
    for (int s = 0; s < instance->session_count; s++)
        for (int t = s + 1; t < instance->session_count; t++)
            if (made->sessions[s].day == made->sessions[t].day) {
                int32_t *both = made->clash_sessions[instance->clash_count];
                both[0] = s;
                both[1] = t;
                made->clashes[instance->clash_count++] =
                    (struct am_iclash){draw(made, SUPERVISORS), both, 2};
            }
    for (int w = 0; w < instance->weeks; w++)
        made->hours[instance->hours_count++] =
            (struct am_ihours){draw(made, SUPERVISORS), w, 120 * draw(made, 6)};
}

static void make_start(struct made *made, int p)
{
    int64_t points = 0, step = chance(made, 50) ? 0 : 300 * draw(made, 4);
    int due = draw(made, DAYS);
    for (int d = 0; d <= made->instance.days; d++) {
        made->start_points[p][d] = points;
        points += d >= due ? step : 0;
    }
    made->people[p].start_points = made->start_points[p];
}

/* The rules of pairs that the model takes for granted: R5 to R7. */
static bool eligible(const struct made *made, const struct am_iperson *person,
                     const struct am_isession *at, bool ete)
{
    const struct am_iweek *week = &person->weeks[at->day / 7];
    int32_t minutes = at->minutes < person->free_min ? at->minutes : person->free_min;
    if (minutes < made->caseload.policy.shortest_appointment_minutes && minutes < person->free_min)
        return false;
    if (at->minutes > person->free_min && person->last_fixed_day > at->day)
        return false;
    return at->open && at->capacity > at->fixed_heads &&
           week->used_min + minutes <= week->maximum_min &&
           (!ete || minutes <= person->ete_left_min);
}

static void make_pairs(struct made *made, int p)
{
    struct am_instance *instance = &made->instance;
    struct am_iperson *person = &made->people[p];
    person->first_pair = instance->pair_count;
    person->has_published = chance(made, 30);
    person->disturbed_anyway = person->has_published && chance(made, 10);
    for (int s = 0; s < instance->session_count; s++) {
        bool ete = (s % 3) == 1, published = person->has_published && chance(made, 30);
        if (!eligible(made, person, &made->sessions[s], ete) || chance(made, 20))
            continue;
        made->pairs[instance->pair_count++] = (struct am_ipair){
            .session = s,
            .day = made->sessions[s].day,
            .minutes = made->sessions[s].minutes,
            .cost = draw(made, 1500),
            .ete = ete,
            .induction = s % 4 == 0 && person->needs_induction,
            .published = published,
            .lone_woman = person->woman && chance(made, 80),
            .supervisor_gender =
                (int8_t)(made->sessions[s].supervised && chance(made, 30) ? AM_FEMALE : -1)};
        person->published_pairs += published;
    }
    person->pair_count = instance->pair_count - person->first_pair;
}

static void make_person(struct made *made, int p)
{
    static const int32_t free[] = {30, 60, 90, 200, 420, 500, 660, 900, 3000};
    struct am_iperson *person = &made->people[p];
    person->weeks = made->weeks[p];
    for (int w = 0; w < made->instance.weeks; w++) {
        made->weeks[p][w].maximum_min = chance(made, 50) ? 960 : 500;
        made->weeks[p][w].used_min = chance(made, 20) ? 100 : 0;
        made->weeks[p][w].work_min = chance(made, 50) ? made->weeks[p][w].used_min : 0;
    }
    make_start(made, p);
    person->counted = true;
    person->free_min = free[draw(made, 9)];
    person->ete_left_min = 60 * draw(made, 8);
    person->last_fixed_day = chance(made, 20) ? draw(made, made->instance.days) : -1;
    person->needs_induction = chance(made, 30);
    person->must_min = chance(made, 50) ? draw(made, 900) : 0;
    person->must_day = draw(made, made->instance.days);
    person->pace_min = draw(made, 900);
    person->intensive_min = chance(made, 40) ? 700 : 0;
    person->attendance_percent = 65;
    person->woman = chance(made, 50);
    person->man = !person->woman;
    make_pairs(made, p);
}

static void make_aparts(struct made *made)
{
    struct am_instance *instance = &made->instance;
    for (int64_t i = 0; i < made->people[0].pair_count; i++)
        for (int64_t j = made->people[1].first_pair;
             j < made->people[1].first_pair + made->people[1].pair_count; j++)
            if (made->pairs[i].session == made->pairs[j].session && chance(made, 50))
                made->aparts[instance->apart_count++] =
                    (struct am_iapart){made->pairs[i].session, i, j};
}

static struct am_instance *make(struct made *made, uint32_t seed)
{
    memset(made, 0, sizeof *made);
    made->random = seed * 2654435761u + 12345u;
    struct am_instance *instance = &made->instance;
    made->caseload.supervisors = made->supervisors;
    instance->caseload = &made->caseload;
    instance->policy = &made->caseload.policy;
    instance->supervisor_count = SUPERVISORS;
    instance->weeks = 1 + draw(made, 2);
    instance->days = 7 * instance->weeks;
    instance->people = made->people;
    instance->pairs = made->pairs;
    instance->sessions = made->sessions;
    instance->aparts = made->aparts;
    instance->clashes = made->clashes;
    instance->hours = made->hours;
    instance->constant_points = draw(made, 5000);
    instance->person_count = 2 + draw(made, PEOPLE - 1);
    make_policy(made);
    make_sessions(made);
    make_rows_of_supervisors(made);
    for (int p = 0; p < instance->person_count; p++)
        make_person(made, p);
    make_aparts(made);
    return instance;
}

/* ---- every decision ---- */

struct search {
    const struct am_instance *instance;
    struct am_decision decision;
    int64_t chosen[PEOPLE * DAYS];
    bool runs[SESSIONS];
    int32_t supervisor[SESSIONS];
    int64_t best;
};

static void try_supervisors(struct search *search, int s)
{
    const struct am_isession *at = &search->instance->sessions[s];
    if (s == search->instance->session_count) {
        int64_t points = am_decision_points(search->instance, &search->decision);
        if (points < search->best)
            search->best = points;
        return;
    }
    search->supervisor[s] = -1;
    try_supervisors(search, s + 1);
    for (int k = 0; k < at->candidate_count && search->runs[s]; k++) {
        search->supervisor[s] = at->candidates[k].supervisor;
        try_supervisors(search, s + 1);
    }
}

static void try_sessions(struct search *search)
{
    const struct am_instance *instance = search->instance;
    for (int s = 0; s < instance->session_count; s++)
        search->runs[s] = instance->sessions[s].open && instance->sessions[s].must_run;
    for (int i = 0; i < instance->person_count * instance->days; i++)
        if (search->chosen[i] >= 0)
            search->runs[instance->pairs[search->chosen[i]].session] = true;
    try_supervisors(search, 0);
}

static void try_people(struct search *search, int p, int64_t pair)
{
    const struct am_instance *instance = search->instance;
    if (p == instance->person_count) {
        try_sessions(search);
        return;
    }
    const struct am_iperson *person = &instance->people[p];
    int64_t *chosen = search->chosen + p * instance->days;
    if (pair < person->first_pair + person->pair_count) {
        int64_t *day = &chosen[instance->pairs[pair].day];
        try_people(search, p, pair + 1);
        if (*day >= 0)
            return;
        *day = pair;
        try_people(search, p, pair + 1);
        *day = -1;
    } else if (am_pattern_points(instance, p, chosen, NULL) < INT64_MAX) {
        int64_t next = p + 1 < instance->person_count ? instance->people[p + 1].first_pair : 0;
        try_people(search, p + 1, next);
    }
}

static int64_t best_of_all(const struct am_instance *instance)
{
    static struct search search;
    search = (struct search){.instance = instance, .best = INT64_MAX};
    search.decision.chosen = search.chosen;
    search.decision.runs = search.runs;
    search.decision.supervisor = search.supervisor;
    memset(search.chosen, 0xff, sizeof search.chosen);
    try_people(&search, 0, instance->people[0].first_pair);
    return search.best;
}

static const struct am_solve_hooks no_hooks = {0};

static struct am_settings to_the_end(void)
{
    struct am_settings settings;
    am_settings_defaults(&settings);
    settings.gap = 0;
    settings.node_limit = 0;
    return settings;
}

static void agrees_with_enumeration(uint32_t seed)
{
    static struct made made;
    struct am_instance *instance = make(&made, seed);
    int64_t best = best_of_all(instance);
    struct am_arena arena;
    struct am_solution solution;
    struct am_err err = {0};
    struct am_settings settings = to_the_end();
    am_arena_init(&arena);
    am_status status =
        am_compact_solve(instance, &settings, best, no_hooks, &arena, &solution, &err);
    if (status != AM_OK || solution.proof.objective != best)
        print_error("seed %u: status %d, %s; best %lld, found %lld\n", seed, (int)status, err.msg,
                    (long long)best, (long long)solution.proof.objective);
    assert_int_equal(status, AM_OK);
    assert_int_not_equal(best, INT64_MAX);
    assert_int_equal(solution.outcome, AM_OUTCOME_OPTIMAL);
    assert_true(solution.proof.objective == best);
    assert_true(solution.proof.bound == best);
    assert_true(am_decision_points(instance, &solution.decision) == best);
    am_arena_release(&arena);
}

static void the_model_agrees_with_enumeration(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 400; seed++)
        agrees_with_enumeration(seed);
}

/* On this one GLPK's primal simplex goes round for ever with its long-step
 * ratio test. */
static void an_instance_that_made_the_engine_cycle_is_solved(void **state)
{
    (void)state;
    agrees_with_enumeration(6139);
}

static void no_memory_is_an_error_at_every_allocation(void **state)
{
    (void)state;
    static struct made made;
    struct am_instance *instance = make(&made, 7);
    struct am_settings settings = to_the_end();
    struct am_solution solution;
    am_status status = AM_ENOMEM;
    long limit = 0;
    while (status != AM_OK) {
        struct am_arena arena;
        am_arena_init(&arena);
        arena.limit = ++limit;
        status = am_compact_solve(instance, &settings, 0, no_hooks, &arena, &solution, NULL);
        am_arena_release(&arena);
        assert_true(status == AM_OK || status == AM_ENOMEM);
        assert_in_range(limit, 1, 1000);
    }
    assert_true(limit > 10);
}

static void a_stop_leaves_what_is_fixed(void **state)
{
    (void)state;
    static struct made made;
    struct am_instance *instance = make(&made, 7);
    struct am_settings settings = to_the_end();
    struct am_solution solution;
    volatile sig_atomic_t stop = 1;
    struct am_solve_hooks hooks = {.stop = &stop};
    struct am_arena arena;
    am_arena_init(&arena);
    assert_int_equal(am_compact_solve(instance, &settings, 0, hooks, &arena, &solution, NULL),
                     AM_OK);
    assert_int_equal(solution.outcome, AM_OUTCOME_STOPPED);
    for (int i = 0; i < instance->person_count * instance->days; i++)
        assert_true(solution.decision.chosen[i] == -1);
    assert_true(solution.proof.objective == am_decision_points(instance, &solution.decision));
    assert_true(solution.proof.bound <= solution.proof.objective);
    am_arena_release(&arena);
}

/* ---- export ---- */

static char *read_all(const char *path)
{
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    size_t length = fread(text, 1, (1 << 20) - 1, in);
    assert_true(length > 0);
    assert_int_equal(fclose(in), 0);
    return text;
}

static void the_export_names_rows_after_rules_and_holds_the_constant(void **state)
{
    (void)state;
    static struct made made;
    struct am_instance *instance = make(&made, 1149);
    char folder[] = "/tmp/amends-compact-XXXXXX";
    assert_non_null(mkdtemp(folder));
    static const char *const marks[3][3] = {{"R8.s0", "constant", "ENDATA"},
                                            {"R8.s0:", "constant = 1", "Generals"},
                                            {"p mip min", "R8.s0", "constant"}};
    for (int format = AM_EXPORT_MPS; format <= AM_EXPORT_GLPK; format++) {
        char path[64];
        (void)snprintf(path, sizeof path, "%s/model.%d", folder, format);
        assert_int_equal(am_compact_export(instance, (enum am_export_format)format, path, NULL),
                         AM_OK);
        char *text = read_all(path);
        for (int k = 0; k < 3; k++)
            assert_non_null(strstr(text, marks[format][k]));
        free(text);
        assert_int_equal(unlink(path), 0);
    }
    /* nothing temporary is left: the folder is empty */
    assert_int_equal(rmdir(folder), 0);
}

static void an_export_that_fails_leaves_nothing(void **state)
{
    (void)state;
    static struct made made;
    struct am_instance *instance = make(&made, 1);
    struct am_err err = {0};
    assert_int_equal(am_compact_export(instance, AM_EXPORT_MPS, "/nowhere/model.mps", &err),
                     AM_EIO);
    assert_non_null(strstr(err.msg, "/nowhere/model.mps"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_model_agrees_with_enumeration),
        cmocka_unit_test(an_instance_that_made_the_engine_cycle_is_solved),
        cmocka_unit_test(no_memory_is_an_error_at_every_allocation),
        cmocka_unit_test(a_stop_leaves_what_is_fixed),
        cmocka_unit_test(the_export_names_rows_after_rules_and_holds_the_constant),
        cmocka_unit_test(an_export_that_fails_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
