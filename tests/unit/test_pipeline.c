/* Work done side by side and taken in its order (solver/pipeline.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "solver/pipeline.h"

enum { ROOM = 5, PIECES = 400, ROUND = 50, MOST_THREADS = 4, LONG_MS = 30 };

struct rig {
    struct am_pipeline *pipeline;
    int question[ROOM], answer[ROOM]; /* of each slot: whose turn it is, only they touch it */
    pthread_t thread[ROOM];
    atomic_int begun, works;
    atomic_bool held; /* whoever works waits until it is not */
};

static void sleep_ms(long ms)
{
    const struct timespec time = {.tv_nsec = ms * 1000000};
    (void)nanosleep(&time, NULL);
}

/* Some pieces take long, so that those given later are done sooner. */
static void square(void *context, int slot)
{
    struct rig *rig = context;
    (void)atomic_fetch_add(&rig->begun, 1);
    while (atomic_load(&rig->held))
        sleep_ms(1);
    if (rig->question[slot] % 97 == 0)
        sleep_ms(LONG_MS);
    rig->answer[slot] = rig->question[slot] * rig->question[slot];
    rig->thread[slot] = pthread_self();
    (void)atomic_fetch_add(&rig->works, 1);
}

static void begin(struct rig *rig, int threads)
{
    struct am_err err;
    *rig = (struct rig){0};
    assert_int_equal(am_pipeline_new(&rig->pipeline, threads, ROOM, square, rig, &err), AM_OK);
}

static void give(struct rig *rig, int question)
{
    int slot = am_pipeline_slot(rig->pipeline);
    rig->question[slot] = question;
    rig->answer[slot] = -1;
    am_pipeline_give(rig->pipeline);
}

static void pieces_are_taken_in_the_order_in_which_they_were_given(void **state)
{
    (void)state;
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
        struct rig rig;
        begin(&rig, threads);
        int given = 0;
        for (int taken = 0; taken < PIECES; taken++) {
            /* now and then all of them are taken before another is given */
            int by_now = (taken / ROUND + 1) * ROUND;
            while (given < by_now && am_pipeline_count(rig.pipeline) < ROOM)
                give(&rig, given++);
            assert_int_equal(am_pipeline_count(rig.pipeline), given - taken);
            int slot = am_pipeline_take(rig.pipeline);
            assert_int_equal(rig.question[slot], taken);
            assert_int_equal(rig.answer[slot], taken * taken);
        }
        assert_int_equal(am_pipeline_count(rig.pipeline), 0);
        assert_int_equal(atomic_load(&rig.works), PIECES);
        am_pipeline_free(rig.pipeline);
    }
}

static void one_thread_does_it_itself_when_it_takes(void **state)
{
    (void)state;
    struct rig rig;
    begin(&rig, 1);
    give(&rig, 3);
    give(&rig, 4);
    assert_int_equal(atomic_load(&rig.works), 0);
    assert_int_equal(rig.answer[am_pipeline_take(rig.pipeline)], 9);
    assert_int_equal(atomic_load(&rig.works), 1);
    int slot = am_pipeline_take(rig.pipeline);
    assert_int_equal(rig.answer[slot], 16);
    assert_true(pthread_equal(rig.thread[slot], pthread_self()));
    am_pipeline_free(rig.pipeline);
}

static void several_do_it_beside_the_caller(void **state)
{
    (void)state;
    struct rig rig;
    begin(&rig, 2);
    for (int i = 1; i <= ROOM; i++)
        give(&rig, i);
    for (int i = 1; i <= ROOM; i++)
        assert_false(pthread_equal(rig.thread[am_pipeline_take(rig.pipeline)], pthread_self()));
    am_pipeline_free(rig.pipeline);
}

static void what_was_not_begun_is_left_undone(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        struct rig rig;
        begin(&rig, threads);
        atomic_store(&rig.held, true);
        for (int i = 1; i <= ROOM; i++)
            give(&rig, i);
        while (threads > 1 && atomic_load(&rig.begun) < threads)
            sleep_ms(1);
        atomic_store(&rig.held, false);
        am_pipeline_free(rig.pipeline);
        assert_int_equal(atomic_load(&rig.works), atomic_load(&rig.begun));
        assert_true(atomic_load(&rig.works) >= (threads > 1 ? threads : 0));
        if (threads == 1)
            assert_int_equal(atomic_load(&rig.works), 0);
    }
    am_pipeline_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_taken_in_the_order_in_which_they_were_given),
        cmocka_unit_test(one_thread_does_it_itself_when_it_takes),
        cmocka_unit_test(several_do_it_beside_the_caller),
        cmocka_unit_test(what_was_not_begun_is_left_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
