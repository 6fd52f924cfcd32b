#include "solver/crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "solver/lp.h"

struct member {
    struct am_crew *crew;
    int number;
    pthread_t thread;
};

struct am_crew {
    struct member *others; /* all but the caller */
    int size;
    pthread_mutex_t lock;
    pthread_cond_t work_there, work_done;
    long round; /* counts works; members wait for the next */
    int busy;
    bool closing;
    void (*work)(void *context, int member);
    void *context;
    /* a work in shares: the next that nobody has */
    atomic_int next_share;
    int shares;
    void (*share_work)(void *context, int member, int share);
    void *share_context;
};

static void *serve(void *argument)
{
    struct member *member = argument;
    struct am_crew *crew = member->crew;
    long seen = 0;
    (void)pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (crew->round == seen && !crew->closing)
            (void)pthread_cond_wait(&crew->work_there, &crew->lock);
        if (crew->round == seen)
            break;
        seen = crew->round;
        (void)pthread_mutex_unlock(&crew->lock);
        crew->work(crew->context, member->number);
        (void)pthread_mutex_lock(&crew->lock);
        if (--crew->busy == 0)
            (void)pthread_cond_signal(&crew->work_done);
    }
    (void)pthread_mutex_unlock(&crew->lock);
    am_lp_thread_end();
    return NULL;
}

am_status am_crew_new(struct am_crew **out, int most, struct am_err *err)
{
    *out = NULL;
    struct am_crew *crew = calloc(1, sizeof *crew);
    if (!crew)
        return am_fail_memory(err);
    crew->others = calloc((size_t)most, sizeof *crew->others);
    if (!crew->others) {
        free(crew);
        return am_fail_memory(err);
    }
    (void)pthread_mutex_init(&crew->lock, NULL);
    (void)pthread_cond_init(&crew->work_there, NULL);
    (void)pthread_cond_init(&crew->work_done, NULL);
    for (crew->size = 1; crew->size < most; crew->size++) {
        struct member *member = &crew->others[crew->size - 1];
        *member = (struct member){.crew = crew, .number = crew->size};
        if (pthread_create(&member->thread, NULL, serve, member) != 0)
            break;
    }
    *out = crew;
    return AM_OK;
}

void am_crew_free(struct am_crew *crew)
{
    if (!crew)
        return;
    (void)pthread_mutex_lock(&crew->lock);
    crew->closing = true;
    (void)pthread_cond_broadcast(&crew->work_there);
    (void)pthread_mutex_unlock(&crew->lock);
    for (int i = 0; i + 1 < crew->size; i++)
        (void)pthread_join(crew->others[i].thread, NULL);
    (void)pthread_cond_destroy(&crew->work_there);
    (void)pthread_cond_destroy(&crew->work_done);
    (void)pthread_mutex_destroy(&crew->lock);
    free(crew->others);
    free(crew);
}

int am_crew_size(const struct am_crew *crew)
{
    return crew->size;
}

void am_crew_begin(struct am_crew *crew, void (*work)(void *context, int member), void *context)
{
    (void)pthread_mutex_lock(&crew->lock);
    crew->work = work;
    crew->context = context;
    crew->busy = crew->size - 1;
    crew->round++;
    (void)pthread_cond_broadcast(&crew->work_there);
    (void)pthread_mutex_unlock(&crew->lock);
}

void am_crew_end(struct am_crew *crew)
{
    crew->work(crew->context, 0);
    (void)pthread_mutex_lock(&crew->lock);
    while (crew->busy > 0)
        (void)pthread_cond_wait(&crew->work_done, &crew->lock);
    (void)pthread_mutex_unlock(&crew->lock);
}

void am_crew_do(struct am_crew *crew, void (*work)(void *context, int member), void *context)
{
    am_crew_begin(crew, work, context);
    am_crew_end(crew);
}

static void do_shares(void *context, int member)
{
    struct am_crew *crew = context;
    for (int i; (i = atomic_fetch_add(&crew->next_share, 1)) < crew->shares;)
        crew->share_work(crew->share_context, member, i);
}

void am_crew_share_begin(struct am_crew *crew, int shares,
                         void (*work)(void *context, int member, int share), void *context)
{
    atomic_store(&crew->next_share, 0);
    crew->shares = shares;
    crew->share_work = work;
    crew->share_context = context;
    am_crew_begin(crew, do_shares, crew);
}

void am_crew_share(struct am_crew *crew, int shares,
                   void (*work)(void *context, int member, int share), void *context)
{
    if (shares == 1) {
        work(context, 0, 0);
        return;
    }
    am_crew_share_begin(crew, shares, work, context);
    am_crew_end(crew);
}
