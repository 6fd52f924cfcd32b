#include "solver/coupling.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "solver/coupling_build.h"
#include "solver/profile.h"

int32_t am_build_row(struct am_coupling_build *build, struct am_row row)
{
    if (build->failed ||
        !am_grow((void **)&build->rows, &build->row_room, build->row_count + 1, sizeof row)) {
        build->failed = true;
        return 0;
    }
    build->rows[build->row_count] = row;
    return (int32_t)build->row_count++;
}

int32_t am_build_var(struct am_coupling_build *build, struct am_var var)
{
    if (build->failed ||
        !am_grow((void **)&build->vars, &build->var_room, build->var_count + 1, sizeof var)) {
        build->failed = true;
        return 0;
    }
    build->vars[build->var_count] = var;
    return (int32_t)build->var_count++;
}

static void add_entry(struct am_coupling_build *build, struct am_entry_heap *heap, int64_t owner,
                      int32_t row, int32_t value)
{
    if (value == 0)
        return;
    if (build->failed ||
        !am_grow((void **)&heap->at, &heap->room, heap->count + 1, sizeof *heap->at)) {
        build->failed = true;
        return;
    }
    heap->at[heap->count++] = (struct am_loose_entry){owner, {row, value}};
}

void am_build_var_entry(struct am_coupling_build *build, int32_t var, int32_t row, int32_t value)
{
    add_entry(build, &build->var_heap, var, row, value);
}

static void pair_entry(struct am_coupling_build *build, int64_t pair, int32_t row, int32_t value)
{
    add_entry(build, &build->pair_heap, pair, row, value);
}

bool am_build_is_who(const struct am_coupling_build *build, int64_t k, enum am_who who)
{
    const struct am_ipair *pair = &build->instance->pairs[k];
    const struct am_iperson *person = &build->instance->people[build->person_of[k]];
    switch (who) {
    case AM_WHO_EVERYBODY:
        return true;
    case AM_WHO_MEN:
        return person->man;
    case AM_WHO_NOT_MEN:
        return !person->man;
    case AM_WHO_WOMEN:
        return person->woman;
    case AM_WHO_LONE_WOMEN:
        return pair->lone_woman;
    }
    return false;
}

int32_t am_build_count_who(const struct am_coupling_build *build, int s, enum am_who who)
{
    int32_t count = 0;
    for (int64_t i = build->coupling->session_first[s]; i < build->coupling->session_first[s + 1];
         i++)
        count += am_build_is_who(build, build->coupling->by_session[i], who);
    return count;
}

void am_build_heads(struct am_coupling_build *build, int s, enum am_who who, int32_t row)
{
    for (int64_t i = build->coupling->session_first[s]; i < build->coupling->session_first[s + 1];
         i++)
        if (am_build_is_who(build, build->coupling->by_session[i], who))
            pair_entry(build, build->coupling->by_session[i], row, 1);
}

void am_build_options(struct am_coupling_build *build, int s, int32_t first, int32_t row,
                      int32_t value)
{
    for (int32_t v = first; v < (int32_t)build->var_count; v++) {
        const struct am_var *var = &build->vars[v];
        if (var->session == s && var->kind == AM_VAR_OPTION)
            am_build_var_entry(build, v, row, value);
    }
}

/* The ways in which session s can run. */
static void add_options(struct am_coupling_build *build, int s)
{
    const struct am_isession *at = &build->instance->sessions[s];
    if (!at->supervised) {
        am_build_var(build, (struct am_var){AM_VAR_OPTION, s, -1, 1, true, at->run_cost});
        return;
    }
    for (int c = 0; c < at->candidate_count; c++)
        am_build_var(build, (struct am_var){AM_VAR_OPTION, s, at->candidates[c].supervisor, 1, true,
                                            at->run_cost + at->candidates[c].cost});
    if (at->must_run)
        am_build_var(build,
                     (struct am_var){AM_VAR_OPTION, s, -1, 1, true, at->run_cost + at->unled_cost});
}

/* New bookings that option v of the session allows (R8, R10). */
static int32_t option_room(const struct am_isession *at, int option)
{
    if (!at->supervised)
        return at->capacity - at->fixed_heads;
    if (option >= at->candidate_count)
        return 0; /* unled: only those who are fixed */
    int32_t capacity = at->candidates[option].capacity;
    return (capacity < at->capacity ? capacity : at->capacity) - at->fixed_heads;
}

