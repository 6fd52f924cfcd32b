#include "cli/scenario_sweep.h"

#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "command/options.h"

enum { PENCE = 100, POUNDS_MOST = 1000000 };

/* ---- the command line ---- */

static int parse_figure(struct am_sweeps *sweeps, const struct am_command *command,
                        const char *figure)
{
    struct am_nearest nearest = {0};
    sweeps->figure = AM_FIGURE_minutes;
    for (int i = 0; figure && i < AM_FIGURE_COUNT; i++) {
        if (strcmp(am_figure_table[i].name, figure) == 0) {
            sweeps->figure = (enum am_figure)i;
            return -1;
        }
        am_nearest_offer(&nearest, figure, am_figure_table[i].name);
    }
    if (!figure)
        return -1;
    return am_usage_error(command, "--figure: found \"%s\", %s%s", figure,
                          nearest.word ? "the nearest known figure is "
                                       : "expected a column of scenarios.csv, such as ",
                          nearest.word ? nearest.word : "minutes");
}

/* "12" or "0.25" pounds as pence; -1: it is not that. */
static int64_t parse_pounds(const char *text)
{
    int64_t pence = 0;
    int decimals = -1; /* none yet */
    const char *at = text;
    for (; *at; at++) {
        if (*at == '.' && decimals < 0 && at > text) {
            decimals = 0;
            continue;
        }
        if (*at < '0' || *at > '9' || decimals == 2 || pence > (int64_t)POUNDS_MOST * PENCE)
            return -1;
        pence = 10 * pence + (*at - '0');
        decimals += decimals >= 0;
    }
    if (at == text || decimals == 0)
        return -1;
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
        pence *= 10;
    return pence <= (int64_t)POUNDS_MOST * PENCE ? pence : -1;
}

static int parse_worth(struct am_sweeps *sweeps, const struct am_command *command,
                       const char *worth)
{
    sweeps->worth_pence = worth ? parse_pounds(worth) : -1;
    if (worth && sweeps->worth_pence < 0)
        return am_usage_error(command,
                              "--worth: found \"%s\", expected pounds for one unit of the figure, "
                              "such as 12 or 0.25",
                              worth);
    if (worth && am_figure_table[sweeps->figure].better == 0)
        return am_usage_error(command, "--worth: neither more nor less of \"%s\" is better",
                              am_figure_table[sweeps->figure].name);
    return -1;
}

int am_sweeps_parse(struct am_sweeps *sweeps, const struct am_command *command,
                    const char *const *texts, int count, const char *figure, const char *worth)
{
    struct am_err err;
    *sweeps = (struct am_sweeps){0};
    am_arena_init(&sweeps->arena);
    if (count == 0 && (figure || worth))
        return am_usage_error(command, "--%s needs --sweep", figure ? "figure" : "worth");
    if (count > AM_SWEEP_MOST)
        return am_usage_error(command, "--sweep is given %d times, at most %d are possible", count,
                              AM_SWEEP_MOST);
    for (int i = 0; i < count; i++) {
        am_status status = am_sweep_parse(&sweeps->at[i], texts[i], &sweeps->arena, &err);
        if (status == AM_ENOMEM)
            return am_report_error(&err);
        if (status != AM_OK)
            return am_usage_error(command, "--sweep: %s", err.msg);
    }
    sweeps->count = count;
    if (am_sweep_points(sweeps->at, count) > AM_SWEEP_POINTS)
        return am_usage_error(command, "--sweep: the grid has more than %d points",
                              AM_SWEEP_POINTS);
    int code = parse_figure(sweeps, command, figure);
    return code >= 0 ? code : parse_worth(sweeps, command, worth);
}

void am_sweeps_release(struct am_sweeps *sweeps)
{
    am_arena_release(&sweeps->arena);
}

/* ---- tasks ---- */

int am_sweeps_tasks(const struct am_sweeps *sweeps, int curves)
{
    return sweeps->count == 0 ? 0 : curves * am_sweep_points(sweeps->at, sweeps->count);
}

/* What a name may have of a text; the rest is left out. */
static void add_to_name(struct am_text *name, const char *text)
{
    for (; *text; text++) {
        bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
                      (*text >= '0' && *text <= '9') || *text == '_' || *text == '.';
        am_text_char(name, letter ? *text : '-');
    }
}

