/*
 * credit_work - the parts of io/credit.h that its files share.
 */
#ifndef AM_IO_CREDIT_WORK_H
#define AM_IO_CREDIT_WORK_H

#include <cjson/cJSON.h>

#include "io/credit.h"

/* One appointment: of the caseload, or of the roster. */
struct am_entry {
    cJSON *item; /* in the new caseload; owned by `entries` until it is put back into the tree */
    int person, order, project, supervisor;
    const char *session_id;
    am_date original_date, date;
    int16_t start, minutes;
    enum am_appointment_state state;
    int32_t credited_min; /* -1: not given */
    bool pinned;
    bool gone; /* not in the new caseload */
    int next;  /* of the same person, -1: none */
    int line;  /* of the outcome in the table; 0: none */
};

struct am_entries {
    struct am_entry *at;
    int count, room;
    int *first; /* of each person, -1: none */
};

/* The work on one file. */
struct am_credit_work {
    const struct am_credit_request *request;
    const struct am_caseload *caseload;
    struct am_credit_result *result;
    struct am_diag *diag;
    struct am_arena arena;
    cJSON *root;
    struct am_entries entries;
    int32_t *worked_min, *ete_min; /* of each order, as the outcomes leave them */
    bool *credited;                /* orders to which minutes were credited */
    bool *absent;                  /* orders with something missed without an excuse */
    am_date *inducted_on;          /* of each person; AM_NO_DATE: no change */
    am_date from, as_of;           /* of the new caseload */
};

/* ---- io/credit_tree.c: the caseload's file ---- */

/* The file again, as a tree, its appointments taken out of it as entries; then
 * those of the roster, which replace what was booked and could be changed. */
AM_MUST_CHECK am_status am_credit_tree_read(struct am_credit_work *work, struct am_err *err);

/* Put everything back and print it. */
AM_MUST_CHECK am_status am_credit_tree_write(struct am_credit_work *work, struct am_err *err);

/* Minutes of an order that are not worked yet. */
int32_t am_credit_remaining(const struct am_credit_work *work, int order);

/* ---- io/credit_outcomes.c: the table ---- */

/* Read the table and put each outcome on its entry. Mistakes go to diag. Fails
 * only where the file cannot be read or memory is out. */
AM_MUST_CHECK am_status am_credit_outcomes_read(struct am_credit_work *work, struct am_err *err);

#endif
