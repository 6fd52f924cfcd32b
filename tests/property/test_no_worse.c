/*
 * More freedom never makes the best roster worse.
 *
 * Wherever a change only adds to what is allowed and leaves the points of what
 * was allowed before as they were, v can't rise. The comment of each test says
 * where the change does more than that, and what then holds.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/property/property.h"
#include "tests/support/tiny_random.h"

enum { USUAL = 500 };

/* v of the changed caseload is at most `most`. */
static void expect_no_worse(struct tiny_case *tiny, int seed, int64_t most, const char *what)
{
    int64_t after = property_best(tiny, seed);
    if (after > most)
        fail_msg("seed %d, %s: at most %" PRId64 " points expected, found %" PRId64, seed, what,
                 most, after);
}

/* ---- sessions and supervisors ---- */

/* v(one more place) <= v + near_empty_head, the latter only where the session
 * has fewer places than near_empty_heads: more places mean that more company
 * is expected (S9: the lesser of the two). */
static void one_more_place(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct tiny_random random = tiny_stream((uint64_t)seed, 1000, 0);
        property_read(&tiny, seed, &tiny_plain);
        const struct am_policy *policy = &tiny.caseload.policy;
        int count = tiny.caseload.window_session_count;
        if (count > 0) {
            struct am_session *session = &tiny.caseload.sessions[tiny_below(&random, count)];
            bool group = tiny.caseload.projects[session->project].type == AM_GROUP;
            int64_t most = property_best(&tiny, seed);
            if (group && session->places < policy->near_empty_heads)
                most += policy->weights.near_empty_head;
            session->places++;
            property_derive(&tiny, seed);
            expect_no_worse(&tiny, seed, most, "one more place");
        }
        tiny_release(&tiny);
    }
}

static void a_smaller_minimum_group(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct tiny_random random = tiny_stream((uint64_t)seed, 1004, 0);
        property_read(&tiny, seed, &tiny_plain);
        int count = tiny.caseload.window_session_count;
        int64_t before = property_best(&tiny, seed);
        if (count > 0) {
            tiny.caseload.sessions[tiny_below(&random, count)].min_group = 0;
            property_derive(&tiny, seed);
            expect_no_worse(&tiny, seed, before, "no minimum group");
        }
        tiny_release(&tiny);
    }
}

static void one_more_supervisor(void **state)
{
    (void)state;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct tiny_random random = tiny_stream((uint64_t)seed, 1005, 0);
        property_read(&tiny, seed, &tiny_plain);
        struct am_caseload *caseload = &tiny.caseload;
        int64_t before = property_best(&tiny, seed);
        struct am_window always = {0x7f, 1, 0, AM_DAY_MINUTES, AM_NO_DATE, AM_NO_DATE};
        struct am_supervisor *more = property_copy(
            caseload->supervisors, caseload->supervisor_count, 1, sizeof *caseload->supervisors);
        more[caseload->supervisor_count++] = (struct am_supervisor){
            .code = "MORE",
            .name = "",
            .gender = tiny_chance(&random, 50) ? AM_FEMALE : AM_MALE,
            .available = {&always, 1},
            .group_limit = 1 + tiny_below(&random, 5),
            .weekly_max_min = 60 * tiny_below(&random, 30),
            .any_project = true,
        };
        caseload->supervisors = more;
        property_derive(&tiny, seed);
        expect_no_worse(&tiny, seed, before, "one more supervisor");
        tiny_release(&tiny);
        free(more);
    }
}

/* ---- what changes the clock too ---- */

/* Which orders cannot finish in time (section 6). Freed by the caller. */
static bool *list_lost(const struct tiny_case *tiny)
{
    bool *lost = calloc((size_t)tiny->caseload.order_count + 1, sizeof *lost);
    assert_non_null(lost);
    for (int j = 0; j < tiny->caseload.order_count; j++)
        lost[j] = tiny->clocks.orders[j].outlook == AM_CANNOT_FINISH;
    return lost;
}

/* Can some order finish now that could not? It then has S2 and S4, which it
 * had not, and v may rise. */
static bool is_one_saved(const struct tiny_case *tiny, const bool *lost)
{
    for (int j = 0; j < tiny->caseload.order_count; j++)
        if (lost[j] && tiny->clocks.orders[j].outlook != AM_CANNOT_FINISH)
            return true;
    return false;
}

