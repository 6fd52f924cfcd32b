/*
 * rules - the ids that tie law, mathematics, code and tests together.
 */
#ifndef AM_MODEL_RULES_H
#define AM_MODEL_RULES_H

#include <stdbool.h>
#include <stdint.h>

/* AM_R1 .. AM_R16, numbered from 0, then AM_RULE_COUNT; likewise AM_S1 .. AM_S11. */
enum am_rule {
#define AM_RULE(id, name, sentence) AM_##id,
#define AM_RESTRICTED(id, name, sentence) AM_##id,
#define AM_WISH(id, name, unit, sentence)
#include "model/rules.def"
#undef AM_RULE
#undef AM_RESTRICTED
#undef AM_WISH
    AM_RULE_COUNT
};

enum am_wish {
#define AM_RULE(id, name, sentence)
#define AM_RESTRICTED(id, name, sentence)
#define AM_WISH(id, name, unit, sentence) AM_##id,
#include "model/rules.def"
#undef AM_RULE
#undef AM_RESTRICTED
#undef AM_WISH
    AM_WISH_COUNT
};

/* A set of rules: bit r stands for rule r. */
typedef uint32_t am_rule_set;
#define AM_RULE_BIT(rule) ((am_rule_set)1 << (rule))

const char *am_rule_id(enum am_rule rule);       /* "R3" */
const char *am_rule_name(enum am_rule rule);     /* "travel" */
const char *am_rule_sentence(enum am_rule rule); /* what a person reads */
bool am_rule_restricted(enum am_rule rule);      /* facts behind it are sensitive */
const char *am_wish_id(enum am_wish wish);
const char *am_wish_name(enum am_wish wish);
const char *am_wish_unit(enum am_wish wish);
const char *am_wish_sentence(enum am_wish wish);

/* The rule of an id such as "R3", or -1. */
int am_rule_find(const char *id);

/* The lowest-numbered rule of a set that is not empty. */
enum am_rule am_rule_first(am_rule_set set);

#endif
