/*
 * redact_work - the parts of io/redact.h that its files share.
 */
#ifndef AM_IO_REDACT_WORK_H
#define AM_IO_REDACT_WORK_H

#include <cjson/cJSON.h>

#include "base/names.h"
#include "io/emit_json.h"
#include "io/redact.h"
#include "model/caseload.h"

enum am_redact_kind {
    AM_REDACT_PERSON,
    AM_REDACT_PLACE,
    AM_REDACT_PROJECT,
    AM_REDACT_SESSION,
    AM_REDACT_SUPERVISOR,
    AM_REDACT_KIND_COUNT
};

struct am_redact_work {
    const struct am_caseload *caseload;
    struct am_arena arena;
    struct am_emit emit;
    cJSON *root; /* the file as a tree, for what the caseload no longer holds: how sessions recur */
    struct am_names sessions, places, supervisors; /* the old ids, by number of the new ones */
    int32_t *events;                               /* the new event number of each order */
    int digits[AM_REDACT_KIND_COUNT];              /* so that new ids are of one length */
    bool hours;                                    /* some journey depends on the hour */
    struct am_redact_result *result;
};

/* ---- io/redact.c ---- */

/* A new id; index -1 writes nothing. key is NULL in a list. */
void am_redact_id(struct am_redact_work *work, const char *key, enum am_redact_kind kind,
                  int index);
/* AM_NO_DATE writes nothing. */
void am_redact_date(struct am_redact_work *work, const char *key, am_date date);
void am_redact_minute(struct am_redact_work *work, const char *key, int minute);
void am_redact_days(struct am_redact_work *work, am_weekdays days);
void am_redact_dates(struct am_redact_work *work, const char *key, struct am_dates dates);
void am_redact_event(struct am_redact_work *work, const char *key, int order);
/* "available" and "unavailable", of a person or a supervisor */
void am_redact_time(struct am_redact_work *work, struct am_windows windows,
                    struct am_absences absences);

/* ---- one part of the file each ---- */

void am_redact_people(struct am_redact_work *work); /* redact_people.c */
AM_MUST_CHECK am_status am_redact_projects(struct am_redact_work *work,
                                           struct am_err *err); /* redact_projects.c */
AM_MUST_CHECK am_status am_redact_travel(struct am_redact_work *work,
                                         struct am_err *err); /* redact_travel.c */

#endif
