/*
 * Supervisors' rows (R10) over the options to run sessions under them.
 */
#include "solver/coupling_build.h"
#include "solver/hours.h"

static int32_t add_row(struct am_coupling_build *build, int32_t most)
{
    return am_build_row(build, (struct am_row){-AM_ROW_FREE, most, AM_R10, -1, AM_ROW_SUPERVISOR});
}

/* The option under which m leads s; -1: none. */
static int32_t find_option(const struct am_coupling_build *build, int supervisor, int session)
{
    int32_t first = build->coupling->first_var[session];
    for (int32_t v = first; v < first + build->coupling->option_count[session]; v++)
        if (build->vars[v].supervisor == supervisor)
            return v;
    return -1;
}

/* At most one of the sessions that hold one instant. */
static void add_clash(struct am_coupling_build *build, const struct am_iclash *clash)
{
    int32_t row = add_row(build, 1);
    for (int i = 0; i < clash->count; i++) {
        int32_t v = find_option(build, clash->supervisor, clash->sessions[i]);
        if (v >= 0)
            am_build_var_entry(build, v, row, 1);
    }
}

/* ---- hours ---- */

/* Options by the supervisor who leads: of m from first[m] to before first[m + 1]. */
struct led {
    int32_t *first, *options;
};

/* By counting. */
static bool list_led(const struct am_coupling_build *build, struct am_arena *arena, struct led *led)
{
    size_t supervisors = (size_t)build->instance->supervisor_count;
    led->first = AM_ARENA_NEW(arena, supervisors + 2, int32_t);
    led->options = AM_ARENA_NEW(arena, build->var_count, int32_t);
    if (!led->first || !led->options)
        return false;
    for (size_t v = 0; v < build->var_count; v++)
        if (build->vars[v].supervisor >= 0)
            led->first[build->vars[v].supervisor + 2]++;
    for (size_t m = 2; m < supervisors + 2; m++)
        led->first[m] += led->first[m - 1];
    for (size_t v = 0; v < build->var_count; v++)
        if (build->vars[v].supervisor >= 0)
            led->options[led->first[build->vars[v].supervisor + 1]++] = (int32_t)v;
    return true;
}

/* The options under one supervisor in one week. */
struct week {
    int32_t *options;
    struct am_hours_session *sessions;
    int count;
};

static const struct am_isession *session_of(const struct am_coupling_build *build, int32_t v)
{
    return &build->instance->sessions[build->vars[v].session];
}

static bool list_week(const struct am_coupling_build *build, const struct led *led,
                      const struct am_ihours *hours, struct am_arena *arena, struct week *week)
{
    int32_t first = led->first[hours->supervisor], last = led->first[hours->supervisor + 1];
    size_t room = (size_t)(last - first);
    week->count = 0;
    week->options = AM_ARENA_NEW(arena, room, int32_t);
    week->sessions = AM_ARENA_NEW(arena, room, struct am_hours_session);
    if (!week->options || !week->sessions)
        return false;
    for (int32_t i = first; i < last; i++) {
        const struct am_isession *at = session_of(build, led->options[i]);
        if (at->day / 7 != hours->week)
            continue;
        week->options[week->count] = led->options[i];
        week->sessions[week->count++] = (struct am_hours_session){at->day, at->start, at->minutes};
    }
    return true;
}

/* sum_s len_s t_ms <= minutes left in the week, and what follows from it for whole
 * solutions (solver/hours.h). */
static bool add_hours(struct am_coupling_build *build, const struct led *led,
                      const struct am_ihours *hours, struct am_arena *arena)
{
    struct week week;
    struct am_hours_cuts cuts;
    struct am_err ignored;
    if (!list_week(build, led, hours, arena, &week) ||
        am_hours_find(week.sessions, week.count, hours->left_min, arena, &cuts, &ignored) != AM_OK)
        return false;
    int32_t row = add_row(build, hours->left_min);
    for (int i = 0; i < week.count; i++)
        am_build_var_entry(build, week.options[i], row,
                           session_of(build, week.options[i])->minutes);
    for (int c = 0; c < cuts.count; c++) {
        row = add_row(build, cuts.at[c].most);
        for (int i = 0; i < week.count; i++)
            am_build_var_entry(
                build, week.options[i], row,
                am_hours_weight(&cuts, &cuts.at[c], session_of(build, week.options[i])->minutes));
    }
    return true;
}

void am_coupling_supervisors(struct am_coupling_build *build)
{
    const struct am_instance *instance = build->instance;
    struct am_arena scratch;
    struct led led;
    for (int i = 0; i < instance->clash_count; i++)
        add_clash(build, &instance->clashes[i]);
    am_arena_init(&scratch);
    bool good = !build->failed && list_led(build, &scratch, &led);
    for (int i = 0; i < instance->hours_count && good; i++)
        good = add_hours(build, &led, &instance->hours[i], &scratch);
    am_arena_release(&scratch);
    if (!good)
        build->failed = true;
}
