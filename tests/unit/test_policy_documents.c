/* The JSON Schema and docs/format.md say of the policy what model/policy.def
 * says. Run from the root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "io/atomic_file.h"
#include "model/policy.h"

static char *contents(const char *path)
{
    char *bytes;
    size_t size;
    struct am_err err;
    if (am_read_file(path, 1 << 24, &bytes, &size, &err) != AM_OK)
        fail_msg("%s", err.msg);
    return bytes;
}

/* Two fields are written as words (docs/format.md). */
static bool is_worded(const struct am_policy_field *field)
{
    return strcmp(field->name, "availability_leaves_home") == 0 ||
           strcmp(field->name, "lone_woman") == 0;
}

static const cJSON *get(const cJSON *object, const char *name)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!found)
        fail_msg("\"%s\" is missing in the schema", name);
    return found;
}

static void assert_number(const cJSON *object, const char *key, int32_t expected)
{
    const cJSON *number = get(object, key);
    assert_true(cJSON_IsNumber(number));
    assert_int_equal(number->valueint, expected);
}

static void assert_schema_field(const cJSON *properties, const struct am_policy_field *field)
{
    const cJSON *schema = get(properties, field->name);
    if (field->kind == AM_POLICY_SWITCH) {
        assert_int_equal(cJSON_IsTrue(get(schema, "default")), field->value);
        return;
    }
    assert_number(schema, "default", field->value);
    assert_number(schema, "minimum", field->low);
    assert_number(schema, "maximum", field->high);
    assert_int_equal(cJSON_IsArray(get(schema, "type")), field->kind == AM_POLICY_OPTIONAL_LIMIT);
}

static void the_schema_has_every_field_with_default_and_range(void **state)
{
    (void)state;
    char *text = contents("docs/caseload.schema.json");
    cJSON *schema = cJSON_Parse(text);
    assert_non_null(schema);
    const cJSON *policy = get(get(get(schema, "properties"), "policy"), "properties");
    const cJSON *weights = get(get(policy, "weights"), "properties");
    int count[2] = {0, 0};
    for (int i = 0; i < am_policy_field_count; i++) {
        const struct am_policy_field *field = &am_policy_fields[i];
        bool weight = field->kind == AM_POLICY_WEIGHT;
        count[weight]++;
        if (!is_worded(field))
            assert_schema_field(weight ? weights : policy, field);
    }
    assert_int_equal(cJSON_GetArraySize(weights), count[1]);
    assert_int_equal(cJSON_GetArraySize(policy), count[0] + 1); /* and "weights" */
    cJSON_Delete(schema);
    free(text);
}

static void format_row(const struct am_policy_field *field, char *row, size_t size)
{
    const char *null = field->kind == AM_POLICY_OPTIONAL_LIMIT ? " or null" : "";
    if (field->kind == AM_POLICY_SWITCH)
        (void)snprintf(row, size, "\n| `%s` | %s | true or false |", field->name,
                       field->value ? "true" : "false");
    else if (field->kind == AM_POLICY_WEIGHT)
        (void)snprintf(row, size, "\n| `%s` | %d | %s | %s |\n", field->name, field->value,
                       field->unit, field->text);
    else
        (void)snprintf(row, size, "\n| `%s` | %d | %d to %d%s | %s |\n", field->name, field->value,
                       field->low, field->high, null, field->text);
}

static void the_page_has_every_field_with_default_range_and_reason(void **state)
{
    (void)state;
    char *text = contents("docs/format.md");
    for (int i = 0; i < am_policy_field_count; i++) {
        char row[500];
        if (is_worded(&am_policy_fields[i]))
            continue;
        format_row(&am_policy_fields[i], row, sizeof row);
        if (!strstr(text, row))
            fail_msg("docs/format.md lacks the row%s", row);
    }
    assert_non_null(strstr(text, "\n| `availability_means` | \"free_for_work\" |"));
    assert_non_null(strstr(text, "\n| `lone_woman` | \"hard\" |"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_has_every_field_with_default_and_range),
        cmocka_unit_test(the_page_has_every_field_with_default_range_and_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
