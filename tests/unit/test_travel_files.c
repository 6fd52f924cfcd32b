/* Journey times and bank holidays in files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/reading.h"

static const char csv_rest[] = "\"travel\": [{\"file\": \"j.csv\", \"format\": \"csv\"}]";
static const char header[] =
    "from,place,mode,minutes_there,minutes_back,days,start,source,checked_on\n";

/* ---- CSV ---- */

static void read_csv(struct reading *reading, const char *rows)
{
    char text[2000];
    int length = snprintf(text, sizeof text, "%s%s", header, rows);
    assert_true(length > 0 && (size_t)length < sizeof text);
    (void)reading_scratch("j.csv", text);
    reading_parts(reading, (struct reading_parts){.rest = csv_rest});
}

/* A finding of this line and column name. */
static void assert_finding(const struct reading *reading, enum am_severity severity, int line,
                           const char *column, const char *text)
{
    for (const struct am_finding *f = reading->diag.first; f; f = f->next)
        if (f->severity == severity && f->line == line && strcmp(f->path, column) == 0 &&
            strstr(f->text, text) && strstr(f->file, "j.csv"))
            return;
    am_diag_print(&reading->diag, stderr);
    fail_msg("no finding on line %d: %s", line, text);
}

static int cell(const struct reading *reading, int table, int from, int to)
{
    const struct am_travel_table *t = &reading->caseload.travel[table];
    assert_true(table < reading->caseload.travel_count);
    if (t->row_of[from] < 0 || t->column_of[to] < 0)
        return -100;
    return t->minutes[t->row_of[from] * t->columns + t->column_of[to]];
}

enum { HOME, PARK };

static void blank_is_unknown_and_no_is_impossible(void **state)
{
    (void)state;
    struct reading reading;
    read_csv(&reading, "home,park,car,20,no,,,,\nhome,home,car,,5,,,,\n");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.caseload.travel_count, 2);
    assert_int_equal(cell(&reading, 0, HOME, PARK), 20);
    assert_int_equal(cell(&reading, 0, HOME, HOME), AM_UNKNOWN_JOURNEY);
    assert_int_equal(cell(&reading, 1, PARK, HOME), AM_NO_JOURNEY);
    assert_int_equal(cell(&reading, 1, HOME, HOME), 5);
    assert_int_equal(reading.caseload.travel[0].quality, AM_PLANNER);
    assert_int_equal(reading.caseload.travel[0].days, 0x7f);
    assert_int_equal(reading.caseload.travel[0].hour, -1);
    reading_release(&reading);
}

static void rows_of_one_kind_make_one_table_each_way(void **state)
{
    (void)state;
    struct reading reading;
    read_csv(&reading, "home,park,car,20,21,MO TU,09:30,timetable,2026-02-01\n"
                       "home,park,walk,60,,,,,\n"
                       "home,home,car,1,2,MO TU,09:30,timetable,\n");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.caseload.travel_count, 3);
    const struct am_travel_table *t = reading.caseload.travel;
    assert_int_equal(t[0].mode, AM_CAR);
    assert_int_equal(t[0].directions, AM_THERE);
    assert_int_equal(t[0].days, 3);
    assert_int_equal(t[0].hour, 570);
    assert_int_equal(t[0].quality, AM_TIMETABLE);
    assert_int_equal(t[1].directions, AM_BACK);
    assert_int_equal(t[1].hour, -1);
    assert_int_equal(t[2].mode, AM_WALK);
    assert_int_equal(cell(&reading, 1, HOME, HOME), 2);
    reading_release(&reading);
}

static void quotes_crlf_byte_order_mark_and_column_order_do_not_matter(void **state)
{
    (void)state;
    struct reading reading;
    (void)reading_scratch("j.csv",
                          "\xef\xbb\xbfmode,\"place\",from,minutes_back,minutes_there,"
                          "x-note\r\ncar,\"park\",\"home\",21,20,\"a, \"\"b\"\"\"\r\n\r\n");
    reading_parts(&reading, (struct reading_parts){.rest = csv_rest});
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(cell(&reading, 0, HOME, PARK), 20);
    assert_int_equal(cell(&reading, 1, PARK, HOME), 21);
    reading_release(&reading);
}

