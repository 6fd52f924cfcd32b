/* Reads the table of outcomes: which row is about which appointment, and what it says. */
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "io/atomic_file.h"
#include "io/credit_work.h"
#include "io/csv.h"
#include "io/limits.h"

enum column { CRN, EVENT, SESSION, DATE, STATE, CREDITED, COLUMN_COUNT };

static const char *const column_names[COLUMN_COUNT] = {"crn",  "event", "session",
                                                       "date", "state", "credited"};

/* People by CRN. */
struct crn {
    const char *text;
    int person;
};

struct table {
    struct am_credit_work *work;
    const struct am_caseload *caseload;
    struct crn *crns; /* sorted */
    const char *path;
    int field_of[COLUMN_COUNT]; /* -1: the table does not have it */
};

static void complain(struct table *table, int line, enum column column, const char *expected,
                     const char *found)
{
    am_diag_add(table->work->diag, AM_ERROR,
                (struct am_where){table->path, line, 0, column_names[column]},
                "found \"%s\", expected %s", found, expected);
}

/* ---- header ---- */

static int find_column(const char *name)
{
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (strcmp(name, column_names[c]) == 0)
            return c;
    return -1;
}

static void unknown_column(struct table *table, int line, const char *name)
{
    struct am_nearest nearest = {0};
    for (int c = 0; c < COLUMN_COUNT; c++)
        am_nearest_offer(&nearest, name, column_names[c]);
    am_diag_add(table->work->diag, AM_ERROR, (struct am_where){table->path, line, 0, NULL},
                "there is no column \"%s\"%s%s%s", name,
                nearest.word ? "; did you mean \"" : " (others may start with x-)",
                nearest.word ? nearest.word : "", nearest.word ? "\"?" : "");
}

static bool read_header(struct table *table, const struct am_csv_row *row)
{
    int errors = table->work->diag->errors;
    for (int c = 0; c < COLUMN_COUNT; c++)
        table->field_of[c] = -1;
    for (int f = 0; f < row->count; f++) {
        int column = find_column(row->fields[f]);
        if (column >= 0 && table->field_of[column] >= 0)
            complain(table, row->line, (enum column)column, "each column once", row->fields[f]);
        else if (column >= 0)
            table->field_of[column] = f;
        else if (strncmp(row->fields[f], "x-", 2) != 0)
            unknown_column(table, row->line, row->fields[f]);
    }
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (table->field_of[c] < 0 && c != EVENT && c != CREDITED)
            am_diag_add(table->work->diag, AM_ERROR, (struct am_where){table->path, 1, 0, NULL},
                        "the column %s is missing", column_names[c]);
    return table->work->diag->errors == errors;
}

/* ---- fields ---- */

static const char *field(const struct table *table, const struct am_csv_row *row, enum column c)
{
    int f = table->field_of[c];
    return f >= 0 && f < row->count ? row->fields[f] : "";
}

static int compare_crns(const void *a, const void *b)
{
    return strcmp(((const struct crn *)a)->text, ((const struct crn *)b)->text);
}

static bool index_people(struct table *table, struct am_arena *arena)
{
    const struct am_caseload *caseload = table->caseload;
    table->crns = AM_ARENA_NEW(arena, (size_t)caseload->person_count, struct crn);
    if (!table->crns)
        return false;
    for (int p = 0; p < caseload->person_count; p++)
        table->crns[p] = (struct crn){caseload->people[p].crn, p};
    qsort(table->crns, (size_t)caseload->person_count, sizeof *table->crns, compare_crns);
    return true;
}

static int find_person(const struct table *table, const char *text)
{
    struct crn key = {text, -1};
    const struct crn *found =
        bsearch(&key, table->crns, (size_t)table->caseload->person_count, sizeof key, compare_crns);
    return found ? found->person : -1;
}

static bool read_state(const char *word, enum am_appointment_state *state)
{
    static const enum am_appointment_state outcomes[] = {AM_ATTENDED, AM_MISSED,
                                                         AM_MISSED_UNACCEPTABLE, AM_STOOD_DOWN};
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++)
        if (strcmp(word, am_appointment_state_word(outcomes[i])) == 0) {
            *state = outcomes[i];
            return true;
        }
    return false;
}

/* Whole minutes of a day; "" leaves -1. */
static bool read_credited(const char *text, int32_t *minutes)
{
    char *end;
    *minutes = -1;
    if (*text == '\0')
        return true;
    if (*text < '0' || *text > '9' || strlen(text) > 4)
        return false;
    *minutes = (int32_t)strtol(text, &end, 10);
    return *end == '\0' && *minutes <= AM_DAY_MINUTES;
}

/* ---- rows ---- */

/* What a row says, its person known. */
struct outcome {
    int person, line;
    const char *event, *session_id;
    am_date date;
    enum am_appointment_state state;
    int32_t credited_min;
};

