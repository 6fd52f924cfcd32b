/* Who works and when: add_supervisor, remove_supervisor, add_available. */
#include "io/caseload_patch_parts.h"

#include <stdio.h>
#include <string.h>

enum { COPIES_MOST = 100, CODE_BYTES = 512 };

/* ---- add_supervisor ---- */

enum {
    S_VERB,
    S_COST,
    S_EACH,
    S_CODE,
    S_LIKE,
    S_COPIES,
    S_NAME,
    S_GENDER,
    S_AVAILABLE,
    S_UNAVAILABLE,
    S_GROUP_LIMIT,
    S_WEEKLY_MAX,
    S_PROJECTS,
    S_COUNT
};

static const struct am_json_key supervisor_keys[S_COUNT] = {
    [S_VERB] = {"verb", true},
    [S_COST] = {"cost_pounds", false},
    [S_EACH] = {"cost_pounds_each", false},
    [S_CODE] = {"code", true},
    [S_LIKE] = {"like", false},
    [S_COPIES] = {"count", false},
    [S_NAME] = {"name", false},
    [S_GENDER] = {"gender", false},
    [S_AVAILABLE] = {"available", false},
    [S_UNAVAILABLE] = {"unavailable", false},
    [S_GROUP_LIMIT] = {"group_limit", false},
    [S_WEEKLY_MAX] = {"weekly_max_minutes", false},
    [S_PROJECTS] = {"projects", false},
};

static cJSON *make_supervisor(struct am_patch *patch, const cJSON *like, const cJSON *const *key,
                              int number)
{
    char code[CODE_BYTES];
    cJSON *supervisor =
        like ? am_patch_clone(patch, like, key[S_LIKE]) : am_patch_object(patch, key[S_CODE]);
    if (number > 1)
        (void)snprintf(code, sizeof code, "%s-%d", key[S_CODE]->valuestring, number);
    if (like) {
        cJSON_DeleteItemFromObjectCaseSensitive(supervisor, "name");
        cJSON_DeleteItemFromObjectCaseSensitive(supervisor, "unavailable");
    }
    am_patch_put(patch, supervisor, "code",
                 number > 1 ? am_patch_text(patch, code, key[S_CODE])
                            : am_patch_copy_whole(patch, key[S_CODE]));
    for (int k = S_NAME; k < S_COUNT; k++)
        if (key[k])
            am_patch_put(patch, supervisor, supervisor_keys[k].name,
                         am_patch_copy_whole(patch, key[k]));
    return supervisor;
}

void am_verb_add_supervisor(struct am_patch *patch, const cJSON *value)
{
    struct am_json *json = &patch->scenario;
    const cJSON *key[S_COUNT];
    if (!am_json_keys(json, value, supervisor_keys, S_COUNT, key))
        return;
    bool code = key[S_CODE] && am_json_id(json, key[S_CODE]);
    const cJSON *like = am_patch_refer(patch, "supervisors", key[S_LIKE]);
    int count = am_json_whole(json, key[S_COPIES], 0, COPIES_MOST, 1);
    if (!code || (key[S_LIKE] && !like))
        return;
    for (int i = 1; i <= count; i++)
        am_patch_append(patch, patch->base.root, "supervisors",
                        make_supervisor(patch, like, key, i), value);
}

/* ---- remove_supervisor ---- */

enum { R_VERB, R_COST, R_SUPERVISOR, R_FROM, R_TO, R_COUNT };

static const struct am_json_key remove_keys[R_COUNT] = {
    [R_VERB] = {"verb", true},
    [R_COST] = {"cost_pounds", false},
    [R_SUPERVISOR] = {"supervisor", true},
    [R_FROM] = {"from", false},
    [R_TO] = {"to", false},
};

static bool is_led(const cJSON *at, const char *code, struct am_patch_period period)
{
    const char *leader = am_patch_string(at, "supervisor");
    am_date date = am_patch_date_of(at, "date");
    return leader && strcmp(leader, code) == 0 && date >= period.from &&
           (period.to == AM_NO_DATE || date <= period.to);
}

