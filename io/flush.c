#include "io/flush.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { WAITERS = 24 };

bool am_flush(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool flushed = fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP;
    int reason = errno;
    (void)close(descriptor);
    errno = reason;
    return flushed;
}

struct work {
    const char *const *paths;
    int count;
    atomic_int next, failed, reason; /* failed: an index, -1 none */
};

static void *flush_some(void *context)
{
    struct work *work = context;
    for (;;) {
        int i = atomic_fetch_add(&work->next, 1);
        if (i >= work->count || atomic_load(&work->failed) >= 0)
            return NULL;
        if (am_flush(work->paths[i]))
            continue;
        atomic_store(&work->reason, errno);
        atomic_store(&work->failed, i);
    }
}

int am_flush_all(const char *const *paths, int count)
{
    pthread_t waiters[WAITERS];
    struct work work = {.paths = paths, .count = count};
    int started = 0;
    atomic_init(&work.next, 0);
    atomic_init(&work.reason, 0);
    atomic_init(&work.failed, -1);
    while (started < WAITERS && started < count - 1 &&
           pthread_create(&waiters[started], NULL, flush_some, &work) == 0)
        started++;
    (void)flush_some(&work); /* so that it is done even where no thread could start */
    for (int i = 0; i < started; i++)
        (void)pthread_join(waiters[i], NULL);
    errno = atomic_load(&work.reason);
    return atomic_load(&work.failed);
}