static bool read_row(struct table *table, const struct am_csv_row *row, struct outcome *outcome)
{
    int errors = table->work->diag->errors;
    *outcome = (struct outcome){
        .person = find_person(table, field(table, row, CRN)),
        .line = row->line,
        .event = field(table, row, EVENT),
        .session_id = field(table, row, SESSION),
        .date = AM_NO_DATE,
        .state = AM_BOOKED,
    };
    if (outcome->person < 0)
        complain(table, row->line, CRN, "the CRN of a person of the caseload",
                 field(table, row, CRN));
    if (!am_date_parse(field(table, row, DATE), &outcome->date))
        complain(table, row->line, DATE, "a date like 2026-03-02", field(table, row, DATE));
    if (!read_state(field(table, row, STATE), &outcome->state))
        complain(table, row->line, STATE, "attended, missed, missed_unacceptable or stood_down",
                 field(table, row, STATE));
    if (!read_credited(field(table, row, CREDITED), &outcome->credited_min))
        complain(table, row->line, CREDITED, "whole minutes from 0 to 1440, or nothing",
                 field(table, row, CREDITED));
    else if (outcome->credited_min > 0 && outcome->state != AM_ATTENDED)
        complain(table, row->line, CREDITED, "nothing: only attended appointments are credited",
                 field(table, row, CREDITED));
    return table->work->diag->errors == errors;
}

/* How well an entry fits: 2 by the original date, 1 by the date, 0 not. */
static int fit_of(const struct table *table, const struct am_entry *entry,
                  const struct outcome *outcome)
{
    if (entry->gone || strcmp(entry->session_id, outcome->session_id) != 0)
        return 0;
    if (*outcome->event && strcmp(table->caseload->orders[entry->order].event, outcome->event) != 0)
        return 0;
    if (entry->original_date == outcome->date)
        return 2;
    return entry->date == outcome->date ? 1 : 0;
}

static struct am_entry *find_entry(const struct table *table, const struct outcome *outcome)
{
    struct am_entry *best = NULL;
    int best_fit = 0;
    for (int i = table->work->entries.first[outcome->person]; i >= 0;
         i = table->work->entries.at[i].next) {
        int fit = fit_of(table, &table->work->entries.at[i], outcome);
        if (fit > best_fit) {
            best_fit = fit;
            best = &table->work->entries.at[i];
        }
    }
    return best;
}

static void put_outcome(struct table *table, const struct outcome *outcome)
{
    struct am_entry *entry = find_entry(table, outcome);
    struct am_where where = {table->path, outcome->line, 0, NULL};
    char date[AM_DATE_TEXT], as_of[AM_DATE_TEXT];
    (void)am_date_format(outcome->date, date);
    (void)am_date_format(table->work->as_of, as_of);
    if (!entry)
        am_diag_add(table->work->diag, AM_ERROR, where,
                    "%s%s%s has no appointment at session %s on %s",
                    table->caseload->people[outcome->person].crn, *outcome->event ? " event " : "",
                    outcome->event, outcome->session_id, date);
    else if (entry->date > table->work->as_of)
        am_diag_add(table->work->diag, AM_ERROR, where,
                    "this appointment is still to come: the new caseload is of %s", as_of);
    else if (entry->line)
        am_diag_add(table->work->diag, AM_ERROR, where,
                    "this appointment has an outcome in line %d already", entry->line);
    else if (entry->state != AM_BOOKED)
        am_diag_add(table->work->diag, AM_ERROR, where,
                    "the caseload has the outcome of this appointment already: %s",
                    am_appointment_state_word(entry->state));
    else {
        entry->state = outcome->state;
        entry->credited_min = outcome->credited_min;
        entry->line = outcome->line;
    }
}

static am_status fail_empty(struct am_csv *csv, struct am_err *err)
{
    csv->fault_line = 1;
    return am_fail(err, AM_EPARSE, "the file is empty; expected a row of column names");
}

static am_status read_rows(struct table *table, struct am_csv *csv, struct am_err *err)
{
    struct am_csv_row row;
    am_status status = am_csv_next(csv, &row, err);
    if (status != AM_OK)
        return status;
    if (row.count == 0)
        return fail_empty(csv, err);
    if (!read_header(table, &row))
        return AM_OK;
    for (;;) {
        struct outcome outcome;
        status = am_csv_next(csv, &row, err);
        if (status != AM_OK || row.count == 0)
            return status;
        if (read_row(table, &row, &outcome))
            put_outcome(table, &outcome);
    }
}

am_status am_credit_outcomes_read(struct am_credit_work *work, struct am_err *err)
{
    const char *path = work->request->outcomes;
    struct table table = {.work = work, .caseload = work->caseload, .path = path};
    struct am_csv csv;
    struct am_err fault;
    char *bytes = NULL;
    size_t size;
    if (!index_people(&table, &work->arena))
        return am_fail_memory(err);
    am_status status = am_read_file(path, AM_FILE_LIMIT, &bytes, &size, err);
    if (status != AM_OK)
        return status;
    am_csv_init(&csv, bytes, size);
    if (read_rows(&table, &csv, &fault) != AM_OK)
        am_diag_add(work->diag, AM_ERROR, (struct am_where){path, csv.fault_line, 0, NULL}, "%s",
                    fault.msg);
    free(bytes);
    return AM_OK;
}
