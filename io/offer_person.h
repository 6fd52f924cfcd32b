/*
 * offer_person - a caseload with one more person, read from a file of their own.
 *
 * The file holds one entry of people[], as docs/format.md states it. It is set
 * into the caseload's text behind the last person, and the whole is read as any
 * caseload is: the same fields, the same mistakes. Findings are told at their
 * place in the person's file.
 */
#ifndef AM_IO_OFFER_PERSON_H
#define AM_IO_OFFER_PERSON_H

#include "base/diag.h"
#include "model/caseload.h"

/*
 * Read the caseload of path caseload_path, which is valid by itself, with the
 * person of person_path, who is the last one. Released by the caller on success
 * and on failure. Fails with AM_EPARSE or AM_EINVALID (findings), AM_EIO, AM_ENOMEM.
 */
AM_MUST_CHECK am_status am_offer_person_read(struct am_caseload *caseload,
                                             const char *caseload_path, const char *person_path,
                                             struct am_diag *diag, struct am_err *err);

#endif
