#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "io/candidates_json.h"

static const char two[] =
    "{\"format\": \"amends-candidates/1\", \"candidates\": ["
    "{\"name\": \"one\", \"cost_pounds\": 5, \"sentence\": \"First.\","
    " \"verbs\": [{\"verb\": \"add_session\", \"id\": \"A\", \"like\": \"S\"}]},"
    "{\"name\": \"two\", \"cost_pounds\": 7,"
    " \"changes\": {\"projects\": [{\"code\": \"P\"}, {\"code\": \"Q\"}]},"
    " \"verbs\": [{\"verb\": \"add_session\", \"id\": \"B\", \"like\": \"S\"}]}]}";

/* A list as read. */
struct list {
    struct am_arena arena;
    struct am_candidate candidates[AM_CANDIDATES_MOST];
    struct am_diag diag;
    int count;
};

static am_status read_list(struct list *list, const char *text, long limit)
{
    struct am_document document = {"candidates.json", text, strlen(text)};
    am_arena_init(&list->arena);
    list->arena.limit = limit;
    am_diag_init(&list->diag);
    return am_candidates_read(&document, &list->arena, list->candidates, &list->count, &list->diag,
                              NULL);
}

static void end_list(struct list *list)
{
    am_diag_release(&list->diag);
    am_arena_release(&list->arena);
}

static void each_has_its_name_and_cost(void **state)
{
    (void)state;
    struct list list;
    assert_int_equal(read_list(&list, two, 0), AM_OK);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.candidates[0].name, "one");
    assert_string_equal(list.candidates[0].sentence, "First.");
    assert_string_equal(list.candidates[1].sentence, "");
    assert_int_equal(list.candidates[1].cost_pounds, 7);
    assert_string_equal(list.candidates[1].path, "candidates.json (candidate \"two\")");
    end_list(&list);
}

static void each_is_a_scenario(void **state)
{
    (void)state;
    struct list list;
    assert_int_equal(read_list(&list, two, 0), AM_OK);
    for (int i = 0; i < list.count; i++) {
        struct am_scenario scenario;
        assert_int_equal(am_scenario_read(&scenario, &list.candidates[i].scenario, &list.arena,
                                          &list.diag, NULL),
                         AM_OK);
        assert_string_equal(scenario.name, list.candidates[i].name);
        assert_int_equal(scenario.cost_pounds, list.candidates[i].cost_pounds);
    }
    end_list(&list);
}

/* Join those of a set, read the result, and return what it costs and has. */
static void join(struct list *list, const bool *taken, int64_t cost, int verbs, bool project)
{
    struct am_text text = {0};
    struct am_scenario scenario;
    assert_int_equal(
        am_candidates_join(list->candidates, list->count, taken, "set", "", &text, NULL), AM_OK);
    struct am_document document = {"set.json", text.bytes, text.size};
    assert_int_equal(am_scenario_read(&scenario, &document, &list->arena, &list->diag, NULL),
                     AM_OK);
    assert_string_equal(scenario.name, "set");
    assert_int_equal(scenario.cost_pounds, cost);
    assert_int_equal(scenario.verbs, verbs);
    assert_int_equal(strstr(text.bytes, "\"Q\"") != NULL, project);
    am_text_release(&text);
}

static void any_set_of_them_is_a_scenario(void **state)
{
    (void)state;
    struct list list;
    assert_int_equal(read_list(&list, two, 0), AM_OK);
    join(&list, (const bool[]){false, false}, 0, 0, false);
    join(&list, (const bool[]){true, false}, 5, 1, false);
    join(&list, (const bool[]){false, true}, 7, 1, true);
    join(&list, (const bool[]){true, true}, 12, 2, true);
    end_list(&list);
}

static void more_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    struct list list;
    struct am_text text = {0};
    am_text_add(&text, "{\"format\": \"amends-candidates/1\", \"candidates\": [");
    for (int i = 0; i <= AM_CANDIDATES_MOST; i++)
        am_text_format(&text, "%s{\"name\": \"c%d\", \"cost_pounds\": 1, \"verbs\": []}",
                       i ? "," : "", i);
    am_text_add(&text, "]}");
    assert_int_equal(read_list(&list, am_text_string(&text), 0), AM_EINVALID);
    assert_non_null(strstr(list.diag.first->text, "at most 64"));
    end_list(&list);
    am_text_release(&text);
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    am_status status = AM_ENOMEM;
    long limit = 1;
    for (; status == AM_ENOMEM && limit < 1000; limit++) {
        struct list list;
        status = read_list(&list, two, limit);
        assert_true(status == AM_OK || status == AM_ENOMEM);
        end_list(&list);
    }
    assert_int_equal(status, AM_OK);
    assert_true(limit > 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_has_its_name_and_cost),
        cmocka_unit_test(each_is_a_scenario),
        cmocka_unit_test(any_set_of_them_is_a_scenario),
        cmocka_unit_test(more_than_there_is_room_for_are_refused),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
