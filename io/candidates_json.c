#include "io/candidates_json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "io/json_value.h"

enum { C_NAME, C_SENTENCE, C_COST, C_CHANGES, C_VERBS, C_COUNT };
static const struct am_json_key candidate_keys[C_COUNT] = {
    [C_NAME] = {"name", true},        [C_SENTENCE] = {"sentence", false},
    [C_COST] = {"cost_pounds", true}, [C_CHANGES] = {"changes", false},
    [C_VERBS] = {"verbs", false},
};

enum { T_FORMAT, T_CANDIDATES, T_COUNT };
static const struct am_json_key top_keys[T_COUNT] = {
    [T_FORMAT] = {"format", true}, [T_CANDIDATES] = {"candidates", true}};

/* So that all of them together are what a scenario may cost. */
enum { POUNDS_MOST = 10000000 };

#define SCENARIO_FORMAT "amends-scenario/1"

/* ---- reading ---- */

/* What a candidate may change: what sets are compared by must stay as it is. */
static void check_changes(struct am_json *json, const cJSON *changes)
{
    static const char *const allowed[] = {"projects", "places", "travel"};
    const cJSON *change;
    if (changes && !cJSON_IsObject(changes)) {
        (void)am_json_expected(json, changes, "an object {...}");
        return;
    }
    cJSON_ArrayForEach(change, changes)
    {
        bool known = false;
        for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
            known = known || strcmp(allowed[i], change->string) == 0;
        if (!known || !cJSON_IsArray(change))
            am_json_error(json, change,
                          "a candidate may bring lists of projects, places and travel alone");
    }
}

static void check_verbs(struct am_json *json, const cJSON *verbs)
{
    int count;
    for (const cJSON *verb = am_json_list(json, verbs, &count); verb; verb = verb->next) {
        const cJSON *name = am_json_member(verb, "verb");
        if (!cJSON_IsString(name) || strcmp(name->valuestring, "add_session") != 0)
            am_json_error(json, name ? name : verb, "the verb of a candidate is \"add_session\"");
        else if (am_json_member(verb, "cost_pounds") || am_json_member(verb, "cost_pounds_each"))
            am_json_error(json, verb, "the cost is the candidate's, not its verb's");
    }
}

/* Each is tried in many rosters. */
static void check_count(struct am_json *json, const cJSON *candidate, const cJSON *changes,
                        const cJSON *verbs)
{
    int count;
    const cJSON *project;
    (void)am_json_list(json, verbs, &count);
    cJSON_ArrayForEach(project, am_json_member(changes, "projects"))
    {
        int sessions = cJSON_GetArraySize(am_json_member(project, "sessions"));
        count = sessions > INT_MAX - count ? INT_MAX : count + sessions;
    }
    if (count > AM_CANDIDATE_SESSIONS)
        am_json_error(json, candidate, "brings %d sessions, at most %d are possible", count,
                      AM_CANDIDATE_SESSIONS);
}

/* The candidate as a scenario of its own; its cost is told apart. */
static bool keep_scenario(struct am_json *json, struct am_candidate *candidate,
                          const cJSON *const *key)
{
    cJSON *root = cJSON_CreateObject();
    bool kept = root && cJSON_AddStringToObject(root, "format", SCENARIO_FORMAT);
    for (int k = 0; k < C_COUNT && kept; k++) {
        cJSON *copy = key[k] ? cJSON_Duplicate(key[k], true) : NULL;
        kept = !key[k] || (copy && cJSON_AddItemToObject(root, candidate_keys[k].name, copy));
    }
    char *text = kept ? cJSON_Print(root) : NULL;
    char *bytes = text ? am_arena_strdup(json->arena, text) : NULL;
    if (bytes)
        candidate->scenario = (struct am_document){candidate->path, bytes, strlen(bytes)};
    cJSON_free(text);
    cJSON_Delete(root);
    return bytes != NULL;
}

/* What findings of the candidate's own scenario name. */
static bool name_path(struct am_json *json, struct am_candidate *candidate)
{
    struct am_text path = {0};
    am_text_format(&path, "%s (candidate \"%s\")", json->file, candidate->name);
    candidate->path = path.failed ? NULL : am_arena_strdup(json->arena, am_text_string(&path));
    am_text_release(&path);
    return candidate->path != NULL;
}

static void check_name(struct am_json *json, const struct am_candidate *candidates, int count,
                       const cJSON *value)
{
    for (int i = 0; i < count; i++)
        if (strcmp(candidates[i].name, candidates[count].name) == 0)
            am_json_error(json, value, "there are two candidates \"%s\"", candidates[i].name);
}