/* Of any shape that the reader takes: R5, R7 and R16 name no session or project. */
static struct am_waiver draw_waiver(const struct tiny_case *tiny, struct tiny_random *random)
{
    const struct am_caseload *caseload = &tiny->caseload;
    static const enum am_rule rules[] = {AM_R2,  AM_R3,  AM_R5,  AM_R7, AM_R10,
                                         AM_R11, AM_R12, AM_R13, AM_R16};
    struct am_waiver waiver = {
        .rule = rules[tiny_below(random, 9)],
        .person = tiny_below(random, caseload->person_count),
        .project = -1,
        .until = tiny_chance(random, 50) ? AM_NO_DATE
                                         : caseload->from + tiny_below(random, 7 * caseload->weeks),
        .by = "the manager",
    };
    if (tiny->orders.people[waiver.person].needs_induction && tiny_chance(random, 50))
        waiver.rule = AM_R16; /* else it would hardly ever matter */
    bool whole = waiver.rule == AM_R5 || waiver.rule == AM_R7 || waiver.rule == AM_R16;
    if (!whole && tiny_chance(random, 30))
        waiver.project = tiny_below(random, caseload->project_count);
    else if (!whole && caseload->window_session_count > 0 && tiny_chance(random, 30))
        waiver.session_id =
            caseload->sessions[tiny_below(random, caseload->window_session_count)].id;
    return waiver;
}

/* v(C with a waiver) <= v(C), unless an order can finish in time thanks to it. */
static void a_waiver(void **state)
{
    (void)state;
    int tried = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct tiny_random random = tiny_stream((uint64_t)seed, 1001, 0);
        property_read(&tiny, seed, &tiny_plain);
        struct am_caseload *caseload = &tiny.caseload;
        bool *lost = list_lost(&tiny);
        int64_t before = property_best(&tiny, seed);
        struct am_waiver *waivers =
            property_copy(caseload->waivers, caseload->waiver_count, 1, sizeof *caseload->waivers);
        struct am_waiver drawn = draw_waiver(&tiny, &random);
        waivers[caseload->waiver_count++] = drawn;
        caseload->waivers = waivers;
        property_derive(&tiny, seed);
        if (!is_one_saved(&tiny, lost)) {
            expect_no_worse(&tiny, seed, before, am_rule_id(drawn.rule));
            tried++;
        }
        tiny_release(&tiny);
        free(waivers);
        free(lost);
    }
    assert_true(tried > property_count(USUAL) * 4 / 5);
}

/* ---- pins ---- */

static int find_booked(const struct am_caseload *caseload, const struct am_appointment *list,
                       const struct am_roster_appointment *a)
{
    for (int i = 0; i < caseload->appointment_count; i++)
        if (list[i].person == a->person && list[i].session == a->session)
            return i;
    return -1;
}

/* Pin what the roster books, each appointment with a chance of so many percent. */
static struct am_appointment *pin_some(struct am_caseload *caseload, const struct am_roster *roster,
                                       struct tiny_random *random, int percent)
{
    struct am_appointment *list =
        property_copy(caseload->appointments, caseload->appointment_count,
                      roster->appointment_count, sizeof *caseload->appointments);
    for (int i = 0; i < roster->appointment_count; i++) {
        const struct am_roster_appointment *a = &roster->appointments[i];
        const struct am_session *session = &caseload->sessions[a->session];
        if (a->fixed || !tiny_chance(random, percent))
            continue;
        int at = find_booked(caseload, list, a);
        if (at < 0)
            at = caseload->appointment_count++;
        list[at] = (struct am_appointment){.person = a->person,
                                           .order = a->order,
                                           .session_id = session->id,
                                           .original_date = session->original_date,
                                           .session = a->session,
                                           .date = session->date,
                                           .project = session->project,
                                           .start = a->start,
                                           .minutes = a->minutes,
                                           .supervisor = -1,
                                           .state = AM_BOOKED,
                                           .pinned = true};
    }
    caseload->appointments = list;
    return list;
}

/* v(C with some of a best roster pinned) <= v(C): the roster is still allowed
 * and costs the same, what was published staying as it was; and a session with
 * a pin needs no minimum group. Again, unless an order can finish thanks to it:
 * the minutes of a pin count in what the window can hold. */
static void pins_of_the_best_roster(void **state)
{
    (void)state;
    int tried = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct tiny_case tiny;
        struct am_roster roster;
        struct tiny_random random = tiny_stream((uint64_t)seed, 1006, 0);
        property_read(&tiny, seed, &tiny_plain);
        bool *lost = list_lost(&tiny);
        property_solve(&tiny, seed, &roster);
        struct am_appointment *list =
            pin_some(&tiny.caseload, &roster, &random, tiny_chance(&random, 50) ? 100 : 50);
        int64_t before = roster.proof.objective;
        am_roster_release(&roster);
        property_derive(&tiny, seed);
        if (!is_one_saved(&tiny, lost)) {
            expect_no_worse(&tiny, seed, before, "pins");
            tried++;
        }
        tiny_release(&tiny);
        free(list);
        free(lost);
    }
    assert_true(tried > property_count(USUAL) * 4 / 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_more_place),          cmocka_unit_test(a_smaller_minimum_group),
        cmocka_unit_test(one_more_supervisor),     cmocka_unit_test(a_waiver),
        cmocka_unit_test(pins_of_the_best_roster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
