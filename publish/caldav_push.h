/*
 * caldav_push - brings a calendar on a server to what a feed holds.
 *
 * The calendar is listed once; what differs is sent, each event as a resource
 * of its own and on condition that it is still what was listed. An event that
 * somebody changed or removed at the server is put right: calendars go one
 * way. Whatever happens, the ledger says what was done, and the next run does
 * the rest.
 */
#ifndef AM_PUBLISH_CALDAV_PUSH_H
#define AM_PUBLISH_CALDAV_PUSH_H

#include "publish/caldav_ledger.h"
#include "publish/caldav_plan.h"
#include "publish/caldav_session.h"
#include "publish/caldav_target.h"
#include "publish/feed.h"

struct am_caldav_push {
    const struct am_caldav_session *session;
    struct am_caldav_target target; /* owned; moves on where the server says so */
    const struct am_feed *feed;
    struct am_caldav_ledger *ledger;
    bool may_empty; /* a feed without events may take away all that is there */

    /* called when the ledger should be saved: now and then, and at the end */
    am_status (*save)(void *context, struct am_err *err);
    /* called for each event that could not be put right, with the reason */
    void (*refused)(void *context, const struct am_caldav_step *step, const struct am_err *why);
    void *context;

    struct am_caldav_plan plan;                    /* filled by am_caldav_push_plan */
    int done[AM_CALDAV_DELETE + 1], refused_count; /* filled by am_caldav_push_run */
};

/* Ask the server what it has, and plan. Nothing is changed there. Everything is
 * kept in the arena. Fails with what the server's answer means (AM_EIO,
 * AM_EPARSE), AM_EINVALID (no calendar, another server, or all would go),
 * AM_EINTERRUPTED or AM_ENOMEM. */
AM_MUST_CHECK am_status am_caldav_push_plan(struct am_caldav_push *push, struct am_arena *arena,
                                            struct am_err *err);

/* Do what was planned. Goes on after an event that is refused, and stops where
 * there is no use in going on; in both cases the ledger is saved and this
 * fails, with AM_EIO or what am_caldav_push_plan fails with. */
AM_MUST_CHECK am_status am_caldav_push_run(struct am_caldav_push *push, struct am_err *err);

#endif