/* R8, R10: sum_p x_ps <= sum_v room_v t_v. */
static void add_places(struct am_coupling_build *build, int s, int32_t first)
{
    const struct am_isession *at = &build->instance->sessions[s];
    int32_t row = am_build_row(build, (struct am_row){-AM_ROW_FREE, 0, AM_R8, s, AM_ROW_PLACES});
    am_build_heads(build, s, AM_WHO_EVERYBODY, row);
    for (int32_t v = first; v < (int32_t)build->var_count; v++)
        if (build->vars[v].kind == AM_VAR_OPTION)
            am_build_var_entry(build, v, row, -option_room(at, v - first));
}

/* Heads that must come beside the fixed ones, if the session runs (R9). */
static int32_t heads_needed(const struct am_isession *at)
{
    return at->min_heads - at->fixed_heads;
}

/* R9: sum_p x_ps >= (min_s - f_s) sum_v t_v. */
static void add_minimum(struct am_coupling_build *build, int s, int32_t first)
{
    const struct am_isession *at = &build->instance->sessions[s];
    if (heads_needed(at) < 1)
        return;
    int32_t row = am_build_row(build, (struct am_row){0, AM_ROW_FREE, AM_R9, s, AM_ROW_MINIMUM});
    am_build_heads(build, s, AM_WHO_EVERYBODY, row);
    am_build_options(build, s, first, row, -heads_needed(at));
}

/* S9: short_s + sum_p x_ps >= (company_s - f_s) sum_v t_v. */
static void add_company(struct am_coupling_build *build, int s, int32_t first)
{
    const struct am_isession *at = &build->instance->sessions[s];
    int32_t wanted = at->company_heads - at->fixed_heads;
    int32_t weight = build->instance->policy->weights.near_empty_head;
    if (wanted <= heads_needed(at) || wanted < 1 || weight == 0)
        return;
    int32_t row = am_build_row(build, (struct am_row){0, AM_ROW_FREE, AM_R8, s, AM_ROW_COMPANY});
    am_build_options(build, s, first, row, -wanted);
    int32_t heads_short =
        am_build_var(build, (struct am_var){AM_VAR_SHORT, s, -1, wanted, false, weight});
    am_build_heads(build, s, AM_WHO_EVERYBODY, row);
    am_build_var_entry(build, heads_short, row, 1);
}

/* S11: over_s - sum_p att_p x_ps + (100 places_s - att of f_s) sum_v t_v >= 0. */
static void add_stand_downs(struct am_coupling_build *build, int s, int32_t first)
{
    const struct am_instance *instance = build->instance;
    const struct am_isession *at = &instance->sessions[s];
    int32_t weight = instance->policy->weights.stand_down;
    if (!at->stand_down_rule || weight == 0)
        return;
    int32_t row = am_build_row(build, (struct am_row){0, AM_ROW_FREE, AM_R8, s, AM_ROW_STAND_DOWN});
    am_build_options(build, s, first, row, at->places100 - at->fixed_attendance);
    int32_t over =
        am_build_var(build, (struct am_var){AM_VAR_OVER, s, -1, 100 * at->capacity, false, weight});
    am_build_var_entry(build, over, row, 1);
    for (int64_t i = build->coupling->session_first[s]; i < build->coupling->session_first[s + 1];
         i++) {
        int64_t k = build->coupling->by_session[i];
        pair_entry(build, k, row, -instance->people[build->person_of[k]].attendance_percent);
    }
}

/* R10: those who demand gender g come only under a leader who has it:
 * sum_{p demands g} x_ps <= N sum_{v: g} t_v. */
static void add_gender(struct am_coupling_build *build, int s, int32_t first, int gender)
{
    const struct am_instance *instance = build->instance;
    const struct am_isession *at = &instance->sessions[s];
    int32_t demanding = 0;
    for (int64_t i = build->coupling->session_first[s]; i < build->coupling->session_first[s + 1];
         i++)
        demanding += instance->pairs[build->coupling->by_session[i]].supervisor_gender == gender;
    if (demanding == 0)
        return;
    int32_t room = at->capacity - at->fixed_heads;
    int32_t most = demanding < room ? demanding : room;
    int32_t row =
        am_build_row(build, (struct am_row){-AM_ROW_FREE, 0, AM_R10, s, AM_ROW_GENDER + gender});
    for (int64_t i = build->coupling->session_first[s]; i < build->coupling->session_first[s + 1];
         i++)
        if (instance->pairs[build->coupling->by_session[i]].supervisor_gender == gender)
            pair_entry(build, build->coupling->by_session[i], row, 1);
    for (int32_t v = first; v < (int32_t)build->var_count; v++) {
        const struct am_var *var = &build->vars[v];
        if (var->kind == AM_VAR_OPTION && var->supervisor >= 0 &&
            (int)instance->caseload->supervisors[var->supervisor].gender == gender)
            am_build_var_entry(build, v, row, -most);
    }
}