static void every_mistake_of_a_table_is_told_with_its_line(void **state)
{
    (void)state;
    struct reading reading;
    read_csv(&reading, "home,park,bus,20,21,,,,\n"
                       "home,park,car,-3,2.5,,,,\n"
                       "home,park,car,1,1,MO XX,9:30,guess,1.2.26\n"
                       "home,,car,1,1,,,,\n");
    assert_int_equal(reading.status, AM_EINVALID);
    assert_finding(&reading, AM_ERROR, 2, "mode", "one of walk cycle car public_transport");
    assert_finding(&reading, AM_ERROR, 3, "minutes_there", "whole minutes");
    assert_finding(&reading, AM_ERROR, 3, "minutes_back", "found \"2.5\"");
    assert_finding(&reading, AM_ERROR, 4, "days", "MO TU WE");
    assert_finding(&reading, AM_ERROR, 4, "start", "HH:MM");
    assert_finding(&reading, AM_ERROR, 4, "source", "planner");
    assert_finding(&reading, AM_ERROR, 4, "checked_on", "YYYY-MM-DD");
    assert_finding(&reading, AM_ERROR, 5, "place", "the id of a place");
    assert_int_equal(reading.diag.errors, 8);
    reading_release(&reading);
}

static void a_place_that_left_the_caseload_is_a_warning_once(void **state)
{
    (void)state;
    struct reading reading;
    read_csv(&reading, "hom,park,car,20,21,,,,\nhom,park,walk,20,21,,,,\nhome,park,car,9,9,,,,\n");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.diag.warnings, 1);
    assert_finding(&reading, AM_WARNING, 2, "from", "the nearest is \"home\"");
    assert_int_equal(cell(&reading, 0, HOME, PARK), 9);
    reading_release(&reading);
}

static void a_journey_given_twice_names_both_lines(void **state)
{
    (void)state;
    struct reading reading;
    read_csv(&reading,
             "home,park,car,20,21,,,,\nhome,park,walk,30,30,,,,\nhome,park,car,22,,,,,\n");
    assert_finding(&reading, AM_ERROR, 4, "from", "on line 2 too");
    assert_int_equal(reading.diag.errors, 1);
    reading_release(&reading);
}

static void columns_must_be_known_and_there(void **state)
{
    (void)state;
    struct reading reading;
    (void)reading_scratch("j.csv",
                          "from,place,mode,minutes_their,minutes_back\nhome,park,car,1,1\n");
    reading_parts(&reading, (struct reading_parts){.rest = csv_rest});
    assert_finding(&reading, AM_ERROR, 1, "", "the nearest known one is \"minutes_there\"");
    assert_finding(&reading, AM_ERROR, 1, "minutes_there", "missing");
    reading_release(&reading);
    (void)reading_scratch("j.csv", "");
    reading_parts(&reading, (struct reading_parts){.rest = csv_rest});
    assert_int_equal(reading.status, AM_EINVALID);
    assert_string_equal(reading.diag.first->text,
                        "the file is empty; expected a row of column names");
    reading_release(&reading);
}

/* ---- OSRM ---- */

#define OSRM                                                                                       \
    "\"travel\": [{\"mode\": \"car\", \"direction\": \"both\", \"from\": [\"home\", \"park\"],"    \
    " \"to\": [\"park\"], \"file\": \"o.json\", \"format\": \"osrm\"}]"

static void read_osrm(struct reading *reading, const char *document)
{
    (void)reading_scratch("o.json", document);
    reading_parts(reading, (struct reading_parts){.rest = OSRM});
}

static void bytes_that_are_no_text_do_not_reach_the_terminal(void **state)
{
    (void)state;
    struct reading reading;
    read_csv(&reading, "ho\x9b[2Jme,park,walk,1,1,,,,\nhome,pa\xc3,walk,1,1,,,,\n"
                       "home,p\xc3\xa4rk,walk,1,1,,,,\n");
    assert_finding(&reading, AM_WARNING, 2, "from", "\"ho?[2Jme\"");
    assert_finding(&reading, AM_WARNING, 3, "place", "\"pa?\"");
    assert_finding(&reading, AM_WARNING, 4, "place", "\"p\xc3\xa4rk\"");
    reading_release(&reading);
}

