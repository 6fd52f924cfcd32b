/*
 * plan_file - what a plan's file says, by itself: inside io/ only.
 *
 * Numbers are in range and lists of the right length; whether all that fits a
 * caseload is for those who read it (io/plan_read.h).
 */
#ifndef AM_IO_PLAN_FILE_H
#define AM_IO_PLAN_FILE_H

#include "io/digest.h"
#include "io/json.h"
#include "model/plan.h"

struct am_plan_file_kind {
    const char *project, *place;
    int32_t minutes, seats;
    bool supervised;
    enum am_week_part part;
    const cJSON *at;
};

struct am_plan_file_cell {
    int32_t week, kind, minutes;
};

/* A person, or an arrival (crn NULL). */
struct am_plan_file_planned {
    const char *crn;
    int32_t arrival;     /* -1: a person */
    const char **events; /* of the orders that the plan knows */
    int event_count;
    int32_t left_min;
    int32_t *by_min, *least_min; /* one a week; NULL for an arrival */
    struct am_plan_file_cell *cells;
    int cell_count;
    const cJSON *at;
};

struct am_plan_file_use {
    int32_t week, kind, held_min, run_min;
    int64_t seat_min, price;
};

struct am_plan_file_supervisors {
    int32_t week, row;
    int32_t minutes;
    int64_t price;
};

struct am_plan_file {
    struct am_json json;
    struct am_arena arena; /* of everything here */
    char sha256[AM_DIGEST_TEXT];
    const char *input_sha256;
    const cJSON *input_at;
    am_date from;
    int weeks;
    int arrivals_per_week;
    int64_t objective, bound;
    struct am_plan_file_kind *kinds;
    int kind_count;
    struct am_plan_file_use *uses;
    int use_count;
    struct am_plan_file_supervisors *supervisors;
    int supervisor_count;
    struct am_plan_file_planned *planned; /* people in file order, then arrivals */
    int planned_count;
};

/* Fails with AM_EPARSE or AM_EINVALID after findings, AM_EIO or AM_ENOMEM. The
 * caller releases in any case. */
AM_MUST_CHECK am_status am_plan_file_read(struct am_plan_file *file, const char *path,
                                          struct am_diag *diag, struct am_err *err);
void am_plan_file_release(struct am_plan_file *file);

#endif