/* A pin is stronger than an absence, so pins of that supervisor go. */
static void unpin_sessions(struct am_patch *patch, const char *code, struct am_patch_period period,
                           const cJSON *why)
{
    cJSON *projects = am_patch_member(patch->base.root, "projects"), *project, *session, *override;
    cJSON_ArrayForEach(project, projects)
    {
        cJSON *sessions = am_patch_member(project, "sessions");
        cJSON_ArrayForEach(session, sessions)
        {
            cJSON *overrides = am_patch_member(session, "overrides");
            cJSON_ArrayForEach(override, overrides)
            {
                if (!is_led(override, code, period))
                    continue;
                am_patch_touch(projects, why);
                am_patch_touch(project, why);
                am_patch_touch(sessions, why);
                am_patch_touch(session, why);
                am_patch_touch(overrides, why);
                am_patch_remove(patch, override, "supervisor", why);
            }
        }
    }
}

static void unpin_appointments(struct am_patch *patch, const char *code,
                               struct am_patch_period period, const cJSON *why)
{
    cJSON *list = am_patch_member(patch->base.root, "appointments"), *at;
    cJSON_ArrayForEach(at, list)
    {
        const char *state = am_patch_string(at, "state");
        if (!is_led(at, code, period) || !state || strcmp(state, "booked") != 0 ||
            !cJSON_IsTrue(am_patch_member(at, "pinned")))
            continue;
        am_patch_touch(list, why);
        am_patch_remove(patch, at, "supervisor", why);
    }
}

void am_verb_remove_supervisor(struct am_patch *patch, const cJSON *value)
{
    const cJSON *key[R_COUNT];
    struct am_patch_period period;
    if (!am_json_keys(&patch->scenario, value, remove_keys, R_COUNT, key))
        return;
    const cJSON *why = key[R_SUPERVISOR];
    cJSON *supervisor = am_patch_refer(patch, "supervisors", why);
    if (!am_patch_period(patch, key[R_FROM], key[R_TO], &period) || !supervisor)
        return;
    struct am_patch_time time = am_patch_time(patch);
    if (period.from < time.as_of)
        period.from = time.as_of; /* what is past has taken place */
    cJSON *absence = am_patch_object(patch, why);
    am_patch_put(patch, absence, "from", am_patch_date(patch, period.from, why));
    am_patch_put(patch, absence, "to",
                 period.to == AM_NO_DATE ? am_patch_text(patch, "2200-12-31", why)
                                         : am_patch_date(patch, period.to, why));
    am_patch_touch(am_patch_member(patch->base.root, "supervisors"), why);
    am_patch_append(patch, supervisor, "unavailable", absence, why);
    unpin_sessions(patch, am_patch_string(supervisor, "code"), period, why);
    unpin_appointments(patch, am_patch_string(supervisor, "code"), period, why);
}

/* ---- add_available ---- */

enum { W_VERB, W_COST, W_PERSON, W_SUPERVISOR, W_WINDOW, W_COUNT };

static const struct am_json_key window_keys[W_COUNT] = {
    [W_VERB] = {"verb", true},      [W_COST] = {"cost_pounds", false},
    [W_PERSON] = {"person", false}, [W_SUPERVISOR] = {"supervisor", false},
    [W_WINDOW] = {"window", true},
};

void am_verb_add_available(struct am_patch *patch, const cJSON *value)
{
    const cJSON *key[W_COUNT];
    if (!am_json_keys(&patch->scenario, value, window_keys, W_COUNT, key))
        return;
    if (!key[W_PERSON] == !key[W_SUPERVISOR]) {
        am_json_error(&patch->scenario, value, "expected either \"person\" or \"supervisor\"");
        return;
    }
    const char *list = key[W_PERSON] ? "people" : "supervisors";
    cJSON *who = am_patch_refer(patch, list, key[W_PERSON] ? key[W_PERSON] : key[W_SUPERVISOR]);
    if (!who || !key[W_WINDOW])
        return;
    am_patch_touch(am_patch_member(patch->base.root, list), value);
    am_patch_append(patch, who, "available", am_patch_copy_whole(patch, key[W_WINDOW]),
                    key[W_WINDOW]);
}