static void take_candidate(struct am_json *json, struct am_candidate *candidates, int at,
                           const cJSON *value)
{
    const cJSON *key[C_COUNT];
    struct am_candidate *candidate = &candidates[at];
    *candidate = (struct am_candidate){.name = "", .sentence = ""};
    if (!am_json_keys(json, value, candidate_keys, C_COUNT, key))
        return;
    const char *name = am_json_id(json, key[C_NAME]);
    candidate->name = name ? name : "";
    candidate->sentence = am_json_text(json, key[C_SENTENCE]);
    candidate->cost_pounds = am_json_whole(json, key[C_COST], 0, POUNDS_MOST, 0);
    if (name)
        check_name(json, candidates, at, key[C_NAME]);
    if (!key[C_CHANGES] && !key[C_VERBS])
        am_json_error(json, value, "\"verbs\" or \"changes\" is missing");
    check_count(json, value, key[C_CHANGES], key[C_VERBS]);
    check_changes(json, key[C_CHANGES]);
    check_verbs(json, key[C_VERBS]);
    if (!name_path(json, candidate) || !keep_scenario(json, candidate, key))
        json->out_of_memory = true;
}

static void take_all(struct am_json *json, struct am_candidate *candidates, int *count)
{
    const cJSON *slots[T_COUNT];
    if (!am_json_keys(json, json->root, top_keys, T_COUNT, slots))
        return;
    const cJSON *format = slots[T_FORMAT];
    if (format &&
        !(cJSON_IsString(format) && strcmp(format->valuestring, "amends-candidates/1") == 0))
        (void)am_json_expected(json, format, "\"amends-candidates/1\"");
    int listed;
    const cJSON *value = am_json_list(json, slots[T_CANDIDATES], &listed);
    if (listed > AM_CANDIDATES_MOST) {
        am_json_error(json, slots[T_CANDIDATES], "there are %d candidates, at most %d are possible",
                      listed, AM_CANDIDATES_MOST);
        return;
    }
    for (; value; value = value->next, ++*count)
        take_candidate(json, candidates, *count, value);
}

am_status am_candidates_read(const struct am_document *document, struct am_arena *arena,
                             struct am_candidate candidates[AM_CANDIDATES_MOST], int *count,
                             struct am_diag *diag, struct am_err *err)
{
    struct am_json json;
    *count = 0;
    am_json_init(&json, document->path, diag, arena);
    am_status status = am_json_parse(&json, am_document_copy(document), document->size, err);
    if (status == AM_OK) {
        take_all(&json, candidates, count);
        status = am_json_verdict(&json, err);
    }
    am_json_release(&json);
    return status;
}

/* ---- joining ---- */

/* A copy of each item behind what is there. False: no memory. */
static bool append_all(cJSON *to, const cJSON *from)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, from)
    {
        cJSON *copy = cJSON_Duplicate(item, true);
        if (!copy || !cJSON_AddItemToArray(to, copy)) {
            cJSON_Delete(copy);
            return false;
        }
    }
    return true;
}

/* Every change of a candidate is a list. */
static bool append_changes(cJSON *to, const cJSON *from)
{
    const cJSON *list;
    cJSON_ArrayForEach(list, from)
    {
        cJSON *there = cJSON_GetObjectItemCaseSensitive(to, list->string);
        if (!there)
            there = cJSON_AddArrayToObject(to, list->string);
        if (!there || !append_all(there, list))
            return false;
    }
    return true;
}

static bool append(cJSON *root, const struct am_candidate *candidate)
{
    const struct am_document *document = &candidate->scenario;
    cJSON *own = cJSON_ParseWithLength(document->bytes, document->size);
    bool done = own &&
                append_changes(cJSON_GetObjectItemCaseSensitive(root, "changes"),
                               cJSON_GetObjectItemCaseSensitive(own, "changes")) &&
                append_all(cJSON_GetObjectItemCaseSensitive(root, "verbs"),
                           cJSON_GetObjectItemCaseSensitive(own, "verbs"));
    cJSON_Delete(own);
    return done;
}

am_status am_candidates_join(const struct am_candidate *candidates, int count, const bool *taken,
                             const char *name, const char *sentence, struct am_text *text,
                             struct am_err *err)
{
    cJSON *root = cJSON_CreateObject();
    int64_t cost = 0;
    for (int i = 0; i < count; i++)
        cost += taken[i] ? candidates[i].cost_pounds : 0;
    bool made = root && cJSON_AddStringToObject(root, "format", SCENARIO_FORMAT) &&
                cJSON_AddStringToObject(root, "name", name) &&
                cJSON_AddStringToObject(root, "sentence", sentence) &&
                cJSON_AddNumberToObject(root, "cost_pounds", (double)cost) &&
                cJSON_AddObjectToObject(root, "changes") && cJSON_AddArrayToObject(root, "verbs");
    for (int i = 0; i < count && made; i++)
        made = !taken[i] || append(root, &candidates[i]);
    char *printed = made ? cJSON_Print(root) : NULL;
    if (printed) {
        am_text_add(text, printed);
        am_text_char(text, '\n');
    }
    cJSON_free(printed);
    cJSON_Delete(root);
    return printed ? am_text_status(text, err) : am_fail_memory(err);
}
