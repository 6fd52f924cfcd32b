/* Sign-in sheets: who stands on them, who does not, and how many lines. */
#include "io/register.h"
#include "tests/support/event_fixture.h"
#include "tests/support/output_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct output_fixture fixture;
static struct am_arena arena;
static struct am_figures figures;

static int set_up(void **state)
{
    (void)state;
    output_fixture_init(&fixture, am_date_of(2027, 3, 22));
    am_arena_init(&arena);
    return am_figures_gather(&fixture.context, &fixture.roster, &arena, &figures, NULL) == AM_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    am_arena_release(&arena);
    output_fixture_release(&fixture);
    return 0;
}

/* The page of a supervisor, kept in the arena. */
static const char *page_of(int supervisor, enum am_detail detail)
{
    const struct am_register what = {&fixture.context, &fixture.roster, &figures, detail};
    struct am_text text = {0};
    assert_int_equal(am_register_html(&what, supervisor, &text, NULL), AM_OK);
    const char *kept = am_arena_strdup(&arena, text.bytes);
    assert_non_null(kept);
    am_text_release(&text);
    return kept;
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

static void a_sheet_tells_where_when_and_under_whom(void **state)
{
    (void)state;
    const char *page = page_of(0, AM_DETAIL_CRN);
    static const char *const parts[] = {"Canal towpath <small>P01</small>",
                                        "Monday 22 March 2027<b>09:30 to 16:30</b>",
                                        "Canal depot, <span>Wharf Road, Bury BL9 0AA</span>",
                                        "<dd>S1</dd>",
                                        "<dd>3 <span>for 4 places</span></dd>",
                                        "<span>TOW</span>",
                                        ">Arrival<",
                                        ">Finish<",
                                        ">Notes <small>TOW, 22 March 2027<",
                                        "the data of 18 March 2027, input aaaaaaaaaaaa."};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(page, parts[i]))
            fail_msg("not on the sheet: %s", parts[i]);
    assert_int_equal(count_of(page, "<section"), 1);
}

static void everybody_stands_on_it_by_crn_with_an_early_finish(void **state)
{
    (void)state;
    const char *page = page_of(0, AM_DETAIL_CRN);
    assert_int_equal(count_of(page, "<b>X"), 3);
    assert_non_null(strstr(page, "<td class=\"n\">1</td><td class=\"who\"><b>X100001</b></td>"));
    assert_non_null(strstr(page, "<b>X100002</b> <em>until 12:30</em>"));
    assert_non_null(strstr(page, "<td class=\"n\">3</td><td class=\"who\"><b>X900003</b></td>"));
    assert_int_equal(count_of(page, "<td class=\"n\">"), 3 + 5); /* and five blank lines */
    for (int i = 0; output_fixture_names[i]; i++)
        assert_null(strstr(page, output_fixture_names[i]));
}

static void names_stand_there_if_asked_for_but_never_of_limited_access_cases(void **state)
{
    (void)state;
    const char *page = page_of(0, AM_DETAIL_NAMES);
    assert_non_null(strstr(page, "Wilhelmina Quillfeather"));
    assert_non_null(strstr(page, "Bartholomew Inkpen"));
    assert_non_null(strstr(page, "Sybil Overton")); /* who leads it */
    assert_null(strstr(page, "Seraphina"));
    assert_non_null(strstr(page, "X900003"));
}

static void heads_only_means_as_many_blank_lines(void **state)
{
    (void)state;
    const char *page = page_of(0, AM_DETAIL_COUNT);
    assert_null(strstr(page, "X100001"));
    assert_null(strstr(page, "X900003"));
    assert_null(strstr(page, "12:30"));
    assert_int_equal(count_of(page, "<td class=\"n\">"), 3 + 5);
}

