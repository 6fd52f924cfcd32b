/*
 * explained - random caseloads with their best rosters, ready to be explained.
 */
#ifndef AM_TESTS_EXPLAINED_H
#define AM_TESTS_EXPLAINED_H

#include "cli/explain.h"
#include "model/audit_parts.h"
#include "tests/property/property.h"

/* A caseload, its best roster, and the explanations of it. */
struct explained {
    struct tiny_case tiny;
    struct am_derived derived; /* borrows all of tiny */
    struct am_settings settings;
    struct am_roster roster;
    struct am_explaining ex;
    struct am_arena arena;
    struct am_audit_facts facts;
    int seed;
};

/* Each fails the test when it cannot do what it says. With more people the unit
 * is too large to be solved as a whole, and the roster is a good one. */
void explained_begin(struct explained *e, int seed);
void explained_begin_with(struct explained *e, int seed, int more_people);
void explained_end(struct explained *e);

#endif
