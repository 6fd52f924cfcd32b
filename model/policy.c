#include "model/policy.h"

#include <string.h>

const struct am_policy_field am_policy_fields[] = {
#define AM_LIMIT(name, value, low, high, unit, text)                                               \
    {#name, AM_POLICY_LIMIT, value, low, high, unit, text, offsetof(struct am_policy, name)},
#define AM_OPTIONAL_LIMIT(name, value, low, high, unit, text)                                      \
    {#name, AM_POLICY_OPTIONAL_LIMIT,        value, low, high, unit,                               \
     text,  offsetof(struct am_policy, name)},
#define AM_SWITCH(name, value, text)                                                               \
    {#name, AM_POLICY_SWITCH, value, 0, 1, "", text, offsetof(struct am_policy, name)},
#define AM_WEIGHT(name, value, wish, unit, text)                                                   \
    {#name,         AM_POLICY_WEIGHT,                                                              \
     value,         0,                                                                             \
     AM_WEIGHT_MAX, unit,                                                                          \
     text,          offsetof(struct am_policy, weights.name)},
#include "model/policy.def"
#undef AM_LIMIT
#undef AM_OPTIONAL_LIMIT
#undef AM_SWITCH
#undef AM_WEIGHT
};

const int am_policy_field_count = (int)(sizeof am_policy_fields / sizeof am_policy_fields[0]);

void am_policy_defaults(struct am_policy *policy)
{
    for (int i = 0; i < am_policy_field_count; i++) {
        const struct am_policy_field *field = &am_policy_fields[i];
        memcpy((char *)policy + field->offset, &field->value, sizeof field->value);
    }
}
