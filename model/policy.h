/*
 * policy - every limit of the rules and every weight of the wishes.
 *
 * Policy is data because the law moves: any limit may be changed, and the
 * optional ones lifted (null). The fields, their defaults and their reasons are
 * in policy.def.
 */
#ifndef AM_MODEL_POLICY_H
#define AM_MODEL_POLICY_H

#include <stddef.h>
#include <stdint.h>

#include "model/rules.h"

enum { AM_NO_LIMIT = -1, AM_LONE_WOMAN_OFF = 0, AM_LONE_WOMAN_SOFT = 1, AM_LONE_WOMAN_HARD = 2 };

/* A weight is a whole number of points per unit. */
enum { AM_WEIGHT_MAX = 10000000 };

struct am_weights {
#define AM_LIMIT(name, value, low, high, unit, text)
#define AM_OPTIONAL_LIMIT(name, value, low, high, unit, text)
#define AM_SWITCH(name, value, text)
#define AM_WEIGHT(name, value, wish, unit, text) int32_t name;
#include "model/policy.def"
#undef AM_LIMIT
#undef AM_OPTIONAL_LIMIT
#undef AM_SWITCH
#undef AM_WEIGHT
};

struct am_policy {
#define AM_LIMIT(name, value, low, high, unit, text) int32_t name;
#define AM_OPTIONAL_LIMIT(name, value, low, high, unit, text)                                      \
    int32_t name; /* AM_NO_LIMIT: lifted */
#define AM_SWITCH(name, value, text) int32_t name;
#define AM_WEIGHT(name, value, wish, unit, text)
#include "model/policy.def"
#undef AM_LIMIT
#undef AM_OPTIONAL_LIMIT
#undef AM_SWITCH
#undef AM_WEIGHT
    struct am_weights weights;
};

enum am_policy_kind {
    AM_POLICY_LIMIT,
    AM_POLICY_OPTIONAL_LIMIT,
    AM_POLICY_SWITCH,
    AM_POLICY_WEIGHT
};

/* One row of policy.def; offset is that of its int32_t in struct am_policy. */
struct am_policy_field {
    const char *name;
    enum am_policy_kind kind;
    int32_t value, low, high;
    const char *unit, *text;
    size_t offset;
};

extern const struct am_policy_field am_policy_fields[];
extern const int am_policy_field_count;

void am_policy_defaults(struct am_policy *policy);

#endif
