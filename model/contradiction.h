/*
 * contradiction - the smallest set of facts that contradict each other.
 *
 * Where many facts together leave nothing, few of them usually do so by
 * themselves. The deletion filter finds such a few (Chinneck and Dravnieks 1991):
 * leave out one fact after the other, and what is not needed for the
 * contradiction stays out. What is left is irreducible: without any one of them
 * there is none.
 */
#ifndef AM_MODEL_CONTRADICTION_H
#define AM_MODEL_CONTRADICTION_H

#include <stdbool.h>

#include "model/rules.h"

/* Do these facts contradict each other? kept[i]: fact i is among them. More
 * facts never contradict less. */
typedef bool am_contradict(void *context, const bool *kept);

/* kept: `count` of them, all true at first, and together a contradiction. On
 * return those of an irreducible set are. Facts are left out from the last to the
 * first, so that the set is one of the first facts where there is a choice.
 * Returns how many are left. */
int am_contradiction_reduce(int count, am_contradict *contradict, void *context, bool *kept);

/*
 * Likewise of rules: sets[i] holds the rules that forbid thing i, none of them
 * empty. Returns an irreducible set of rules that by themselves forbid all of
 * them (0: there is nothing). Arithmetic comes first: where one rule forbids
 * everything, it is that one, the first of them.
 */
am_rule_set am_contradiction_rules(const am_rule_set *sets, int count);

#endif
