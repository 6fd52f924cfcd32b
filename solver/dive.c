#include "solver/dive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/improve.h"
#include "solver/marks.h"
#include "solver/room.h"
#include "solver/tolerance.h"

/* What is at least so sure is decided at once; of the rest, this share of the
 * surest, at least one. */
static const double sure = 0.95;
static const double share_decided = 0.1;
/* Rounds of pricing after each decision; nodes of the engine's search for each of
 * node_limit. */
enum { ROUNDS_BETWEEN = 3, SEARCH_NODES = 4 };
/* A guess that costs more than this share of what can be improved is taken back. */
static const double too_dear = 0.0003;
/* Of a part that can wait the last people are shared out to such a share of what that
 * can bring. */
static const double fine_enough = 0.05;

/* Something fractional that can be decided. */
struct candidate {
    int32_t index; /* a session, a variable, or a pattern in the LP */
    double value;
};

/* What is being decided. */
enum stage { SESSIONS, OPTIONS, PATTERNS };

struct dive {
    struct am_search *search;
    struct am_marks marks;
    struct am_best_prices best;
    struct candidate *candidates;
    size_t count;
    struct am_room room; /* by what is decided */
    enum stage stage;
    int32_t guess; /* the one unsure session or option decided last, -1: none */
    int8_t *var_before, *session_before; /* marks and rows before the guess */
    int64_t *used_before;
};

