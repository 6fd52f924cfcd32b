/*
 * caseload_patch - a caseload with a scenario's changes made in it.
 *
 * Works on the text: what no change touches stays byte for byte as it was
 * written. Changes are RFC 7396 (JSON Merge Patch) extended by id, and verbs; see
 * docs/scenarios.md. A scenario may come from a file or be written in memory
 * (io/emit_json.h): the call is the same. May be used by several threads.
 */
#ifndef AM_IO_CASELOAD_PATCH_H
#define AM_IO_CASELOAD_PATCH_H

#include "io/scenario_json.h"
#include "model/caseload.h"

struct am_patch_piece;

struct am_patched {
    struct am_scenario scenario;
    struct am_document caseload; /* path: the base's, so that files it names are found */
    bool names_files;            /* some of them relative to its folder */
    /* the rest is for am_patched_read: where each byte came from */
    struct am_document base, from;
    struct am_patch_piece *pieces;
    size_t piece_count;
    struct am_arena arena;
};

/*
 * Make the changes of a scenario in a caseload. Both documents must outlive
 * *patched, which is released on success and on failure. Findings name the
 * scenario's file, line and path: an unknown id (and the nearest known one), a
 * wrong type or unit, two changes that conflict. Fails with AM_EPARSE or
 * AM_EINVALID (findings) or AM_ENOMEM. The result need not be a valid caseload:
 * am_patched_read says.
 */
AM_MUST_CHECK am_status am_caseload_patch(struct am_patched *patched,
                                          const struct am_document *base,
                                          const struct am_document *scenario, struct am_diag *diag,
                                          struct am_err *err);
void am_patched_release(struct am_patched *patched);

/* am_caseload_read_bytes of the result. A mistake in what the scenario brought is
 * told at its place in the scenario; one in what it left alone (a reference to
 * what it removed) as one of the scenario as a whole. Warnings about what was
 * there before are left out. */
AM_MUST_CHECK am_status am_patched_read(const struct am_patched *patched,
                                        struct am_caseload *caseload, struct am_diag *diag,
                                        struct am_err *err);

#endif