/* "add_places-TOW-5", on a scenario "closed.add_places-TOW-5"; one that would be
 * too long is "point-17" or "closed.point-17" by its number, or else that alone. */
static const char *point_name(struct am_sweeps *sweeps, const struct am_sweep_point *point,
                              const char *on, int number, struct am_err *err)
{
    char short_name[AM_SCENARIO_NAME];
    struct am_text name = {0};
    if (on)
        am_text_format(&name, "%s.", on);
    size_t prefix = name.size;
    for (int i = 0; i < point->count; i++) {
        am_text_add(&name, i ? "." : "");
        add_to_name(&name, point->sweeps[i].text);
        am_text_format(&name, "-%d", (int)point->values[i]);
    }
    (void)snprintf(short_name, sizeof short_name, "point-%d", number);
    if (name.size >= AM_SCENARIO_NAME && prefix + strlen(short_name) < AM_SCENARIO_NAME) {
        am_text_clear(&name);
        am_text_format(&name, "%s%s%s", on ? on : "", on ? "." : "", short_name);
    } else if (name.size >= AM_SCENARIO_NAME) {
        am_text_clear(&name);
        am_text_add(&name, short_name);
    }
    const char *kept = NULL;
    if (am_text_status(&name, err) == AM_OK) {
        kept = am_arena_strdup(&sweeps->arena, am_text_string(&name));
        if (!kept)
            (void)am_fail_memory(err);
    }
    am_text_release(&name);
    return kept;
}

/* One point on one scenario (NULL: the base). */
static am_status make_task(struct am_sweeps *sweeps, const struct am_scenario_base *base,
                           const struct am_document *on, const char *on_name, int number,
                           struct am_scenario_task *task, struct am_err *err)
{
    int points = am_sweep_points(sweeps->at, sweeps->count);
    struct am_sweep_point point = am_sweep_point(sweeps->at, sweeps->count, number % points);
    struct am_text text = {0};
    const char *name = point_name(sweeps, &point, on_name, number + 1, err);
    if (!name)
        return AM_ENOMEM;
    am_status status = am_sweep_scenario(&point, name, on, &base->derived.caseload, &text, err);
    char *kept = NULL;
    if (status == AM_OK) {
        kept = am_arena_strdup(&sweeps->arena, am_text_string(&text));
        status = kept ? AM_OK : am_fail_memory(err);
    }
    *task = (struct am_scenario_task){.scenario = {name, kept, text.size}};
    am_text_release(&text);
    return status;
}

/* The name that a scenario gives itself; NULL: the base. */
static am_status name_of(struct am_sweeps *sweeps, const struct am_document *document,
                         const char **name, struct am_err *err)
{
    struct am_scenario scenario;
    struct am_diag diag;
    *name = NULL;
    if (!document)
        return AM_OK;
    am_diag_init(&diag);
    am_status status = am_scenario_read(&scenario, document, &sweeps->arena, &diag, err);
    am_diag_release(&diag);
    if (status == AM_OK) {
        *name = am_arena_strdup(&sweeps->arena, scenario.name);
        status = *name ? AM_OK : am_fail_memory(err);
    }
    return status;
}

am_status am_sweeps_make(struct am_sweeps *sweeps, const struct am_scenario_base *base,
                         const struct am_scenario_task *scenarios, int curves,
                         struct am_scenario_task *tasks, struct am_err *err)
{
    int points = am_sweep_points(sweeps->at, sweeps->count);
    am_status status = AM_OK;
    for (int i = 0; i < sweeps->count && status == AM_OK; i++)
        status = am_sweep_resolve(&sweeps->at[i], &base->derived.caseload, err);
    for (int curve = 0; curve < curves && status == AM_OK && sweeps->count > 0; curve++) {
        const struct am_document *on = curve > 0 ? &scenarios[curve - 1].scenario : NULL;
        const char *name;
        status = name_of(sweeps, on, &name, err);
        for (int i = curve * points; i < (curve + 1) * points && status == AM_OK; i++)
            status = make_task(sweeps, base, on, name, i, &tasks[i], err);
    }
    return status;
}
