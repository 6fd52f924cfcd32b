/* Threads that each keep their own share of work (solver/crew.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "solver/crew.h"
#include "solver/lp.h"

enum { MOST = 4, WORKS = 200 };

/* What each member did: only it writes there. */
struct share {
    pthread_t thread;
    int works;
    struct am_lp *lp;
    am_status status;
};

static void count_work(void *context, int member)
{
    struct share *mine = (struct share *)context + member;
    if (mine->works++ == 0)
        mine->thread = pthread_self();
    else if (!pthread_equal(mine->thread, pthread_self()))
        mine->works = -WORKS; /* somebody else's */
}

static void every_member_does_every_work_in_its_own_thread(void **state)
{
    (void)state;
    for (int most = 1; most <= MOST; most++) {
        struct share shares[MOST] = {0};
        struct am_crew *crew = NULL;
        struct am_err err;
        assert_int_equal(am_crew_new(&crew, most, &err), AM_OK);
        assert_int_equal(am_crew_size(crew), most);
        for (int i = 0; i < WORKS; i++)
            am_crew_do(crew, count_work, shares);
        for (int i = 0; i < MOST; i++)
            assert_int_equal(shares[i].works, i < most ? WORKS : 0);
        assert_true(pthread_equal(shares[0].thread, pthread_self()));
        for (int i = 1; i < most; i++)
            assert_false(pthread_equal(shares[i].thread, shares[i - 1].thread));
        am_crew_free(crew);
    }
}

/* How often each share was done, whoever did it. */
static void count_share(void *context, int member, int share)
{
    assert_in_range(member, 0, MOST - 1);
    ((int *)context)[share]++;
}

static void each_share_is_done_once(void **state)
{
    (void)state;
    for (int most = 1; most <= MOST; most++)
        for (int shares = 1; shares <= WORKS; shares += 33) {
            int done[WORKS] = {0};
            struct am_crew *crew = NULL;
            struct am_err err;
            assert_int_equal(am_crew_new(&crew, most, &err), AM_OK);
            am_crew_share(crew, shares, count_share, done);
            am_crew_share_begin(crew, shares, count_share, done);
            am_crew_end(crew);
            for (int i = 0; i < WORKS; i++)
                assert_int_equal(done[i], i < shares ? 2 : 0);
            am_crew_free(crew);
        }
}

static void make_programme(void *context, int member)
{
    struct share *mine = (struct share *)context + member;
    struct am_err err;
    int row = 0;
    double one = 1;
    mine->status = am_lp_new(&mine->lp, &err);
    if (mine->status == AM_OK)
        mine->status = am_lp_add_row(mine->lp, 1 + member, 100, NULL, NULL, &err);
    if (mine->status == AM_OK)
        mine->status = am_lp_add_column(mine->lp, 2, 0, 50, false, NULL, 1, &row, &one, NULL, &err);
}

static void solve_programme(void *context, int member)
{
    struct share *mine = (struct share *)context + member;
    struct am_err err;
    enum am_lp_answer answer = AM_LP_UNKNOWN;
    mine->status = am_lp_solve(mine->lp, (struct am_lp_limits){0}, &answer, &err);
    mine->works += answer == AM_LP_OPTIMAL && am_lp_value(mine->lp) == 2.0 * (1 + member);
}

static void free_programme(void *context, int member)
{
    am_lp_free(((struct share *)context)[member].lp);
}

static void programmes_stay_with_who_made_them(void **state)
{
    (void)state;
    struct share shares[MOST] = {0};
    struct am_crew *crew = NULL;
    struct am_err err;
    assert_int_equal(am_crew_new(&crew, MOST, &err), AM_OK);
    am_crew_do(crew, make_programme, shares);
    for (int i = 0; i < WORKS; i++)
        am_crew_do(crew, solve_programme, shares);
    am_crew_do(crew, free_programme, shares);
    for (int i = 0; i < MOST; i++) {
        assert_int_equal(shares[i].status, AM_OK);
        assert_int_equal(shares[i].works, WORKS);
    }
    am_crew_free(crew);
}

static void nobody_is_freed(void **state)
{
    (void)state;
    am_crew_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_does_every_work_in_its_own_thread),
        cmocka_unit_test(each_share_is_done_once),
        cmocka_unit_test(programmes_stay_with_who_made_them),
        cmocka_unit_test(nobody_is_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
