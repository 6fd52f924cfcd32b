/*
 * The frame of the big model: what can be booked at all, columns and rows one
 * at a time, and the whole in order.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "solver/compact_model.h"

/* ---- columns and rows ---- */

static void fail(struct am_compact *compact, am_status status)
{
    if (compact->status == AM_OK)
        compact->status = status;
}

int am_compact_column(struct am_compact *compact, double cost, double upper, bool integer,
                      const char *fmt, ...)
{
    char name[AM_COMPACT_NAME];
    int column = -1;
    va_list args;
    if (compact->status != AM_OK)
        return -1;
    va_start(args, fmt);
    (void)vsnprintf(name, sizeof name, fmt, args);
    va_end(args);
    fail(compact, am_lp_add_column(compact->lp, cost, 0.0, upper, integer, name, 0, NULL, NULL,
                                   &column, compact->err));
    return compact->status == AM_OK ? column : -1;
}

void am_compact_row(struct am_compact *compact, double lower, double upper, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(compact->name, sizeof compact->name, fmt, args);
    va_end(args);
    compact->lower = lower;
    compact->upper = upper;
    compact->count = 0;
}

/* Rows grow seldom, and the arena takes what they grew out of. */
static bool grow_row(struct am_compact *compact)
{
    int room = compact->room < 64 ? 128 : 2 * compact->room;
    int *columns = AM_ARENA_NEW(compact->arena, (size_t)room, int);
    double *values = AM_ARENA_NEW(compact->arena, (size_t)room, double);
    if (!columns || !values) {
        fail(compact, am_fail_memory(compact->err));
        return false;
    }
    if (compact->count > 0) {
        memcpy(columns, compact->columns, (size_t)compact->count * sizeof *columns);
        memcpy(values, compact->values, (size_t)compact->count * sizeof *values);
    }
    compact->columns = columns;
    compact->values = values;
    compact->room = room;
    return true;
}

void am_compact_entry(struct am_compact *compact, int column, double value)
{
    if (column < 0 || compact->status != AM_OK)
        return;
    if (compact->count == compact->room && !grow_row(compact))
        return;
    compact->columns[compact->count] = column;
    compact->values[compact->count] = value;
    compact->count++;
}

void am_compact_minutes(struct am_compact *compact, int64_t pair, double value)
{
    am_compact_entry(compact, compact->x[pair], value * compact->minutes[pair]);
    am_compact_entry(compact, compact->cut[pair], -value);
}

void am_compact_minutes_towards(struct am_compact *compact, int64_t pair, int32_t enough)
{
    int32_t minutes = compact->minutes[pair];
    if (compact->cut[pair] >= 0 || minutes <= enough)
        am_compact_minutes(compact, pair, 1.0);
    else
        am_compact_entry(compact, compact->x[pair], enough);
}

void am_compact_end(struct am_compact *compact)
{
    int row = -1;
    if (compact->status != AM_OK || compact->count == 0)
        return;
    fail(compact, am_lp_add_row(compact->lp, compact->lower, compact->upper, compact->name, &row,
                                compact->err));
    if (compact->status == AM_OK)
        fail(compact, am_lp_set_row_entries(compact->lp, row, compact->count, compact->columns,
                                            compact->values, compact->err));
}

/* ---- what can be booked ---- */

/* The candidate may lead a group that is large enough (R9). */
static bool can_lead(const struct am_isession *at, const struct am_icandidate *candidate)
{
    return candidate->capacity >= at->min_heads;
}

static bool somebody_leads(const struct am_compact *compact, const struct am_isession *at,
                           int gender)
{
    for (int k = 0; k < at->candidate_count; k++) {
        int supervisor = at->candidates[k].supervisor;
        if (can_lead(at, &at->candidates[k]) &&
            (gender < 0 ||
             (int)compact->instance->caseload->supervisors[supervisor].gender == gender))
            return true;
    }
    return false;
}

/* R16: inductions are for those who need one. R10: somebody must lead. */
static bool can_book(const struct am_compact *compact, const struct am_iperson *person,
                     const struct am_ipair *pair)
{
    const struct am_isession *at = &compact->instance->sessions[pair->session];
    if (!at->open || (pair->induction && !person->needs_induction))
        return false;
    return !at->supervised || somebody_leads(compact, at, pair->supervisor_gender);
}

