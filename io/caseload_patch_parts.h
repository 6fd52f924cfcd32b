/*
 * caseload_patch_parts - the steps of io/caseload_patch.c.
 */
#ifndef AM_IO_CASELOAD_PATCH_PARTS_H
#define AM_IO_CASELOAD_PATCH_PARTS_H

#include "io/patch_tree.h"
#include "io/recurrence.h"
#include "io/scenario_json.h"

/* ---- caseload_merge.c ---- */

/* Merge "changes" of a scenario into the tree: RFC 7396, and by id. */
void am_patch_merge(struct am_patch *patch, const cJSON *changes);

/* ---- the verbs ---- */

/* Do them in their order: caseload_verbs.c. */
void am_patch_verbs(struct am_patch *patch, const cJSON *verbs);

/* One verb each; value is the verb's object. */
typedef void am_verb(struct am_patch *patch, const cJSON *value);

am_verb am_verb_close_project;     /* caseload_verbs_sessions.c */
am_verb am_verb_add_session;       /* likewise */
am_verb am_verb_add_places;        /* likewise */
am_verb am_verb_add_supervisor;    /* caseload_verbs_people.c */
am_verb am_verb_remove_supervisor; /* likewise */
am_verb am_verb_add_available;     /* likewise */
am_verb am_verb_scale_arrivals;    /* caseload_verbs_arrivals.c */
am_verb am_verb_add_waiver;        /* caseload_verbs.c */
am_verb am_verb_policy;            /* likewise */

/* What the caseload says of time: its window and its date. */
struct am_patch_time {
    am_date from, last, as_of;
};

struct am_patch_time am_patch_time(const struct am_patch *patch);

/* The period of a verb: "from" (default: the window's first day) and "to" (AM_NO_DATE:
 * for good). False after an error. */
struct am_patch_period {
    am_date from, to;
};

bool am_patch_period(struct am_patch *patch, const cJSON *from, const cJSON *to,
                     struct am_patch_period *period);

/* ---- sessions as they are defined: patch_sessions.c ---- */

/* The session of this id in whatever project; *project is that. Or NULL after an
 * error, or where value is NULL. */
cJSON *am_patch_session(struct am_patch *patch, const cJSON *value, cJSON **project);

/* The original dates in a period on which a defined session takes place; for
 * good means up to a year after the window. Those cancelled are among them. */
bool am_patch_dates(struct am_patch *patch, const cJSON *session, struct am_patch_period period,
                    struct am_date_list *dates, const cJSON *why);

/* The override of a date, made where it is missing. */
cJSON *am_patch_override(struct am_patch *patch, cJSON *session, am_date date, const cJSON *why);

/* A verb that closes a project for a time, or adds to it: what is added where it is
 * closed all that time is a conflict. */
struct am_patch_use {
    const cJSON *project, *why;
    bool closes;
    struct am_patch_period period;
    struct am_patch_use *next;
};

void am_patch_note_use(struct am_patch *patch, const struct am_patch_use *use);

/* ---- scenario_json.c ---- */

enum am_scenario_key {
    AM_SCENARIO_FORMAT,
    AM_SCENARIO_NAMED,
    AM_SCENARIO_SENTENCE,
    AM_SCENARIO_COST,
    AM_SCENARIO_CHANGES,
    AM_SCENARIO_VERBS,
    AM_SCENARIO_KEY_COUNT
};

/* Read what a parsed scenario says of itself; slots receives its members. */
void am_scenario_take(struct am_json *json, struct am_scenario *scenario,
                      const cJSON *slots[AM_SCENARIO_KEY_COUNT]);

#endif
