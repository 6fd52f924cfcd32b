#include "model/rules.h"

#include <assert.h>
#include <string.h>

struct rule_text {
    const char *id, *name, *sentence;
    bool restricted;
};

struct wish_text {
    const char *id, *name, *unit, *sentence;
};

static const struct rule_text rule_texts[AM_RULE_COUNT] = {
#define AM_RULE(id, name, sentence) {#id, name, sentence, false},
#define AM_RESTRICTED(id, name, sentence) {#id, name, sentence, true},
#define AM_WISH(id, name, unit, sentence)
#include "model/rules.def"
#undef AM_RULE
#undef AM_RESTRICTED
#undef AM_WISH
};

static const struct wish_text wish_texts[AM_WISH_COUNT] = {
#define AM_RULE(id, name, sentence)
#define AM_RESTRICTED(id, name, sentence)
#define AM_WISH(id, name, unit, sentence) {#id, name, unit, sentence},
#include "model/rules.def"
#undef AM_RULE
#undef AM_RESTRICTED
#undef AM_WISH
};

const char *am_rule_id(enum am_rule rule)
{
    return rule_texts[rule].id;
}

const char *am_rule_name(enum am_rule rule)
{
    return rule_texts[rule].name;
}

const char *am_rule_sentence(enum am_rule rule)
{
    return rule_texts[rule].sentence;
}

bool am_rule_restricted(enum am_rule rule)
{
    return rule_texts[rule].restricted;
}

const char *am_wish_id(enum am_wish wish)
{
    return wish_texts[wish].id;
}

const char *am_wish_name(enum am_wish wish)
{
    return wish_texts[wish].name;
}

const char *am_wish_unit(enum am_wish wish)
{
    return wish_texts[wish].unit;
}

const char *am_wish_sentence(enum am_wish wish)
{
    return wish_texts[wish].sentence;
}

int am_rule_find(const char *id)
{
    for (int r = 0; r < AM_RULE_COUNT; r++)
        if (strcmp(rule_texts[r].id, id) == 0)
            return r;
    return -1;
}

enum am_rule am_rule_first(am_rule_set set)
{
    assert(set != 0);
    int rule = 0;
    while (!(set & AM_RULE_BIT(rule)))
        rule++;
    return (enum am_rule)rule;
}