static void list_pairs(struct am_compact *compact)
{
    const struct am_instance *instance = compact->instance;
    for (int s = 0; s < instance->session_count; s++)
        compact->first_of[s + 1] += compact->first_of[s];
    for (int64_t i = 0; i < instance->pair_count; i++)
        if (compact->x[i] >= 0)
            compact->of_session[compact->first_of[instance->pairs[i].session]++] = i;
    for (int s = instance->session_count; s > 0; s--)
        compact->first_of[s] = compact->first_of[s - 1];
    compact->first_of[0] = 0;
}

/* Leave out the pairs that no roster can use: then sessions that can't reach
 * their minimum group (R9) are out too. x is 0 where there is to be a column. */
static void sift_pairs(struct am_compact *compact)
{
    const struct am_instance *instance = compact->instance;
    for (int p = 0; p < instance->person_count; p++) {
        const struct am_iperson *person = &instance->people[p];
        for (int64_t i = person->first_pair; i < person->first_pair + person->pair_count; i++) {
            const struct am_ipair *pair = &instance->pairs[i];
            compact->x[i] = can_book(compact, person, pair) ? 0 : -1;
            compact->cut[i] = compact->last[i] = -1;
            compact->minutes[i] =
                pair->minutes < person->free_min ? pair->minutes : person->free_min;
            compact->first_of[pair->session] += compact->x[i] >= 0;
        }
    }
    for (int64_t i = 0; i < instance->pair_count; i++) {
        int s = instance->pairs[i].session;
        if (!instance->sessions[s].must_run &&
            compact->first_of[s] < instance->sessions[s].min_heads)
            compact->x[i] = -1;
    }
    for (int s = 0; s < instance->session_count; s++)
        compact->first_of[s] = 0;
    for (int64_t i = 0; i < instance->pair_count; i++)
        compact->first_of[instance->pairs[i].session + 1] += compact->x[i] >= 0;
    list_pairs(compact);
}

static bool allocate(struct am_compact *compact)
{
    const struct am_instance *instance = compact->instance;
    size_t pairs = (size_t)instance->pair_count, sessions = (size_t)instance->session_count;
    size_t candidates = 0;
    compact->first_lead = AM_ARENA_NEW(compact->arena, sessions + 1, int);
    if (!compact->first_lead)
        return false;
    for (size_t s = 0; s < sessions; s++) {
        compact->first_lead[s] = (int)candidates;
        candidates += (size_t)instance->sessions[s].candidate_count;
    }
    compact->x = AM_ARENA_NEW(compact->arena, pairs, int);
    compact->cut = AM_ARENA_NEW(compact->arena, pairs, int);
    compact->last = AM_ARENA_NEW(compact->arena, pairs, int);
    compact->minutes = AM_ARENA_NEW(compact->arena, pairs, int32_t);
    compact->of_session = AM_ARENA_NEW(compact->arena, pairs, int64_t);
    compact->first_of = AM_ARENA_NEW(compact->arena, sessions + 2, int64_t);
    compact->run = AM_ARENA_NEW(compact->arena, sessions, int);
    compact->lead = AM_ARENA_NEW(compact->arena, candidates, int);
    return compact->x && compact->cut && compact->last && compact->minutes && compact->of_session &&
           compact->first_of && compact->run && compact->lead;
}

/* The constant is a column fixed to 1, which every reader of every format
 * understands alike. */
static void add_constant(struct am_compact *compact)
{
    if (compact->constant == 0.0) /* a column without any figure is more than CBC can read */
        return;
    int column = am_compact_column(compact, compact->constant, 1.0, false, "constant");
    if (column >= 0)
        fail(compact, am_lp_set_column_bounds(compact->lp, column, 1.0, 1.0, compact->err));
}

am_status am_compact_build(struct am_compact *compact, const struct am_instance *instance,
                           bool each, struct am_arena *arena, struct am_err *err)
{
    *compact = (struct am_compact){.instance = instance, .each = each, .arena = arena, .err = err};
    compact->constant = (double)instance->constant_points;
    if (!allocate(compact))
        return am_fail_memory(err);
    am_status status = am_lp_new(&compact->lp, err);
    if (status != AM_OK)
        return status;
    sift_pairs(compact);
    am_compact_people(compact);
    am_compact_sessions(compact);
    add_constant(compact);
    return compact->status;
}
