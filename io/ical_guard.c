#include "io/ical_guard.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>
#include <unicode/uloc.h>

/* More than one event or rule takes; less than what free gives back to the
 * system at once. */
enum { RESERVE_BYTES = 100000 };

/* Sanitizers look for the faults themselves. */
#if defined(__SANITIZE_ADDRESS__)
#define FAULTS_ARE_REPORTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FAULTS_ARE_REPORTED 1
#endif
#endif
#ifndef FAULTS_ARE_REPORTED
#define FAULTS_ARE_REPORTED 0
#endif

static const int faults[] = {SIGSEGV, SIGBUS, SIGABRT};
enum { FAULT_COUNT = sizeof faults / sizeof *faults };

static _Thread_local sigjmp_buf way_out;
static _Thread_local volatile sig_atomic_t contained;

static void jump_out(int number)
{
    if (contained)
        siglongjmp(way_out, number);
    (void)signal(number, SIG_DFL); /* of another thread: none of ours */
    (void)raise(number);
}

static void watch(struct sigaction before[FAULT_COUNT])
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = jump_out;
    (void)sigemptyset(&action.sa_mask);
    for (int i = 0; i < FAULT_COUNT; i++)
        (void)sigaction(faults[i], FAULTS_ARE_REPORTED ? NULL : &action, &before[i]);
}

static void unwatch(const struct sigaction before[FAULT_COUNT])
{
    contained = 0;
    for (int i = 0; i < FAULT_COUNT; i++)
        (void)sigaction(faults[i], &before[i], NULL);
}

/* What is free now serves the small allocations that follow. */
static bool make_sure_of_memory(void)
{
    void *volatile reserve = malloc(RESERVE_BYTES);
    bool enough = reserve != NULL;
    free(reserve);
    return enough;
}

/* libical asks ICU about calendars, and ICU finds out what language it speaks when
 * that is first needed, under a lock. Where memory is out just then, it asks itself
 * again, and waits for itself for ever. So it is told; no answer depends on it. */
static pthread_once_t language = PTHREAD_ONCE_INIT;
static bool language_is_settled;

static void settle_language(void)
{
    UErrorCode status = U_ZERO_ERROR;
    uloc_setDefault("en_GB", &status);
    language_is_settled = U_SUCCESS(status);
}

am_status am_ical_contain(am_ical_call *call, void *context, struct am_err *err)
{
    struct sigaction before[FAULT_COUNT];
    if (!make_sure_of_memory() || pthread_once(&language, settle_language) != 0 ||
        !language_is_settled)
        return am_fail_memory(err);
    watch(before);
    errno = 0;
    if (sigsetjmp(way_out, 1) != 0) {
        unwatch(before);
        return errno == ENOMEM ? am_fail_memory(err) : am_fail(err, AM_EINVALID, "libical gave up");
    }
    contained = 1;
    icalerror_set_errors_are_fatal(0);
    icalerror_clear_errno(); /* takes memory when it is first asked for */
    am_status status = call(context, err);
    bool out = errno == ENOMEM || icalerrno == ICAL_NEWFAILED_ERROR;
    unwatch(before);
    return out ? am_fail_memory(err) : status;
}
