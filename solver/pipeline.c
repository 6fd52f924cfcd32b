#include "solver/pipeline.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "solver/crew.h"

struct am_pipeline {
    void (*work)(void *context, int slot);
    void *context;
    int room;
    bool *done;           /* a slot */
    struct am_crew *crew; /* the caller, who gives and takes, and whoever works */
    pthread_mutex_t lock;
    pthread_cond_t given_one, done_one;
    /* Pieces, counted from the first: piece n is in slot n % room. */
    long given, begun, taken;
    bool closing;
};

/* One piece after another until it closes: then the caller comes too, and finds it so. */
static void serve(void *context, int member)
{
    struct am_pipeline *pipeline = context;
    (void)member;
    (void)pthread_mutex_lock(&pipeline->lock);
    for (;;) {
        while (pipeline->begun == pipeline->given && !pipeline->closing)
            (void)pthread_cond_wait(&pipeline->given_one, &pipeline->lock);
        if (pipeline->closing)
            break;
        int slot = (int)(pipeline->begun++ % pipeline->room);
        (void)pthread_mutex_unlock(&pipeline->lock);
        pipeline->work(pipeline->context, slot);
        (void)pthread_mutex_lock(&pipeline->lock);
        pipeline->done[slot] = true;
        (void)pthread_cond_signal(&pipeline->done_one);
    }
    (void)pthread_mutex_unlock(&pipeline->lock);
}

am_status am_pipeline_new(struct am_pipeline **out, int threads, int room,
                          void (*work)(void *context, int slot), void *context, struct am_err *err)
{
    *out = NULL;
    struct am_pipeline *pipeline = calloc(1, sizeof *pipeline);
    if (!pipeline)
        return am_fail_memory(err);
    *pipeline = (struct am_pipeline){.work = work, .context = context, .room = room};
    pipeline->done = calloc((size_t)room, sizeof *pipeline->done);
    am_status status = pipeline->done ? AM_OK : am_fail_memory(err);
    if (status == AM_OK)
        status = am_crew_new(&pipeline->crew, threads > 1 ? 1 + threads : 1, err);
    if (status != AM_OK) {
        free(pipeline->done);
        free(pipeline);
        return status;
    }
    (void)pthread_mutex_init(&pipeline->lock, NULL);
    (void)pthread_cond_init(&pipeline->given_one, NULL);
    (void)pthread_cond_init(&pipeline->done_one, NULL);
    am_crew_begin(pipeline->crew, serve, pipeline);
    *out = pipeline;
    return AM_OK;
}

void am_pipeline_free(struct am_pipeline *pipeline)
{
    if (!pipeline)
        return;
    (void)pthread_mutex_lock(&pipeline->lock);
    pipeline->closing = true;
    (void)pthread_cond_broadcast(&pipeline->given_one);
    (void)pthread_mutex_unlock(&pipeline->lock);
    am_crew_end(pipeline->crew);
    am_crew_free(pipeline->crew);
    (void)pthread_cond_destroy(&pipeline->given_one);
    (void)pthread_cond_destroy(&pipeline->done_one);
    (void)pthread_mutex_destroy(&pipeline->lock);
    free(pipeline->done);
    free(pipeline);
}

int am_pipeline_count(const struct am_pipeline *pipeline)
{
    return (int)(pipeline->given - pipeline->taken);
}

int am_pipeline_slot(const struct am_pipeline *pipeline)
{
    assert(am_pipeline_count(pipeline) < pipeline->room);
    return (int)(pipeline->given % pipeline->room);
}

void am_pipeline_give(struct am_pipeline *pipeline)
{
    int slot = am_pipeline_slot(pipeline);
    (void)pthread_mutex_lock(&pipeline->lock);
    pipeline->done[slot] = false;
    pipeline->given++;
    (void)pthread_cond_signal(&pipeline->given_one);
    (void)pthread_mutex_unlock(&pipeline->lock);
}

int am_pipeline_take(struct am_pipeline *pipeline)
{
    assert(am_pipeline_count(pipeline) > 0);
    int slot = (int)(pipeline->taken++ % pipeline->room);
    if (am_crew_size(pipeline->crew) == 1) {
        pipeline->work(pipeline->context, slot);
        return slot;
    }
    (void)pthread_mutex_lock(&pipeline->lock);
    while (!pipeline->done[slot])
        (void)pthread_cond_wait(&pipeline->done_one, &pipeline->lock);
    (void)pthread_mutex_unlock(&pipeline->lock);
    return slot;
}
