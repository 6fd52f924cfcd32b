/*
 * However an explanation is told, it tells nothing that it must not: no
 * restriction unless it is asked for, and of nobody but the person whom a
 * page is for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "io/document.h"
#include "io/json.h"
#include "tests/property/explained.h"

enum { USUAL = 20 };

static bool holds(const struct am_text *text, const char *word)
{
    return strstr(am_text_string(text), word) != NULL;
}

static void expect_json(const struct am_text *text)
{
    struct am_json json;
    struct am_diag diag;
    struct am_arena arena;
    struct am_err err;
    const struct am_document document = {"explanation", am_text_string(text), text->size};
    am_diag_init(&diag);
    am_arena_init(&arena);
    am_json_init(&json, document.path, &diag, &arena);
    assert_int_equal(am_json_parse(&json, am_document_copy(&document), text->size, &err), AM_OK);
    assert_int_equal(diag.errors, 0);
    am_json_release(&json);
    am_arena_release(&arena);
    am_diag_release(&diag);
}

/* Nothing of what is there to be avoided or is needed, unless it is asked for. */
static void expect_no_restriction(const struct explained *e, const struct am_text *text)
{
    for (int b = 0; b < e->tiny.caseload.tag_count; b++)
        assert_false(holds(text, e->tiny.caseload.tag_names[b]));
    assert_false(holds(text, "of gender"));
    assert_false(holds(text, "barred"));
    assert_false(holds(text, "must avoid"));
}

static void expect_nobody_else(const struct explained *e, const struct am_text *text, int person)
{
    for (int p = 0; p < e->tiny.caseload.person_count; p++)
        if (p != person &&
            strcmp(e->tiny.caseload.people[p].crn, e->tiny.caseload.people[person].crn) != 0)
            assert_false(holds(text, e->tiny.caseload.people[p].crn));
}

static void tell_person(const struct explained *e, struct am_explain_context *context,
                        const struct am_explain_person *about, int *restricted)
{
    struct am_text text = {0};
    bool has_any = false;
    for (int i = 0; i < about->out_count; i++)
        has_any |= (about->out[i].why.rules & (AM_RULE_BIT(AM_R13))) != 0;
    for (int way = 0; way < 3; way++) {
        context->for_person = way == 1;
        context->restricted = way == 2;
        context->all = true;
        am_text_clear(&text);
        am_explain_person_text(&text, context, about);
        if (way == 1)
            expect_nobody_else(e, &text, about->person);
        if (way < 2)
            expect_no_restriction(e, &text);
        else if (has_any && (holds(&text, "must avoid") || holds(&text, "barred from") ||
                             holds(&text, "needs what")))
            ++*restricted;
        am_text_clear(&text);
        context->restricted = false;
        am_explain_person_json(&text, context, about);
        expect_json(&text);
        expect_no_restriction(e, &text);
        if (way == 1)
            expect_nobody_else(e, &text, about->person);
    }
    context->for_person = false;
    am_text_release(&text);
}

static void tell_rest(struct explained *e, const struct am_explain_context *context)
{
    struct am_explaining *ex = &e->ex;
    struct am_explain_session session;
    struct am_explain_supervisor supervisor;
    struct am_explain_rule rules[AM_RULE_COUNT];
    struct am_err err;
    int count;
    struct am_text text = {0}, json = {0};
    for (int s = 0; s < e->tiny.caseload.window_session_count; s++) {
        assert_int_equal(am_explain_session(ex, s, &session, &err), AM_OK);
        am_explain_session_text(&text, context, &session);
        am_text_clear(&json);
        am_explain_session_json(&json, context, &session);
        expect_json(&json);
    }
    for (int m = 0; m < e->tiny.caseload.supervisor_count; m++) {
        assert_int_equal(am_explain_supervisor(ex, m, &supervisor, &err), AM_OK);
        am_explain_supervisor_text(&text, context, &supervisor);
        am_text_clear(&json);
        am_explain_supervisor_json(&json, context, &supervisor);
        expect_json(&json);
    }
    assert_int_equal(am_explain_rule(ex, -1, rules, &count, &err), AM_OK);
    am_explain_rule_text(&text, context, rules, count);
    am_text_clear(&json);
    am_explain_rule_json(&json, context, rules, count);
    expect_json(&json);
    expect_no_restriction(e, &text);
    assert_false(text.failed || json.failed);
    am_text_release(&text);
    am_text_release(&json);
}

static void what_is_told_names_no_restriction_and_nobody_else(void **state)
{
    (void)state;
    int restricted = 0;
    PROPERTY_FOR_ALL (seed, USUAL) {
        struct explained e;
        struct am_figures figures;
        struct am_err err;
        explained_begin(&e, seed);
        const struct am_roster_context of = {.caseload = &e.tiny.caseload,
                                             .orders = &e.tiny.orders,
                                             .eligibility = &e.tiny.eligibility,
                                             .clocks = &e.tiny.clocks,
                                             .settings = &e.settings,
                                             .version = "0"};
        assert_int_equal(am_figures_gather(&of, &e.roster, &e.arena, &figures, &err), AM_OK);
        struct am_explain_context context = {
            .roster_context = &of, .roster = &e.roster, .figures = &figures, .side = &e.ex.side};
        for (int p = 0; p < e.tiny.caseload.person_count; p++) {
            struct am_explain_person about;
            assert_int_equal(am_explain_person(&e.ex, p, 3, &about, &err), AM_OK);
            tell_person(&e, &context, &about, &restricted);
        }
        tell_rest(&e, &context);
        explained_end(&e);
    }
    assert_true(restricted > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_told_names_no_restriction_and_nobody_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