/* For whole values the rows above say it all; fractions they let run a tenth of
 * a session for one person, or under a supervisor of the gender that one of many
 * demands. So the pairs are linked to it (R8 and R10, as in facility location),
 * unless it runs in any case or a lone person is no worse than many. */
static void add_links(struct am_coupling_build *build, int s)
{
    const struct am_isession *at = &build->instance->sessions[s];
    if (!at->supervised && (at->must_run || (at->min_heads <= 1 && at->company_heads <= 1)))
        return;
    for (int64_t i = build->coupling->session_first[s]; i < build->coupling->session_first[s + 1];
         i++)
        build->coupling->links[build->coupling->by_session[i]] |= AM_LINK_RUNS;
}

static void add_session(struct am_coupling_build *build, int s)
{
    struct am_coupling *coupling = build->coupling;
    const struct am_isession *at = &build->instance->sessions[s];
    int32_t first = (int32_t)build->var_count;
    coupling->first_var[s] = first;
    if (!at->open || (build->coupling->session_first[s] == build->coupling->session_first[s + 1] &&
                      !at->must_run))
        return;
    add_options(build, s);
    coupling->option_count[s] = (int32_t)build->var_count - first;
    add_places(build, s, first);
    add_minimum(build, s, first);
    add_company(build, s, first);
    add_stand_downs(build, s, first);
    for (int gender = AM_FEMALE; gender <= AM_GENDER_UNKNOWN; gender++)
        add_gender(build, s, first, gender);
    am_coupling_lone_women(build, s, first);
    add_links(build, s);
}

/* R12: x_ps + x_qs <= 1. */
static void add_apart(struct am_coupling_build *build, const struct am_iapart *apart)
{
    int32_t row =
        am_build_row(build, (struct am_row){-AM_ROW_FREE, 1, AM_R12, apart->session, AM_ROW_APART});
    pair_entry(build, apart->pair_a, row, 1);
    pair_entry(build, apart->pair_b, row, 1);
}

/* The pairs of each session, by counting. */
static bool list_by_session(struct am_coupling_build *build)
{
    const struct am_instance *instance = build->instance;
    size_t sessions = (size_t)instance->session_count;
    for (int64_t k = 0; k < instance->pair_count; k++)
        build->coupling->session_first[instance->pairs[k].session + 2]++;
    for (size_t s = 2; s < sessions + 2; s++)
        build->coupling->session_first[s] += build->coupling->session_first[s - 1];
    for (int64_t k = 0; k < instance->pair_count; k++)
        build->coupling
            ->by_session[build->coupling->session_first[instance->pairs[k].session + 1]++] = k;
    return true;
}

/* Sort loose entries to their owners: compressed rows, stable. */
static bool sort_entries(const struct am_entry_heap *heap, int64_t owners, struct am_arena *arena,
                         int64_t **first_out, struct am_entry **entries_out)
{
    int64_t *first = AM_ARENA_NEW(arena, (size_t)owners + 2, int64_t);
    struct am_entry *entries = AM_ARENA_NEW(arena, heap->count, struct am_entry);
    if (!first || !entries)
        return false;
    for (size_t i = 0; i < heap->count; i++)
        first[heap->at[i].owner + 2]++;
    for (int64_t o = 2; o < owners + 2; o++)
        first[o] += first[o - 1];
    for (size_t i = 0; i < heap->count; i++)
        entries[first[heap->at[i].owner + 1]++] = heap->at[i].entry;
    *first_out = first;
    *entries_out = entries;
    return true;
}

/* The pairs' entries, as profiles. */
static bool make_profiles(struct am_coupling_build *build, struct am_arena *arena)
{
    struct am_coupling *coupling = build->coupling;
    struct am_arena scratch;
    int64_t *first = NULL;
    struct am_entry *entries = NULL;
    am_arena_init(&scratch);
    bool good = sort_entries(&build->pair_heap, coupling->pair_count, &scratch, &first, &entries) &&
                am_profiles_make(coupling, build->instance->session_count, first, entries, arena);
    am_arena_release(&scratch);
    return good;
}

