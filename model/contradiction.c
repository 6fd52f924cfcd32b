#include "model/contradiction.h"

int am_contradiction_reduce(int count, am_contradict *contradict, void *context, bool *kept)
{
    int left = count;
    for (int i = count - 1; i >= 0; i--) {
        kept[i] = false;
        if (contradict(context, kept))
            left--;
        else
            kept[i] = true;
    }
    return left;
}

/* ---- rules ---- */

struct forbidding {
    const am_rule_set *sets;
    int count;
};

/* Is everything forbidden by the rules that are kept? */
static bool forbid_all(void *context, const bool *kept)
{
    const struct forbidding *all = context;
    am_rule_set rules = 0;
    for (int r = 0; r < AM_RULE_COUNT; r++)
        rules |= kept[r] ? AM_RULE_BIT(r) : 0;
    for (int i = 0; i < all->count; i++)
        if (!(all->sets[i] & rules))
            return false;
    return true;
}

am_rule_set am_contradiction_rules(const am_rule_set *sets, int count)
{
    struct forbidding all = {sets, count};
    bool kept[AM_RULE_COUNT];
    am_rule_set every = count > 0 ? sets[0] : 0, left = 0;
    for (int i = 0; i < count; i++)
        every &= sets[i];
    if (count == 0 || every)
        return every ? AM_RULE_BIT(am_rule_first(every)) : 0;
    for (int r = 0; r < AM_RULE_COUNT; r++)
        kept[r] = true;
    (void)am_contradiction_reduce(AM_RULE_COUNT, forbid_all, &all, kept);
    for (int r = 0; r < AM_RULE_COUNT; r++)
        left |= kept[r] ? AM_RULE_BIT(r) : 0;
    return left;
}
