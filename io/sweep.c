#include "io/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "model/policy.h"

enum { VALUE_MOST = 1000000, POUNDS_MOST = 1000000 };

static const struct {
    const char *name;
    bool wants_target;
    const char *target; /* what it is, in messages */
} verbs[AM_SWEEP_VERB_COUNT] = {
    [AM_SWEEP_ADD_PLACES] = {"add_places", false, "a project or a session"},
    [AM_SWEEP_ADD_SESSION] = {"add_session", true, "a session"},
    [AM_SWEEP_ADD_SUPERVISOR] = {"add_supervisor", true, "a supervisor"},
    [AM_SWEEP_SCALE_ARRIVALS] = {"scale_arrivals", false, NULL},
    [AM_SWEEP_POLICY] = {"policy", true, "a limit or a weight of the policy"},
};

/* ---- numbers ---- */

/* A whole number of -VALUE_MOST .. VALUE_MOST at *at, which moves behind it. */
static bool take_number(const char **at, int32_t *value)
{
    const char *digits = *at + (**at == '-');
    long number = 0;
    if (*digits < '0' || *digits > '9')
        return false;
    for (; *digits >= '0' && *digits <= '9'; digits++) {
        number = 10 * number + (*digits - '0');
        if (number > VALUE_MOST)
            return false;
    }
    *value = (int32_t)(**at == '-' ? -number : number);
    *at = digits;
    return true;
}

static bool take_word(const char **at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0)
        return false;
    *at += length;
    return true;
}

/* The values while a sweep is read. */
struct values {
    int32_t at[AM_SWEEP_POINTS];
    int count;
};

static bool take_range(const char **at, int32_t from, struct values *values)
{
    int32_t to, step = 1;
    if (!take_number(at, &to) || to < from || (take_word(at, "/") && !take_number(at, &step)) ||
        step < 1 || (to - from) / step >= AM_SWEEP_POINTS)
        return false;
    for (int32_t value = from; value <= to; value += step)
        values->at[values->count++] = value;
    return true;
}

static bool take_list(const char **at, int32_t first, struct values *values)
{
    values->at[values->count++] = first;
    while (take_word(at, ",")) {
        int32_t value;
        if (values->count == AM_SWEEP_POINTS || !take_number(at, &value) ||
            value <= values->at[values->count - 1])
            return false;
        values->at[values->count++] = value;
    }
    return true;
}

static bool take_values(const char **at, struct values *values)
{
    int32_t first;
    if (!take_number(at, &first))
        return false;
    return take_word(at, "..") ? take_range(at, first, values) : take_list(at, first, values);
}

/* ---- parsing ---- */

static am_status unknown_verb(const char *name, struct am_err *err)
{
    struct am_nearest nearest = {0};
    for (int i = 0; i < AM_SWEEP_VERB_COUNT; i++)
        am_nearest_offer(&nearest, name, verbs[i].name);
    return am_fail(err, AM_EINVALID, "found \"%s\", %s%s", name,
                   nearest.word ? "the nearest known name is " : "expected ",
                   nearest.word ? nearest.word
                                : "add_places, add_session, add_supervisor, scale_arrivals or "
                                  "policy");
}

/* NAME or NAME:TARGET, in arena. */
static am_status parse_name(struct am_sweep *sweep, const char *text, size_t length,
                            struct am_arena *arena, struct am_err *err)
{
    char *whole = am_arena_alloc(arena, length + 1, 1),
         *name = am_arena_alloc(arena, length + 1, 1);
    if (!whole || !name)
        return am_fail_memory(err);
    memcpy(whole, text, length);
    memcpy(name, text, length);
    char *colon = strchr(name, ':');
    if (colon)
        *colon = '\0';
    sweep->text = whole;
    sweep->target = colon ? colon + 1 : "";
    int verb = 0;
    while (verb < AM_SWEEP_VERB_COUNT && strcmp(verbs[verb].name, name) != 0)
        verb++;
    if (verb == AM_SWEEP_VERB_COUNT)
        return unknown_verb(name, err);
    sweep->verb = (enum am_sweep_verb)verb;
    if (verbs[verb].wants_target && *sweep->target == '\0')
        return am_fail(err, AM_EINVALID, "%s needs %s after a colon, as in %s:CODE=0..5", name,
                       verbs[verb].target, name);
    if (!verbs[verb].target && colon)
        return am_fail(err, AM_EINVALID, "%s takes no \":%s\"", name, sweep->target);
    return AM_OK;
}

