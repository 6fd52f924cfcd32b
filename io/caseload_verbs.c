/* The verbs that planners think in: which there are, and the short ones. */
#include "io/caseload_patch_parts.h"

#include <string.h>

#include "base/nearest.h"

static const struct {
    const char *name;
    am_verb *act;
} verbs[] = {
    {"close_project", am_verb_close_project},
    {"add_session", am_verb_add_session},
    {"add_places", am_verb_add_places},
    {"add_supervisor", am_verb_add_supervisor},
    {"remove_supervisor", am_verb_remove_supervisor},
    {"add_available", am_verb_add_available},
    {"add_waiver", am_verb_add_waiver},
    {"scale_arrivals", am_verb_scale_arrivals},
    {"policy", am_verb_policy},
};

enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static void act(struct am_patch *patch, const cJSON *value)
{
    struct am_json *json = &patch->scenario;
    struct am_nearest nearest = {0};
    if (!cJSON_IsObject(value)) {
        (void)am_json_expected(json, value, "an object {...}");
        return;
    }
    const cJSON *verb = am_json_member(value, "verb");
    const char *name = cJSON_GetStringValue(verb);
    for (int i = 0; i < VERB_COUNT && name; i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            am_patch_touch(patch->base.root, value);
            verbs[i].act(patch, value);
            return;
        }
        am_nearest_offer(&nearest, name, verbs[i].name);
    }
    if (!verb)
        am_json_error(json, value, "\"verb\" is missing");
    else if (!name)
        (void)am_json_expected(json, verb, "the name of a verb, such as \"add_places\"");
    else
        am_json_error(json, verb, "unknown verb \"%s\"; %s%s%s", name,
                      nearest.word ? "the nearest known one is \"" : "known are ",
                      nearest.word ? nearest.word
                                   : "close_project, add_session, add_places, add_supervisor, "
                                     "remove_supervisor, add_available, add_waiver, "
                                     "scale_arrivals and policy",
                      nearest.word ? "\"" : "");
}

void am_patch_verbs(struct am_patch *patch, const cJSON *list)
{
    int count;
    for (const cJSON *verb = am_json_list(&patch->scenario, list, &count); verb; verb = verb->next)
        act(patch, verb);
}

/* ---- what several of them need ---- */

struct am_patch_time am_patch_time(const struct am_patch *patch)
{
    const cJSON *window = am_patch_member(patch->base.root, "window");
    const cJSON *weeks = am_patch_member(window, "weeks");
    struct am_patch_time time = {.from = am_patch_date_of(window, "from"),
                                 .as_of = am_patch_date_of(patch->base.root, "as_of")};
    if (time.from == AM_NO_DATE)
        time.from = am_date_of(2000, 1, 1); /* reading the caseload tells */
    bool given = cJSON_IsNumber(weeks) && weeks->valuedouble >= 1 && weeks->valuedouble <= 8;
    time.last = time.from + 7 * (given ? (int)weeks->valuedouble : 1) - 1;
    return time;
}

bool am_patch_period(struct am_patch *patch, const cJSON *from, const cJSON *to,
                     struct am_patch_period *period)
{
    int errors = patch->scenario.diag->errors;
    period->from = am_json_date(&patch->scenario, from, am_patch_time(patch).from);
    period->to = am_json_date(&patch->scenario, to, AM_NO_DATE);
    if (patch->scenario.diag->errors == errors && period->to != AM_NO_DATE &&
        period->to < period->from)
        am_json_error(&patch->scenario, to, "\"to\" lies before %s",
                      from ? "\"from\"" : "the window");
    return patch->scenario.diag->errors == errors;
}

/* ---- add_waiver ---- */

void am_verb_add_waiver(struct am_patch *patch, const cJSON *value)
{
    static const struct am_json_key keys[] = {
        {"verb", true}, {"cost_pounds", false}, {"waiver", true}};
    const cJSON *key[3];
    if (am_json_keys(&patch->scenario, value, keys, 3, key) && key[2])
        am_patch_append(patch, patch->base.root, "waivers", am_patch_copy_whole(patch, key[2]),
                        key[2]);
}

/* ---- policy ---- */

static void set_fields(struct am_patch *patch, cJSON *policy, const cJSON *fields)
{
    for (const cJSON *field = fields->child; field; field = field->next) {
        cJSON *there = am_patch_member(policy, field->string);
        if (cJSON_IsObject(field) && cJSON_IsObject(there)) { /* weights */
            am_patch_touch(policy, field);
            set_fields(patch, there, field);
        } else {
            am_patch_set(patch, policy, field->string, am_patch_copy_whole(patch, field), field);
        }
    }
}

/* Null lifts a limit, as in a caseload. */
void am_verb_policy(struct am_patch *patch, const cJSON *value)
{
    static const struct am_json_key keys[] = {
        {"verb", true}, {"cost_pounds", false}, {"set", true}};
    const cJSON *key[3];
    cJSON *root = patch->base.root;
    if (!am_json_keys(&patch->scenario, value, keys, 3, key) || !key[2])
        return;
    if (!cJSON_IsObject(key[2])) {
        (void)am_json_expected(&patch->scenario, key[2], "an object {...} of policy fields");
        return;
    }
    if (!am_patch_member(root, "policy"))
        am_patch_set(patch, root, "policy", am_patch_object(patch, key[2]), key[2]);
    set_fields(patch, am_patch_member(root, "policy"), key[2]);
}
