/* Policy: every field of model/policy.def, in the words of the file. */
#include "io/caseload_reader.h"

#include <string.h>

/* availability_leaves_home is written as a word under this key. */
static const char availability_key[] = "availability_means";
static const char availability_field[] = "availability_leaves_home";
static const char lone_woman_field[] = "lone_woman";

static void set(struct am_reader *reader, const struct am_policy_field *field, int32_t value)
{
    memcpy((char *)&reader->caseload->policy + field->offset, &value, sizeof value);
}

static int32_t read_field(struct am_reader *reader, const struct am_policy_field *field,
                          const cJSON *value)
{
    static const char *const availability[] = {"free_for_work", "leaves_home"};
    static const char *const lone_woman[] = {"off", "soft", "hard"};
    struct am_json *json = &reader->json;
    if (strcmp(field->name, availability_field) == 0)
        return am_json_word(json, value, availability, 2, field->value);
    if (strcmp(field->name, lone_woman_field) == 0)
        return am_json_word(json, value, lone_woman, 3, field->value);
    if (field->kind == AM_POLICY_SWITCH)
        return am_json_flag(json, value, field->value);
    if (field->kind == AM_POLICY_OPTIONAL_LIMIT && cJSON_IsNull(value))
        return AM_NO_LIMIT;
    return am_json_whole(json, value, field->low, field->high, field->value);
}

/* The fields that are weights, or those that are not, from an object. */
static const cJSON *read_fields(struct am_reader *reader, const cJSON *object, bool weights)
{
    struct am_json_key *keys = AM_SCRATCH(reader, am_policy_field_count + 1, struct am_json_key);
    const struct am_policy_field **fields =
        AM_SCRATCH(reader, am_policy_field_count + 1, const struct am_policy_field *);
    const cJSON **slots = AM_SCRATCH(reader, am_policy_field_count + 1, const cJSON *);
    int count = 0;
    if (!keys || !fields || !slots)
        return NULL;
    for (int i = 0; i < am_policy_field_count; i++) {
        const struct am_policy_field *field = &am_policy_fields[i];
        if ((field->kind == AM_POLICY_WEIGHT) != weights)
            continue;
        bool worded = strcmp(field->name, availability_field) == 0;
        keys[count] = (struct am_json_key){worded ? availability_key : field->name, false};
        fields[count++] = field;
    }
    int all = count;
    if (!weights)
        keys[all++] = (struct am_json_key){"weights", false};
    if (!am_json_keys(&reader->json, object, keys, all, slots))
        return NULL;
    for (int i = 0; i < count; i++)
        if (slots[i])
            set(reader, fields[i], read_field(reader, fields[i], slots[i]));
    return weights ? NULL : slots[count];
}

void am_read_policy(struct am_reader *reader)
{
    struct am_policy *policy = &reader->caseload->policy;
    const cJSON *value = reader->top[AM_TOP_POLICY];
    am_policy_defaults(policy);
    const cJSON *weights = value ? read_fields(reader, value, false) : NULL;
    if (!weights || reader->status != AM_OK)
        return;
    (void)read_fields(reader, weights, true);
    /* S5: else education would crowd out the work that the order demands */
    if (policy->weights.ete_minute >= policy->weights.offer_minute)
        am_json_error(&reader->json, weights,
                      "\"ete_minute\" (%d) must be less than \"offer_minute\" (%d)",
                      policy->weights.ete_minute, policy->weights.offer_minute);
}