am_status am_sweep_parse(struct am_sweep *sweep, const char *text, struct am_arena *arena,
                         struct am_err *err)
{
    struct values values = {.count = 0};
    const char *equals = strrchr(text, '='), *at = equals ? equals + 1 : NULL;
    *sweep = (struct am_sweep){0};
    if (!equals)
        return am_fail(err, AM_EINVALID,
                       "found \"%s\", expected NAME[:TARGET]=FROM..TO[/STEP][@POUNDS]", text);
    am_status status = parse_name(sweep, text, (size_t)(equals - text), arena, err);
    if (status != AM_OK)
        return status;
    if (!take_values(&at, &values))
        return am_fail(err, AM_EINVALID,
                       "found \"%s\", expected whole numbers, FROM..TO, FROM..TO/STEP, or a list "
                       "such as 1,2,5, ascending, at most %d of them",
                       equals + 1, AM_SWEEP_POINTS);
    sweep->has_cost = take_word(&at, "@");
    if (sweep->has_cost &&
        (!take_number(&at, &sweep->cost_pounds_each) || abs(sweep->cost_pounds_each) > POUNDS_MOST))
        return am_fail(err, AM_EINVALID, "found \"%s\", expected whole pounds after the @",
                       equals + 1);
    if (*at != '\0')
        return am_fail(err, AM_EINVALID, "found \"%s\" after the numbers of \"%s\"", at, text);
    int32_t *kept = AM_ARENA_NEW(arena, (size_t)values.count, int32_t);
    if (!kept)
        return am_fail_memory(err);
    memcpy(kept, values.at, (size_t)values.count * sizeof *kept);
    sweep->values = kept;
    sweep->count = values.count;
    return AM_OK;
}

/* ---- targets ---- */

/* Known names while a target is looked up. */
struct lookup {
    const char *wanted;
    bool found;
    struct am_nearest nearest;
};

static void look_at(struct lookup *lookup, const char *name)
{
    lookup->found = lookup->found || strcmp(lookup->wanted, name) == 0;
    am_nearest_offer(&lookup->nearest, lookup->wanted, name);
}

static void look_at_sessions(struct lookup *lookup, const struct am_caseload *caseload)
{
    for (int s = 0; s < caseload->session_count; s++)
        if (s == 0 || strcmp(caseload->sessions[s].id, caseload->sessions[s - 1].id) != 0)
            look_at(lookup, caseload->sessions[s].id);
}

static void look_at_policy(struct lookup *lookup)
{
    for (int i = 0; i < am_policy_field_count; i++)
        if (am_policy_fields[i].kind != AM_POLICY_SWITCH)
            look_at(lookup, am_policy_fields[i].name);
}

am_status am_sweep_resolve(struct am_sweep *sweep, const struct am_caseload *caseload,
                           struct am_err *err)
{
    struct lookup lookup = {.wanted = sweep->target};
    if (*sweep->target == '\0')
        return AM_OK;
    for (int i = 0; sweep->verb == AM_SWEEP_ADD_PLACES && i < caseload->project_count; i++)
        look_at(&lookup, caseload->projects[i].code);
    if (sweep->verb == AM_SWEEP_ADD_SESSION ||
        (sweep->verb == AM_SWEEP_ADD_PLACES && !lookup.found)) {
        look_at_sessions(&lookup, caseload);
        sweep->is_session = lookup.found;
    }
    for (int i = 0; sweep->verb == AM_SWEEP_ADD_SUPERVISOR && i < caseload->supervisor_count; i++)
        look_at(&lookup, caseload->supervisors[i].code);
    if (sweep->verb == AM_SWEEP_POLICY)
        look_at_policy(&lookup);
    if (lookup.found)
        return AM_OK;
    return am_fail(err, AM_EINVALID, "--sweep %s: there is no \"%s\", expected %s%s%s%s",
                   sweep->text, sweep->target, verbs[sweep->verb].target,
                   lookup.nearest.word ? "; the nearest known one is \"" : "",
                   lookup.nearest.word ? lookup.nearest.word : "", lookup.nearest.word ? "\"" : "");
}

/* ---- grids ---- */

int am_sweep_points(const struct am_sweep *sweeps, int count)
{
    int points = 1;
    for (int i = 0; i < count; i++) {
        if (sweeps[i].count > AM_SWEEP_POINTS / points)
            return AM_SWEEP_POINTS + 1;
        points *= sweeps[i].count;
    }
    return points;
}

struct am_sweep_point am_sweep_point(const struct am_sweep *sweeps, int count, int index)
{
    struct am_sweep_point point = {.sweeps = sweeps, .count = count};
    for (int i = count - 1; i >= 0; i--) {
        point.values[i] = sweeps[i].values[index % sweeps[i].count];
        index /= sweeps[i].count;
    }
    return point;
}