static void more_kinds_of_rows_than_anybody_needs_are_refused_once(void **state)
{
    (void)state;
    enum { KINDS = 520, ROOM = 60000 };
    struct reading reading;
    char *text = malloc(ROOM);
    assert_non_null(text);
    int size = snprintf(text, ROOM, "%s", header);
    for (int i = 0; i < KINDS; i++)
        size += snprintf(text + size, (size_t)(ROOM - size), "home,park,walk,1,1,,%02d:%02d,,\n",
                         i / 60, i % 60);
    (void)reading_scratch("j.csv", text);
    reading_parts(&reading, (struct reading_parts){.rest = csv_rest});
    assert_int_equal(reading.diag.errors, 1);
    assert_finding(&reading, AM_ERROR, 502, "mode", "more than 500");
    reading_release(&reading);
    free(text);
}

static void osrm_seconds_become_minutes_rounded_up(void **state)
{
    (void)state;
    struct reading reading;
    read_osrm(&reading, "{\"code\": \"Ok\", \"durations\": [[600.1], [0]], \"distances\": []}");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(cell(&reading, 0, HOME, PARK), 11);
    assert_int_equal(cell(&reading, 0, PARK, PARK), 0);
    assert_int_equal(reading.caseload.travel[0].quality, AM_ROUTED);
    reading_release(&reading);
}

static void osrm_null_is_no_journey_and_a_guess_is_unknown(void **state)
{
    (void)state;
    struct reading reading;
    read_osrm(&reading, "{\"code\": \"Ok\", \"durations\": [[null], [300]],"
                        " \"fallback_speed_cells\": [[1, 0]]}");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(cell(&reading, 0, HOME, PARK), AM_NO_JOURNEY);
    assert_int_equal(cell(&reading, 0, PARK, PARK), AM_UNKNOWN_JOURNEY);
    reading_release(&reading);
}

static void assert_osrm_error(const char *document, const char *path, const char *text)
{
    struct reading reading;
    read_osrm(&reading, document);
    assert_int_equal(reading.status, AM_EINVALID);
    assert_int_equal(reading.diag.errors, 1);
    assert_string_equal(reading.diag.first->path, path);
    assert_non_null(strstr(reading.diag.first->text, text));
    assert_non_null(strstr(reading.diag.first->file, "o.json"));
    reading_release(&reading);
}

static void osrm_answers_of_another_shape_are_refused(void **state)
{
    (void)state;
    assert_osrm_error("{\"code\": \"NoTable\"}", "$.code", "\"Ok\"");
    assert_osrm_error("{\"code\": \"Ok\"}", "$", "\"durations\" is missing");
    assert_osrm_error("{\"code\": \"Ok\", \"durations\": [[1]]}", "$.durations", "expected 2 rows");
    assert_osrm_error("{\"code\": \"Ok\", \"durations\": [[1], [1, 2]]}", "$.durations[1]",
                      "expected 1 columns");
    assert_osrm_error("{\"code\": \"Ok\", \"durations\": [[1], [-1]]}", "$.durations[1][0]",
                      "at least 0");
    assert_osrm_error("{\"code\": \"Ok\"", "", "ends inside an object");
}

static void a_far_road_is_a_warning(void **state)
{
    (void)state;
    struct reading reading;
    read_osrm(&reading, "{\"code\": \"Ok\", \"durations\": [[1], [1]], \"sources\":"
                        " [{\"distance\": 500.5}, {\"distance\": 12}]}");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.diag.warnings, 1);
    assert_string_equal(reading.diag.first->path, "$.sources[0].distance");
    reading_release(&reading);
}

/* ---- tables in the caseload ---- */

