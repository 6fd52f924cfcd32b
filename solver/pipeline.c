#include "solver/pipeline.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "solver/lp.h"

struct am_pipeline {
    void (*work)(void *context, int slot);
    void *context;
    int room;
    bool *done; /* a slot */
    pthread_t *threads;
    int thread_count;
    pthread_mutex_t lock;
    pthread_cond_t given_one, done_one;
    /* Pieces, counted from the first: piece n is in slot n % room. */
    long given, begun, taken;
    bool closing;
};

static void *serve(void *argument)
{
    struct am_pipeline *pipeline = argument;
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
    am_lp_thread_end();
    return NULL;
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
    pipeline->threads = calloc((size_t)threads, sizeof *pipeline->threads);
    if (!pipeline->done || !pipeline->threads) {
        free(pipeline->done);
        free(pipeline->threads);
        free(pipeline);
        return am_fail_memory(err);
    }
    (void)pthread_mutex_init(&pipeline->lock, NULL);
    (void)pthread_cond_init(&pipeline->given_one, NULL);
    (void)pthread_cond_init(&pipeline->done_one, NULL);
    while (threads > 1 && pipeline->thread_count < threads &&
           pthread_create(&pipeline->threads[pipeline->thread_count], NULL, serve, pipeline) == 0)
        pipeline->thread_count++;
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
    for (int i = 0; i < pipeline->thread_count; i++)
        (void)pthread_join(pipeline->threads[i], NULL);
    (void)pthread_cond_destroy(&pipeline->given_one);
    (void)pthread_cond_destroy(&pipeline->done_one);
    (void)pthread_mutex_destroy(&pipeline->lock);
    free(pipeline->threads);
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
    if (pipeline->thread_count == 0) {
        pipeline->work(pipeline->context, slot);
        return slot;
    }
    (void)pthread_mutex_lock(&pipeline->lock);
    while (!pipeline->done[slot])
        (void)pthread_cond_wait(&pipeline->done_one, &pipeline->lock);
    (void)pthread_mutex_unlock(&pipeline->lock);
    return slot;
}
