/*
 * The scenario of one point of a grid: what another scenario says, and the
 * verbs of the point behind its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "io/sweep.h"
#include "model/policy.h"

enum { SENTENCE = 256 };

/* A tree that is being made; out of memory is remembered. */
struct making {
    cJSON *verbs;
    bool failed;
};

static void put_text(struct making *making, cJSON *object, const char *key, const char *value)
{
    making->failed = making->failed || !cJSON_AddStringToObject(object, key, value);
}

static void put_number(struct making *making, cJSON *object, const char *key, int64_t value)
{
    making->failed = making->failed || !cJSON_AddNumberToObject(object, key, (double)value);
}

static cJSON *new_verb(struct making *making, const char *name)
{
    cJSON *verb = cJSON_CreateObject();
    if (!verb || !cJSON_AddItemToArray(making->verbs, verb)) {
        cJSON_Delete(verb);
        making->failed = true;
        return NULL;
    }
    put_text(making, verb, "verb", name);
    return verb;
}

static void put_cost(struct making *making, cJSON *verb, const struct am_sweep *sweep)
{
    if (verb && sweep->has_cost)
        put_number(making, verb, "cost_pounds_each", sweep->cost_pounds_each);
}

/* ---- the verbs ---- */

static cJSON *add_places(struct making *making, const char *what, const char *target, int32_t value)
{
    cJSON *verb = new_verb(making, "add_places");
    if (!verb)
        return NULL;
    put_text(making, verb, what, target);
    put_number(making, verb, "places", value);
    return verb;
}

static bool has_sessions(const struct am_caseload *caseload, int project)
{
    for (int s = 0; s < caseload->session_count; s++)
        if (caseload->sessions[s].project == project)
            return true;
    return false;
}

/* To one project, one session, or to all; what it costs is said once. */
static void more_places(struct making *making, const struct am_sweep *sweep, int32_t value,
                        const struct am_caseload *caseload)
{
    if (*sweep->target != '\0') {
        put_cost(
            making,
            add_places(making, sweep->is_session ? "session" : "project", sweep->target, value),
            sweep);
        return;
    }
    bool told = false;
    for (int i = 0; i < caseload->project_count; i++) {
        if (!has_sessions(caseload, i))
            continue;
        cJSON *verb = add_places(making, "project", caseload->projects[i].code, value);
        if (!told)
            put_cost(making, verb, sweep);
        told = true;
    }
}

/* Copies of a session or a supervisor, named after it. */
static void copies(struct making *making, const struct am_sweep *sweep, int32_t value,
                   const char *name, const char *id_key)
{
    char id[AM_SCENARIO_NAME + SENTENCE];
    cJSON *verb = new_verb(making, name);
    if (!verb)
        return;
    (void)snprintf(id, sizeof id, "%s-more", sweep->target);
    put_text(making, verb, id_key, id);
    put_text(making, verb, "like", sweep->target);
    put_number(making, verb, "count", value);
    put_cost(making, verb, sweep);
}

static void scale_arrivals(struct making *making, const struct am_sweep *sweep, int32_t value)
{
    cJSON *verb = new_verb(making, "scale_arrivals");
    if (!verb)
        return;
    put_number(making, verb, "percent", value);
    if (sweep->has_cost)
        put_number(making, verb, "cost_pounds", (int64_t)sweep->cost_pounds_each * value);
}

static bool is_weight(const char *field)
{
    for (int i = 0; i < am_policy_field_count; i++)
        if (strcmp(am_policy_fields[i].name, field) == 0)
            return am_policy_fields[i].kind == AM_POLICY_WEIGHT;
    return false;
}

static void set_policy(struct making *making, const struct am_sweep *sweep, int32_t value)
{
    cJSON *verb = new_verb(making, "policy");
    cJSON *set = verb ? cJSON_AddObjectToObject(verb, "set") : NULL;
    if (set && is_weight(sweep->target))
        set = cJSON_AddObjectToObject(set, "weights");
    if (set)
        put_number(making, set, sweep->target, value);
    else
        making->failed = true;
    if (verb && sweep->has_cost)
        put_number(making, verb, "cost_pounds", (int64_t)sweep->cost_pounds_each * value);
}

static void act(struct making *making, const struct am_sweep *sweep, int32_t value,
                const struct am_caseload *caseload)
{
    switch (sweep->verb) {
    case AM_SWEEP_ADD_PLACES:
        more_places(making, sweep, value, caseload);
        break;
    case AM_SWEEP_ADD_SESSION:
        copies(making, sweep, value, "add_session", "id");
        break;
    case AM_SWEEP_ADD_SUPERVISOR:
        copies(making, sweep, value, "add_supervisor", "code");
        break;
    case AM_SWEEP_SCALE_ARRIVALS:
        scale_arrivals(making, sweep, value);
        break;
    case AM_SWEEP_POLICY:
        set_policy(making, sweep, value);
        break;
    case AM_SWEEP_VERB_COUNT:
        break;
    }
}

/* ---- the scenario ---- */

/* "add_places:TOW = 5, scale_arrivals = 120" */
static void tell(const struct am_sweep_point *point, char sentence[SENTENCE])
{
    size_t used = 0;
    sentence[0] = '\0';
    for (int i = 0; i < point->count && used < SENTENCE; i++) {
        int more = snprintf(sentence + used, SENTENCE - used, "%s%s = %d", i ? ", " : "",
                            point->sweeps[i].text, (int)point->values[i]);
        used += more > 0 ? (size_t)more : 0;
    }
}

/* What the point is made on: a copy of the other scenario, or an empty one. */
static cJSON *begin(const struct am_document *on, struct making *making)
{
    cJSON *root = on ? cJSON_ParseWithLength(on->bytes, on->size) : cJSON_CreateObject();
    if (!root)
        return NULL;
    making->verbs = cJSON_GetObjectItemCaseSensitive(root, "verbs");
    if (!on)
        put_text(making, root, "format", "amends-scenario/1");
    if (!making->verbs)
        making->verbs = cJSON_AddArrayToObject(root, "verbs");
    making->failed = making->failed || !making->verbs;
    return root;
}

static void name_it(struct making *making, cJSON *root, const char *name, const char *sentence)
{
    cJSON_DeleteItemFromObjectCaseSensitive(root, "name");
    cJSON_DeleteItemFromObjectCaseSensitive(root, "sentence");
    put_text(making, root, "name", name);
    put_text(making, root, "sentence", sentence);
}

am_status am_sweep_scenario(const struct am_sweep_point *point, const char *name,
                            const struct am_document *on, const struct am_caseload *caseload,
                            struct am_text *text, struct am_err *err)
{
    char sentence[SENTENCE];
    struct making making = {0};
    cJSON *root = begin(on, &making);
    tell(point, sentence);
    if (root && !making.failed)
        name_it(&making, root, name, sentence);
    for (int i = 0; root && i < point->count && !making.failed; i++)
        act(&making, &point->sweeps[i], point->values[i], caseload);
    char *printed = root && !making.failed ? cJSON_Print(root) : NULL;
    if (printed)
        am_text_add(text, printed);
    cJSON_free(printed);
    cJSON_Delete(root);
    return printed ? am_text_status(text, err) : am_fail_memory(err);
}