static int by_value(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static am_status dive_init(struct dive *dive, struct am_err *err)
{
    const struct am_search *search = dive->search;
    size_t rows = (size_t)search->coupling.row_count + 1;
    size_t prices = (size_t)am_price_count(&search->coupling) + 1;
    dive->best.row = calloc(prices, sizeof *dive->best.row);
    dive->room.used = calloc(rows, sizeof *dive->room.used);
    dive->used_before = calloc(rows, sizeof *dive->used_before);
    dive->var_before = calloc((size_t)search->coupling.var_count + 1, 1);
    dive->session_before = calloc((size_t)search->instance->session_count + 1, 1);
    dive->guess = -1;
    if (!dive->best.row || !dive->room.used || !dive->used_before || !dive->var_before ||
        !dive->session_before)
        return am_fail_memory(err);
    memcpy(dive->best.row, search->best.row, (prices - 1) * sizeof *dive->best.row);
    return am_marks_init(&dive->marks, search->instance, &search->coupling, err);
}

static void dive_release(struct dive *dive)
{
    am_marks_release(&dive->marks);
    free(dive->best.row);
    free(dive->room.used);
    free(dive->used_before);
    free(dive->var_before);
    free(dive->session_before);
    free(dive->candidates);
}

/* Undecided sessions that the LP runs in part or whole, under whomever. Which
 * run is decided before under whom: supervisors are much alike, so the LP
 * shares a session out among them. */
static void list_sessions(struct dive *dive)
{
    const struct am_search *search = dive->search;
    const struct am_coupling *coupling = &search->coupling;
    for (int s = 0; s < search->instance->session_count; s++) {
        double value = 0;
        if (dive->marks.session[s] >= 0)
            continue;
        for (int32_t v = coupling->first_var[s];
             v < coupling->first_var[s] + coupling->option_count[s]; v++)
            value += am_master_var(&search->master, v);
        if (value > AM_TOL_INTEGRAL)
            dive->candidates[dive->count++] = (struct candidate){s, value};
    }
}

/* Undecided options that the LP uses. */
static void list_options(struct dive *dive)
{
    const struct am_search *search = dive->search;
    for (int32_t v = 0; v < search->coupling.var_count; v++) {
        double value = am_master_var(&search->master, v);
        if (search->coupling.vars[v].kind == AM_VAR_OPTION && dive->marks.var[v] < 0 &&
            value > AM_TOL_INTEGRAL)
            dive->candidates[dive->count++] = (struct candidate){v, value};
    }
}

static bool person_decided(const struct dive *dive, int p)
{
    const struct am_iperson *person = &dive->search->instance->people[p];
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
        if (dive->marks.pair[k] < 0)
            return false;
    return true;
}

static void list_patterns(struct dive *dive)
{
    const struct am_search *search = dive->search;
    for (size_t i = 0; i < search->master.column_count; i++) {
        double value = am_master_weight(&search->master, i);
        int person = search->columns.at[search->master.column_of[i]].person;
        if (value > AM_TOL_INTEGRAL && !person_decided(dive, person))
            dive->candidates[dive->count++] = (struct candidate){(int32_t)i, value};
    }
}

/* How many of the sorted candidates to decide now: the sure ones, or else a few
 * (of options, which get in each other's way, one). */
static size_t how_many(const struct dive *dive)
{
    size_t certain = 0;
    while (certain < dive->count && dive->candidates[certain].value >= sure)
        certain++;
    if (certain > 0)
        return certain;
    return dive->stage == OPTIONS ? 1 : 1 + (size_t)((double)dive->count * share_decided);
}

/* Take the room, if there is enough. What breaks R11 is mended at the end. */
static bool take(struct dive *dive, struct am_entries of, int32_t times)
{
    bool enough = am_room_for(&dive->room, of, times);
    if (enough)
        am_room_take(&dive->room, of, times);
    return enough;
}

/* One option a session: the others of a session that is decided go to zero. An
 * option that can't be had beside what is decided goes to zero itself. */
static void decide_var(struct dive *dive, int32_t v)
{
    const struct am_coupling *coupling = &dive->search->coupling;
    int32_t s = coupling->vars[v].session, first = coupling->first_var[s];
    if (dive->marks.var[v] >= 0)
        return;
    dive->marks.var[v] = take(dive, am_entries_of_var(coupling, v), coupling->vars[v].upper);
    if (coupling->vars[v].kind != AM_VAR_OPTION || !dive->marks.var[v])
        return;
    for (int32_t o = first; o < first + coupling->option_count[s]; o++)
        if (o != v)
            dive->marks.var[o] = 0;
}

/* A pattern, if there is room for it beside what is decided. */
static bool decide_pattern(struct dive *dive, int32_t index)
{
    const struct am_search *search = dive->search;
    const struct am_coupling *coupling = &search->coupling;
    const struct am_column *column = &search->columns.at[index];
    const int64_t *picks = search->columns.picks + column->first_pick;
    if (person_decided(dive, column->person))
        return false;
    for (int32_t i = 0; i < column->pick_count; i++) {
        if (take(dive, am_entries_of_pair(coupling, picks[i]), 1))
            continue;
        while (i-- > 0)
            am_room_take(&dive->room, am_entries_of_pair(coupling, picks[i]), -1);
        return false;
    }
    am_marks_pattern(&dive->marks, &search->columns, index);
    return true;
}

static am_status make_room(struct dive *dive, struct am_err *err)
{
    const struct am_search *search = dive->search;
    size_t room = (size_t)search->coupling.var_count + search->master.column_count +
                  (size_t)search->instance->session_count + 1;
    free(dive->candidates);
    dive->candidates = malloc(room * sizeof *dive->candidates);
    dive->count = 0;
    return dive->candidates ? AM_OK : am_fail_memory(err);
}

/* Which sessions must run was decided to find the way. That they must would
 * leave none where supervisors' hours do not go round, so from here on they
 * may; what is decided next, under whom, holds most of them. */
static void release_sessions(struct dive *dive)
{
    for (int s = 0; s < dive->search->instance->session_count; s++)
        dive->marks.session[s] = -1;
}

static void list_candidates(struct dive *dive)
{
    dive->count = 0;
    if (dive->stage == SESSIONS)
        list_sessions(dive);
    else if (dive->stage == OPTIONS)
        list_options(dive);
    else
        list_patterns(dive);
    qsort(dive->candidates, dive->count, sizeof *dive->candidates, by_value);
}

/* From sessions to their options, from options to patterns. */
static void next_stage(struct dive *dive)
{
    if (dive->stage == SESSIONS)
        release_sessions(dive);
    dive->stage++;
}

/* True when the candidate is decided. */
static bool decide_one(struct dive *dive, int32_t index)
{
    if (dive->stage == PATTERNS)
        return decide_pattern(dive, dive->search->master.column_of[index]);
    if (dive->stage == SESSIONS)
        dive->marks.session[index] = 1;
    else
        decide_var(dive, index);
    return true;
}

static void remember_marks(struct dive *dive)
{
    const struct am_search *search = dive->search;
    memcpy(dive->var_before, dive->marks.var, (size_t)search->coupling.var_count);
    memcpy(dive->session_before, dive->marks.session, (size_t)search->instance->session_count);
    memcpy(dive->used_before, dive->room.used,
           (size_t)search->coupling.row_count * sizeof *dive->room.used);
}

/* The last guess was a bad one: the opposite. */
static void take_back(struct dive *dive)
{
    const struct am_search *search = dive->search;
    memcpy(dive->marks.var, dive->var_before, (size_t)search->coupling.var_count);
    memcpy(dive->marks.session, dive->session_before, (size_t)search->instance->session_count);
    memcpy(dive->room.used, dive->used_before,
           (size_t)search->coupling.row_count * sizeof *dive->room.used);
    if (dive->stage == SESSIONS)
        dive->marks.session[dive->guess] = 0;
    else
        dive->marks.var[dive->guess] = 0;
    dive->guess = -1;
}

/* Decide the surest. *over: nothing is left to decide, or nothing that is left fits. */
static am_status decide(struct dive *dive, bool *over, struct am_err *err)
{
    am_status status = make_room(dive, err);
    bool decided = false;
    if (status != AM_OK)
        return status;
    list_candidates(dive);
    if (dive->count == 0 && dive->stage != PATTERNS) {
        next_stage(dive);
        return AM_OK;
    }
    size_t many = how_many(dive);
    bool unsure = dive->count > 0 && dive->candidates[0].value < sure;
    dive->guess = many == 1 && unsure && dive->stage != PATTERNS ? dive->candidates[0].index : -1;
    remember_marks(dive);
    for (size_t i = 0; i < dive->count && (i < many || !decided); i++)
        decided = decide_one(dive, dive->candidates[i].index) || decided;
    *over = !decided;
    return AM_OK;
}

static am_status reoptimise(struct dive *dive, bool *solved, struct am_err *err)
{
    struct am_search *search = dive->search;
    am_status status = am_marks_apply(&dive->marks, &search->master, err);
    dive->best.bound = AM_NO_BOUND;
    if (status == AM_OK)
        status = am_generate(&search->master, search->pricer, &search->columns, &search->answer,
                             (struct am_generate_limits){.rounds = ROUNDS_BETWEEN,
                                                         .enough = 0.5,
                                                         .cutoff = search->objective,
                                                         .branch = am_marks_limits(&dive->marks),
                                                         .lp = am_search_lp_limits(search, 0),
                                                         .stop = am_search_stop,
                                                         .context = search},
                             &dive->best, solved, err);
    return status;
}

/* What is decided, and what the LP has whole of the rest, as a decision; it
 * need not be a roster yet. */
static void read_decision(struct dive *dive, bool solved)
{
    struct am_search *search = dive->search;
    if (solved) {
        am_master_read(&search->master, false, &search->scratch);
        return;
    }
    am_marks_read(&dive->marks, search->instance, &search->coupling, &search->scratch);
}

/* Decide, solve again, and take back a guess that turns out dear. */
static am_status dive_step(struct dive *dive, bool *solved, bool *over, struct am_err *err)
{
    const struct am_search *search = dive->search;
    double before = search->master.value;
    double dear = too_dear * (double)(search->fixed_only - search->bound);
    dive->guess = -1;
    am_status status = decide(dive, over, err);
    if (status == AM_OK && !*over)
        status = reoptimise(dive, solved, err);
    if (status != AM_OK || *over || !*solved || dive->guess < 0 ||
        search->master.value - before <= dear)
        return status;
    take_back(dive);
    return reoptimise(dive, solved, err);
}

/* Once it is decided which sessions run under whom, few people are shared out:
 * the engine's branch and cut places them, R11 and all. */
static am_status search_patterns(struct am_search *search, bool *found, struct am_err *err)
{
    struct am_lp_limits limits =
        am_search_lp_limits(search, am_search_nodes(search) * SEARCH_NODES);
    limits.plain = true;
    limits.absolute_gap = (double)am_search_tolerance(search) / 4;
    if (am_search_can_wait(search))
        limits.absolute_gap = fmax(
            limits.absolute_gap, fine_enough * ((double)search->objective - search->master.value));
    am_status status = am_master_search(&search->master, limits, &search->scratch, found, err);
    *found = *found && am_decision_points(search->instance, &search->scratch) != INT64_MAX;
    return status;
}

static am_status dive_to_end(struct dive *dive, struct am_err *err)
{
    struct am_search *search = dive->search;
    bool solved = false, over = false, found = false;
    am_status status = reoptimise(dive, &solved, err);
    while (status == AM_OK && solved && !over && !search->stopped && dive->stage != PATTERNS)
        status = dive_step(dive, &solved, &over, err);
    if (status == AM_OK && solved && !search->stopped)
        status = search_patterns(search, &found, err);
    if (status == AM_OK && !found && solved && !search->stopped)
        status = reoptimise(dive, &solved, err);
    while (status == AM_OK && !found && solved && !over && !search->stopped)
        status = dive_step(dive, &solved, &over, err);
    if (status == AM_OK && !found)
        read_decision(dive, solved);
    return status;
}

static am_status free_master(struct am_search *search, struct am_err *err)
{
    struct am_marks marks = {0};
    am_status status = am_marks_init(&marks, search->instance, &search->coupling, err);
    if (status == AM_OK)
        status = am_marks_apply(&marks, &search->master, err);
    am_marks_release(&marks);
    return status;
}

am_status am_dive(struct am_search *search, struct am_err *err)
{
    struct dive dive = {.search = search, .room.coupling = &search->coupling};
    am_status status = dive_init(&dive, err);
    if (status == AM_OK)
        status = dive_to_end(&dive, err);
    if (status == AM_OK)
        status = am_improve(search, err);
    if (status == AM_OK)
        status = free_master(search, err);
    dive_release(&dive);
    return status;
}
