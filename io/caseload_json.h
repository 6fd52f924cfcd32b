/*
 * caseload_json - read a caseload (amends-caseload/1).
 *
 * Every field is in docs/format.md and in the JSON Schema beside it. The files
 * that the caseload names (journey times, bank holidays) are read relative to
 * its folder. All mistakes are reported, not only the first.
 */
#ifndef AM_IO_CASELOAD_JSON_H
#define AM_IO_CASELOAD_JSON_H

#include "base/diag.h"
#include "model/caseload.h"

/* Read path into *caseload, which the caller releases on success and on
 * failure. Findings go to diag; AM_EINVALID or AM_EPARSE when any is an error,
 * AM_EIO or AM_ENOMEM otherwise. */
AM_MUST_CHECK am_status am_caseload_read(struct am_caseload *caseload, const char *path,
                                         struct am_diag *diag, struct am_err *err);

/* Likewise, with the sessions of so many weeks beyond the last deadline, for
 * plans. Rosters, clocks and scores do not depend on those. */
AM_MUST_CHECK am_status am_caseload_read_ahead(struct am_caseload *caseload, const char *path,
                                               int weeks_beyond, struct am_diag *diag,
                                               struct am_err *err);

/* Likewise from bytes at hand, which are read as if they had stood in the file
 * path; they are copied. */
AM_MUST_CHECK am_status am_caseload_read_bytes(struct am_caseload *caseload, const char *path,
                                               const char *bytes, size_t size, struct am_diag *diag,
                                               struct am_err *err);

#endif