/* Whom a way to run a session lets in. */
static uint8_t opens_to(const struct am_coupling_build *build, int s, int32_t v)
{
    const struct am_instance *instance = build->instance;
    int32_t leader = build->vars[v].supervisor;
    if (option_room(&instance->sessions[s], v - build->coupling->first_var[s]) < 1)
        return 0;
    if (leader < 0)
        return 1;
    return (uint8_t)(1 | 1 << (1 + (int)instance->caseload->supervisors[leader].gender));
}

static bool finish(struct am_coupling_build *build, struct am_arena *arena)
{
    struct am_coupling *coupling = build->coupling;
    coupling->rows = AM_ARENA_NEW(arena, build->row_count, struct am_row);
    coupling->vars = AM_ARENA_NEW(arena, build->var_count, struct am_var);
    if (build->failed || !coupling->rows || !coupling->vars)
        return false;
    if (build->row_count)
        memcpy(coupling->rows, build->rows, build->row_count * sizeof *build->rows);
    if (build->var_count)
        memcpy(coupling->vars, build->vars, build->var_count * sizeof *build->vars);
    coupling->opens = AM_ARENA_NEW(arena, build->var_count, uint8_t);
    if (!coupling->opens)
        return false;
    for (int s = 0; s < build->instance->session_count; s++)
        for (int32_t v = coupling->first_var[s];
             v < coupling->first_var[s] + coupling->option_count[s]; v++)
            coupling->opens[v] = opens_to(build, s, v);
    coupling->row_count = (int32_t)build->row_count;
    coupling->var_count = (int32_t)build->var_count;
    return sort_entries(&build->var_heap, coupling->var_count, arena, &coupling->var_first,
                        &coupling->var_entries) &&
           make_profiles(build, arena);
}

/* Arrays by pair and session that are filled on the way. */
static bool make_links(struct am_coupling_build *build, struct am_arena *arena)
{
    struct am_coupling *coupling = build->coupling;
    size_t sessions = (size_t)build->instance->session_count;
    size_t pairs = (size_t)build->instance->pair_count;
    coupling->pair_count = build->instance->pair_count;
    coupling->links = AM_ARENA_NEW(arena, pairs, uint8_t);
    coupling->session_first = AM_ARENA_NEW(arena, sessions + 2, int64_t);
    coupling->by_session = AM_ARENA_NEW(arena, pairs, int64_t);
    for (int i = 0; i < 2; i++) {
        coupling->presence[i] = AM_ARENA_NEW(arena, sessions, int32_t);
        for (size_t s = 0; coupling->presence[i] && s < sessions; s++)
            coupling->presence[i][s] = -1;
    }
    coupling->never_both = AM_ARENA_NEW(arena, sessions, bool);
    return coupling->links && coupling->session_first && coupling->by_session &&
           coupling->presence[0] && coupling->presence[1] && coupling->never_both;
}

static bool add_all(struct am_coupling_build *build)
{
    const struct am_instance *instance = build->instance;
    if (!list_by_session(build))
        return false;
    for (int s = 0; s < instance->session_count; s++)
        add_session(build, s);
    build->coupling->first_var[instance->session_count] = (int32_t)build->var_count;
    am_coupling_supervisors(build);
    for (int64_t i = 0; i < instance->apart_count; i++)
        add_apart(build, &instance->aparts[i]);
    return !build->failed;
}

static bool list_people(struct am_coupling_build *build)
{
    const struct am_instance *instance = build->instance;
    build->person_of = malloc(((size_t)instance->pair_count + 1) * sizeof *build->person_of);
    if (!build->person_of)
        return false;
    for (int32_t p = 0; p < instance->person_count; p++)
        for (int64_t i = 0; i < instance->people[p].pair_count; i++)
            build->person_of[instance->people[p].first_pair + i] = p;
    return true;
}

am_status am_coupling_build(const struct am_instance *instance, struct am_arena *arena,
                            struct am_coupling *coupling, struct am_err *err)
{
    struct am_coupling_build build = {.instance = instance, .coupling = coupling};
    *coupling = (struct am_coupling){0};
    coupling->first_var = AM_ARENA_NEW(arena, (size_t)instance->session_count + 1, int32_t);
    coupling->option_count = AM_ARENA_NEW(arena, (size_t)instance->session_count, int32_t);
    bool built = coupling->first_var && coupling->option_count && list_people(&build) &&
                 make_links(&build, arena) && add_all(&build) && finish(&build, arena);
    free(build.person_of);
    free(build.rows);
    free(build.vars);
    free(build.var_heap.at);
    free(build.pair_heap.at);
    return built ? AM_OK : am_fail_memory(err);
}