static void sessions_that_nobody_leads_have_sheets_too(void **state)
{
    (void)state;
    assert_int_equal(am_register_sessions(&fixture.roster, -1), 1);
    assert_non_null(strstr(page_of(-1, AM_DETAIL_CRN), "<dd>not needed</dd>"));
    fixture.sessions[2].supervised = true;
    assert_non_null(strstr(page_of(-1, AM_DETAIL_CRN), "<dd>nobody yet</dd>"));
    fixture.roster.sessions[2].runs = false;
    assert_int_equal(am_register_sessions(&fixture.roster, -1), 0);
}

static void what_is_given_is_escaped(void **state)
{
    (void)state;
    const char *hall = page_of(1, AM_DETAIL_NAMES); /* its place holds a script */
    assert_null(strstr(hall, "<script"));
    assert_non_null(strstr(hall, "&lt;script&gt;"));
    assert_non_null(strstr(hall, "women only"));
    fixture.people[0].name = "</td><img src=x>";
    fixture.people[1].crn = "<b>&\"'";
    fixture.sessions[0].id = "<i>";
    fixture.supervisors[0].code = "<S1>";
    fixture.projects[0].code = "<u>";
    const char *page = page_of(0, AM_DETAIL_NAMES);
    static const char *const never[] = {"<img", "<b>&\"", "<S1>", "<u>", "<span><i>"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(strstr(page, never[i]));
    static const char *const elements[] = {"section", "table", "tr", "td", "th",
                                           "dl",      "dd",    "p",  "b",  "em"};
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        char open[16], open_with[16], close[16];
        (void)snprintf(open, sizeof open, "<%s>", elements[i]);
        (void)snprintf(open_with, sizeof open_with, "<%s ", elements[i]);
        (void)snprintf(close, sizeof close, "</%s>", elements[i]);
        assert_int_equal(count_of(page, open) + count_of(page, open_with), count_of(page, close));
    }
}

static void a_page_fetches_nothing(void **state)
{
    (void)state;
    static const char *const never[] = {"<script", "<link", "<img",    "<iframe", " src=",
                                        " href=",  "url(",  "@import", "http:",   "https:"};
    for (int m = -1; m < FIXTURE_SUPERVISORS; m++)
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
            assert_null(strstr(page_of(m, AM_DETAIL_NAMES), never[i]));
}

/* Lines on the sheet of a session with so many people. */
static int lines_for(int people)
{
    struct event_fixture many;
    struct am_figures counted;
    struct am_arena memory;
    struct am_text text = {0};
    am_arena_init(&memory);
    event_fixture_init(&many, am_date_of(2027, 3, 22), 1, people);
    assert_int_equal(am_figures_gather(&many.context, &many.roster, &memory, &counted, NULL),
                     AM_OK);
    const struct am_register what = {&many.context, &many.roster, &counted, AM_DETAIL_CRN};
    assert_int_equal(am_register_html(&what, 0, &text, NULL), AM_OK);
    int lines = count_of(text.bytes, "<td class=\"n\">");
    am_text_release(&text);
    am_arena_release(&memory);
    event_fixture_release(&many);
    return lines;
}

static void there_are_blank_lines_for_late_additions_as_long_as_they_fit(void **state)
{
    (void)state;
    assert_int_equal(lines_for(1), 6);
    assert_int_equal(lines_for(14), 19);
    assert_int_equal(lines_for(15), 19);
    assert_int_equal(lines_for(17), 19);
    assert_int_equal(lines_for(18), 23); /* two pages */
    assert_int_equal(lines_for(60), 65);
}

#define ON_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_FIXTURE(a_sheet_tells_where_when_and_under_whom),
        ON_FIXTURE(everybody_stands_on_it_by_crn_with_an_early_finish),
        ON_FIXTURE(names_stand_there_if_asked_for_but_never_of_limited_access_cases),
        ON_FIXTURE(heads_only_means_as_many_blank_lines),
        ON_FIXTURE(sessions_that_nobody_leads_have_sheets_too),
        ON_FIXTURE(what_is_given_is_escaped),
        ON_FIXTURE(a_page_fetches_nothing),
        cmocka_unit_test(there_are_blank_lines_for_late_additions_as_long_as_they_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