static void dimensions_of_a_table_are_checked(void **state)
{
    (void)state;
#define TABLE(more)                                                                                \
    ((struct reading_parts){.rest =                                                                \
                                "\"travel\": [{\"mode\": \"car\", \"direction\": \"there\","       \
                                " \"from\": [\"home\"], \"to\": [\"park\", \"home\"]," more "}]"})
    reading_is_good(TABLE("\"minutes\": [[1, null]]"));
    reading_only_error(TABLE("\"minutes\": [[1]]"), "$.travel[0].minutes[0]", "expected 2 columns");
    reading_only_error(TABLE("\"minutes\": []"), "$.travel[0].minutes", "expected 1 rows");
    reading_only_error(TABLE("\"seconds\": [[604801, 1]]"), "$.travel[0].seconds[0][0]", "a week");
    reading_only_error(TABLE("\"file\": \"none.json\", \"format\": \"osrm\""), "$.travel[0].file",
                       "none.json");
}

/* ---- bank holidays ---- */

#define HOLIDAYS                                                                                   \
    "{\"england-and-wales\": {\"division\": \"england-and-wales\", \"events\": [{\"title\": "      \
    "\"B\","                                                                                       \
    " \"date\": \"2026-04-06\"}, {\"title\": \"A\", \"date\": \"2026-04-03\"}]}, \"scotland\":"    \
    " {\"events\": []}}"
#define CASELOAD(more)                                                                             \
    "{\"format\": \"amends-caseload/1\", \"as_of\": \"2026-02-26\", \"window\": {\"from\":"        \
    " \"2026-03-02\"}, \"people\": [], \"projects\": [], " more "}"

static void the_published_document_serves_as_it_is(void **state)
{
    (void)state;
    struct reading reading;
    reading_text(&reading,
                 CASELOAD("\"division\": \"england-and-wales\", \"bank_holidays\": " HOLIDAYS));
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.caseload.bank_holidays.count, 2);
    assert_int_equal(reading.caseload.bank_holidays.at[0], am_date_of(2026, 4, 3));
    assert_int_equal(reading.caseload.non_working.count, 2);
    reading_release(&reading);
    (void)reading_scratch("b.json", HOLIDAYS);
    reading_text(&reading,
                 CASELOAD("\"division\": \"scotland\", \"bank_holidays\": {\"file\": \"b.json\"}"));
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(reading.caseload.bank_holidays.count, 0);
    reading_release(&reading);
}

static void the_document_needs_a_division_that_it_has(void **state)
{
    (void)state;
    struct reading reading;
    reading_text(&reading, CASELOAD("\"bank_holidays\": " HOLIDAYS));
    assert_non_null(reading_find(&reading, AM_ERROR, "$.bank_holidays", "\"division\" is missing"));
    reading_release(&reading);
    reading_text(&reading, CASELOAD("\"division\": \"wales\", \"bank_holidays\": " HOLIDAYS));
    assert_non_null(reading_find(&reading, AM_ERROR, "$.bank_holidays",
                                 "here are \"england-and-wales\", \"scotland\""));
    reading_release(&reading);
}

/* ---- wide tables, whose rows are read without a tree ---- */

#define WIDE 20

/* places "home", "park" and w0 .. w19, and one table from home to the latter */
static void read_wide(struct reading *reading, const char *figures)
{
    char places[1500], rest[3000], to[400];
    int p = snprintf(places, sizeof places, "{\"id\": \"home\"}, {\"id\": \"park\"}"), t = 0;
    for (int i = 0; i < WIDE; i++) {
        p += snprintf(places + p, sizeof places - (size_t)p, ", {\"id\": \"w%d\"}", i);
        t += snprintf(to + t, sizeof to - (size_t)t, "%s\"w%d\"", i > 0 ? ", " : "", i);
    }
    (void)snprintf(
        rest, sizeof rest,
        "\"travel\": [{\"mode\": \"car\", \"direction\": \"both\", \"from\": [\"home\"], "
        "\"to\": [%s], %s}]",
        to, figures);
    reading_parts(reading, (struct reading_parts){.places = places, .rest = rest});
}

enum { W0 = 2 };
#define SEVENTEEN "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16"

