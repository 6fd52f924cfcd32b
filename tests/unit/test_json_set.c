/* A member is added or replaced; or, without memory, the object is not left with one
 * that has no key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "io/json_set.h"

static int allowed; /* allocations until there is no memory; -1: any number */

static void *take(size_t size)
{
    if (allowed == 0)
        return NULL;
    allowed -= allowed > 0;
    return malloc(size);
}

static int begin(void **state)
{
    cJSON_Hooks hooks = {take, free};
    (void)state;
    allowed = -1;
    cJSON_InitHooks(&hooks);
    return 0;
}

static void expect(const char *before, int with, bool set, const char *after)
{
    cJSON *object = cJSON_Parse(before), *value = cJSON_CreateNumber(2);
    assert_non_null(object);
    allowed = with;
    assert_int_equal(am_json_set(object, "key", value), set);
    allowed = -1;
    char *text = cJSON_PrintUnformatted(object);
    assert_string_equal(text, after);
    cJSON_free(text);
    cJSON_Delete(object);
}

static void a_member_is_added_or_replaced(void **state)
{
    (void)state;
    expect("{\"other\":1}", -1, true, "{\"other\":1,\"key\":2}");
    expect("{\"key\":1,\"other\":1}", -1, true, "{\"key\":2,\"other\":1}");
}

static void without_memory_for_its_key_there_is_no_member(void **state)
{
    (void)state;
    expect("{\"other\":1}", 0, false, "{\"other\":1}");
    expect("{\"key\":1,\"other\":1}", 0, false, "{\"other\":1}");
}

static void without_a_value_nothing_is_set(void **state)
{
    cJSON *object = cJSON_Parse("{\"key\":1}");
    (void)state;
    assert_false(am_json_set(object, "key", NULL));
    assert_int_equal(cJSON_GetObjectItemCaseSensitive(object, "key")->valueint, 1);
    cJSON_Delete(object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_is_added_or_replaced),
        cmocka_unit_test(without_memory_for_its_key_there_is_no_member),
        cmocka_unit_test(without_a_value_nothing_is_set),
    };
    return cmocka_run_group_tests_name("json_set", tests, begin, NULL);
}
