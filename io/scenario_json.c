#include "io/scenario_json.h"

#include <string.h>

#include "io/caseload_patch_parts.h"

static const struct am_json_key scenario_keys[AM_SCENARIO_KEY_COUNT] = {
    [AM_SCENARIO_FORMAT] = {"format", true},      [AM_SCENARIO_NAMED] = {"name", true},
    [AM_SCENARIO_SENTENCE] = {"sentence", false}, [AM_SCENARIO_COST] = {"cost_pounds", false},
    [AM_SCENARIO_CHANGES] = {"changes", false},   [AM_SCENARIO_VERBS] = {"verbs", false},
};

enum { POUNDS_MOST = 1000000000, PLACES_MOST = 10000 };

static void take_name(struct am_json *json, struct am_scenario *scenario, const cJSON *value)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    const char *name = cJSON_GetStringValue(value);
    size_t length = name ? strlen(name) : 0;
    if (!value)
        return;
    if (length == 0 || length >= AM_SCENARIO_NAME || strspn(name, letters) != length ||
        name[0] == '.' || name[0] == '-')
        (void)am_json_expected(json, value,
                               "a name of 1 to 40 letters, digits, - _ or . that begins with a "
                               "letter, a digit or _");
    else
        memcpy(scenario->name, name, length + 1);
}

static void add_cost(struct am_json *json, struct am_scenario *scenario, const cJSON *value,
                     int32_t times)
{
    if (!value)
        return;
    scenario->cost_pounds +=
        (int64_t)times * am_json_whole(json, value, -POUNDS_MOST, POUNDS_MOST, 0);
    scenario->has_cost = true;
}

/* Costs "each" are of each place, session or supervisor that a verb adds. */
static void add_verb_cost(struct am_json *json, struct am_scenario *scenario, const cJSON *verb)
{
    const cJSON *each = am_json_member(verb, "cost_pounds_each");
    const cJSON *places = am_json_member(verb, "places"), *count = am_json_member(verb, "count");
    int32_t times = 1;
    const cJSON *word = am_json_member(verb, "verb");
    bool adds_places = cJSON_IsString(word) && strcmp(word->valuestring, "add_places") == 0;
    const cJSON *number = adds_places ? places : count;
    if (each && cJSON_IsNumber(number) && number->valuedouble > -PLACES_MOST &&
        number->valuedouble < PLACES_MOST) /* what is wrong with it is told by the verb */
        times = (int32_t)number->valuedouble;
    add_cost(json, scenario, am_json_member(verb, "cost_pounds"), 1);
    add_cost(json, scenario, each, times);
}

void am_scenario_take(struct am_json *json, struct am_scenario *scenario,
                      const cJSON *slots[AM_SCENARIO_KEY_COUNT])
{
    scenario->sentence = "";
    if (!am_json_keys(json, json->root, scenario_keys, AM_SCENARIO_KEY_COUNT, slots))
        return;
    const cJSON *format = slots[AM_SCENARIO_FORMAT];
    if (format &&
        !(cJSON_IsString(format) && strcmp(format->valuestring, "amends-scenario/1") == 0))
        (void)am_json_expected(json, format, "\"amends-scenario/1\"");
    take_name(json, scenario, slots[AM_SCENARIO_NAMED]);
    scenario->sentence = am_json_text(json, slots[AM_SCENARIO_SENTENCE]);
    add_cost(json, scenario, slots[AM_SCENARIO_COST], 1);
    for (const cJSON *verb = am_json_list(json, slots[AM_SCENARIO_VERBS], &scenario->verbs); verb;
         verb = verb->next)
        add_verb_cost(json, scenario, verb);
}

am_status am_scenario_read(struct am_scenario *scenario, const struct am_document *document,
                           struct am_arena *arena, struct am_diag *diag, struct am_err *err)
{
    struct am_json json;
    const cJSON *slots[AM_SCENARIO_KEY_COUNT];
    *scenario = (struct am_scenario){.sentence = ""};
    am_json_init(&json, document->path, diag, arena);
    am_status status = am_json_parse(&json, am_document_copy(document), document->size, err);
    if (status == AM_OK) {
        am_scenario_take(&json, scenario, slots);
        status = am_json_verdict(&json, err);
    }
    am_json_release(&json);
    return status;
}