static void wide_rows_mean_what_narrow_ones_mean(void **state)
{
    (void)state;
    struct reading reading;
    read_wide(&reading, "\"minutes\": [[" SEVENTEEN ",null, 1e2,10080]], \"truncated\": true");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(cell(&reading, 0, HOME, W0), 1);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 16), 17);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 17), AM_NO_JOURNEY);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 18), 101);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 19), 10081);
    reading_release(&reading);
    read_wide(&reading, "\"seconds\": [[" SEVENTEEN ",null,60.01,604800]]");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(cell(&reading, 0, HOME, W0), 0);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 1), 1);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 17), AM_NO_JOURNEY);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 18), 2);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 19), 10080);
    reading_release(&reading);
    (void)reading_scratch("w.json",
                          "{\"code\": \"Ok\", \"durations\": [[" SEVENTEEN ",null,60.01,604801]]}");
    read_wide(&reading, "\"file\": \"w.json\", \"format\": \"osrm\"");
    assert_int_equal(reading.status, AM_OK);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 1), 1);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 17), AM_NO_JOURNEY);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 18), 2);
    assert_int_equal(cell(&reading, 0, HOME, W0 + 19), AM_NO_JOURNEY);
    reading_release(&reading);
}

static void assert_wide_error(const char *figures, const char *path, const char *text)
{
    struct reading reading;
    read_wide(&reading, figures);
    assert_int_equal(reading.status, AM_EINVALID);
    assert_int_equal(reading.diag.errors, 1);
    assert_non_null(reading_find(&reading, AM_ERROR, path, text));
    reading_release(&reading);
}

static void a_fault_in_a_wide_row_is_told_as_in_a_narrow_one(void **state)
{
    (void)state;
    assert_wide_error("\"minutes\": [[" SEVENTEEN ",17,18.5,19]]", "$.travel[0].minutes[0][18]",
                      "found 18.5");
    assert_wide_error("\"minutes\": [[" SEVENTEEN ",17,10081,19]]", "$.travel[0].minutes[0][18]",
                      "found 10081");
    assert_wide_error("\"minutes\": [[" SEVENTEEN ",17,18]]", "$.travel[0].minutes[0]",
                      "expected 20 columns");
    assert_wide_error("\"minutes\": [[" SEVENTEEN ",17,18,19,20]]", "$.travel[0].minutes[0]",
                      "expected 20 columns");
    assert_wide_error("\"seconds\": [[" SEVENTEEN ",17,18,604801]]", "$.travel[0].seconds[0][19]",
                      "at most a week");
    assert_wide_error("\"seconds\": [[" SEVENTEEN ",17,-1,1]]", "$.travel[0].seconds[0][18]",
                      "at least 0");
    (void)reading_scratch("w.json",
                          "{\"code\": \"Ok\", \"durations\": [[" SEVENTEEN ",17,-1,19]]}");
    assert_wide_error("\"file\": \"w.json\", \"format\": \"osrm\"", "$.durations[0][18]",
                      "at least 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blank_is_unknown_and_no_is_impossible),
        cmocka_unit_test(rows_of_one_kind_make_one_table_each_way),
        cmocka_unit_test(quotes_crlf_byte_order_mark_and_column_order_do_not_matter),
        cmocka_unit_test(every_mistake_of_a_table_is_told_with_its_line),
        cmocka_unit_test(a_place_that_left_the_caseload_is_a_warning_once),
        cmocka_unit_test(a_journey_given_twice_names_both_lines),
        cmocka_unit_test(columns_must_be_known_and_there),
        cmocka_unit_test(bytes_that_are_no_text_do_not_reach_the_terminal),
        cmocka_unit_test(more_kinds_of_rows_than_anybody_needs_are_refused_once),
        cmocka_unit_test(osrm_seconds_become_minutes_rounded_up),
        cmocka_unit_test(osrm_null_is_no_journey_and_a_guess_is_unknown),
        cmocka_unit_test(osrm_answers_of_another_shape_are_refused),
        cmocka_unit_test(wide_rows_mean_what_narrow_ones_mean),
        cmocka_unit_test(a_fault_in_a_wide_row_is_told_as_in_a_narrow_one),
        cmocka_unit_test(a_far_road_is_a_warning),
        cmocka_unit_test(dimensions_of_a_table_are_checked),
        cmocka_unit_test(the_published_document_serves_as_it_is),
        cmocka_unit_test(the_document_needs_a_division_that_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
