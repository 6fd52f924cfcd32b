/*
 * scale_arrivals: more people sentenced, or fewer. Those sentenced in the last
 * weeks stand for the people who come: some of them are there twice, or not.
 */
#include "io/caseload_patch_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    PERCENT_MOST = 1000,
    WEEKS_MOST = 52,
    WEEKS_DEFAULT = 4,
    RATE_MOST = 1000000,
    CRN_BYTES = 512
};
enum { A_VERB, A_COST, A_PERCENT, A_WEEKS, A_COUNT };

static const struct am_json_key arrivals_keys[A_COUNT] = {
    [A_VERB] = {"verb", true},
    [A_COST] = {"cost_pounds", false},
    [A_PERCENT] = {"percent", true},
    [A_WEEKS] = {"weeks", false},
};

struct arrivals {
    struct am_patch *patch;
    cJSON *people;
    cJSON **recent; /* in the order of the file */
    int count;
    const cJSON *why;
};

/* Somebody sentenced after `since`, who has not worked yet. */
static bool is_recent(const cJSON *person, am_date since)
{
    bool recent = false;
    const cJSON *order;
    cJSON_ArrayForEach(order, am_patch_member(person, "orders"))
    {
        const cJSON *worked = am_patch_member(order, "worked_minutes");
        am_date sentence = am_patch_date_of(order, "sentence_date");
        if (cJSON_IsNumber(worked) && worked->valuedouble > 0)
            return false;
        recent = recent || (sentence != AM_NO_DATE && sentence > since);
    }
    return recent;
}

static bool find_recent(struct arrivals *arrivals, int weeks)
{
    struct am_patch *patch = arrivals->patch;
    am_date as_of = am_patch_time(patch).as_of;
    int size = cJSON_GetArraySize(arrivals->people);
    arrivals->recent = AM_ARENA_NEW(patch->arena, (size_t)size, cJSON *);
    if (!arrivals->recent) {
        patch->out_of_memory = true;
        return false;
    }
    cJSON *person;
    cJSON_ArrayForEach(person, arrivals->people)
    {
        if (am_patch_string(person, "crn") && is_recent(person, as_of - 7 * weeks))
            arrivals->recent[arrivals->count++] = person;
    }
    return true;
}

static cJSON *make_person(const struct arrivals *arrivals, const cJSON *like, int number)
{
    char crn[CRN_BYTES];
    struct am_patch *patch = arrivals->patch;
    cJSON *person = am_patch_clone(patch, like, arrivals->why);
    (void)snprintf(crn, sizeof crn, "%s+%d", am_patch_string(like, "crn"), number);
    am_patch_put(patch, person, "crn", am_patch_text(patch, crn, arrivals->why));
    cJSON_DeleteItemFromObjectCaseSensitive(person, "name");
    cJSON_DeleteItemFromObjectCaseSensitive(person, "keep_apart");
    return person;
}

/* So many more, taken evenly from the recent ones. */
static void add_people(const struct arrivals *arrivals, int64_t more)
{
    for (int64_t i = 0; i < more; i++) {
        int64_t round = i / arrivals->count, within = i % arrivals->count;
        int64_t rest = more - round * arrivals->count;
        int64_t in_round = rest < arrivals->count ? rest : arrivals->count;
        const cJSON *like = arrivals->recent[within * arrivals->count / in_round];
        am_patch_append(arrivals->patch, arrivals->patch->base.root, "people",
                        make_person(arrivals, like, (int)round + 2), arrivals->why);
    }
}

static bool names(const cJSON *value, const char *crn)
{
    return cJSON_IsString(value) && strcmp(value->valuestring, crn) == 0;
}

/* Is the person in a list of entries by "crn"? */
static bool is_listed(const cJSON *list, const char *crn)
{
    const cJSON *at;
    cJSON_ArrayForEach(at, list)
    {
        if (names(am_patch_member(at, "crn"), crn))
            return true;
    }
    return false;
}

/* Somebody the rest of the caseload speaks of stays. */
static bool is_spoken_of(const struct arrivals *arrivals, const char *crn)
{
    const cJSON *root = arrivals->patch->base.root, *person, *other;
    if (is_listed(am_patch_member(root, "appointments"), crn) ||
        is_listed(am_patch_member(root, "waivers"), crn))
        return true;
    cJSON_ArrayForEach(person, arrivals->people)
    {
        cJSON_ArrayForEach(other, am_patch_member(person, "keep_apart"))
        {
            if (names(other, crn))
                return true;
        }
    }
    return false;
}

static void remove_people(const struct arrivals *arrivals, int64_t fewer)
{
    int free = 0;
    for (int i = 0; i < arrivals->count; i++)
        if (!is_spoken_of(arrivals, am_patch_string(arrivals->recent[i], "crn")))
            arrivals->recent[free++] = arrivals->recent[i];
    if (free < fewer) {
        am_json_error(&arrivals->patch->scenario, arrivals->why,
                      "%" PRId64 " people would have to go, and only %d of those sentenced of late "
                      "are free of bookings, waivers and people to be kept apart from",
                      fewer, free);
        return;
    }
    for (int64_t i = 0; i < fewer; i++) {
        cJSON *person = arrivals->recent[i * free / fewer];
        am_patch_remove_entry(arrivals->patch, arrivals->people, person,
                              am_patch_string(person, "crn"), arrivals->why);
    }
}

/* Those expected each week, where the caseload says how many. */
static bool scale_rate(const struct arrivals *arrivals, int64_t percent)
{
    struct am_patch *patch = arrivals->patch;
    cJSON *expected = am_patch_member(patch->base.root, "arrivals");
    const cJSON *rate = am_patch_member(expected, "per_week");
    if (!cJSON_IsNumber(rate) || rate->valuedouble < 0 || rate->valuedouble > RATE_MOST)
        return false; /* reading the caseload tells */
    int64_t then = ((int64_t)rate->valuedouble * percent + 50) / 100;
    am_patch_set(patch, expected, "per_week", am_patch_number(patch, (int32_t)then, arrivals->why),
                 arrivals->why);
    return true;
}

void am_verb_scale_arrivals(struct am_patch *patch, const cJSON *value)
{
    const cJSON *key[A_COUNT];
    struct am_json *json = &patch->scenario;
    if (!am_json_keys(json, value, arrivals_keys, A_COUNT, key) || !key[A_PERCENT])
        return;
    int errors = json->diag->errors;
    struct arrivals arrivals = {.patch = patch,
                                .people = am_patch_member(patch->base.root, "people"),
                                .why = key[A_PERCENT]};
    int64_t percent = am_json_whole(json, key[A_PERCENT], 0, PERCENT_MOST, 100);
    int weeks = am_json_whole(json, key[A_WEEKS], 1, WEEKS_MOST, WEEKS_DEFAULT);
    if (json->diag->errors > errors || !find_recent(&arrivals, weeks))
        return;
    bool scaled = scale_rate(&arrivals, percent);
    int64_t then = (percent * arrivals.count + 50) / 100; /* to the nearest */
    if (arrivals.count == 0 && !scaled)
        am_json_error(json, arrivals.why, "nobody was sentenced in the %d weeks before the data",
                      weeks);
    else if (then > arrivals.count)
        add_people(&arrivals, then - arrivals.count);
    else
        remove_people(&arrivals, arrivals.count - then);
}
