#include "io/held_signals.h"

#include <errno.h>
#include <stddef.h>
#include <time.h>

static const int ending[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE};
enum { ENDING_COUNT = sizeof ending / sizeof *ending };

void am_signals_hold(sigset_t *before)
{
    sigset_t held;
    (void)sigemptyset(&held);
    for (int i = 0; i < ENDING_COUNT; i++)
        (void)sigaddset(&held, ending[i]);
    (void)sigaddset(&held, SIGXFSZ);
    (void)pthread_sigmask(SIG_BLOCK, &held, before);
}

void am_signals_release(const sigset_t *before)
{
    const struct timespec at_once = {0, 0};
    sigset_t too_large;
    int reason = errno;
    (void)sigemptyset(&too_large);
    (void)sigaddset(&too_large, SIGXFSZ);
    if (!sigismember(before, SIGXFSZ))
        while (sigtimedwait(&too_large, NULL, &at_once) == SIGXFSZ)
            ;
    (void)pthread_sigmask(SIG_SETMASK, before, NULL);
    errno = reason;
}

bool am_signals_waiting(void)
{
    sigset_t waiting;
    if (sigpending(&waiting) != 0)
        return false;
    for (int i = 0; i < ENDING_COUNT; i++)
        if (sigismember(&waiting, ending[i]))
            return true;
    return false;
}
