#include "io/outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/calendar_index.h"
#include "io/file_names.h"
#include "io/register.h"
#include "io/emit_csv.h"
#include "io/report_csv.h"
#include "io/report_html.h"
#include "io/staged_set.h"

static const char index_name[] = "private/index.csv";

/* What the parts below share. */
struct writer {
    const struct am_roster_context *context;
    const struct am_caseload *caseload;
    const struct am_roster *roster;
    const struct am_output_options *options;
    struct am_arena arena;
    struct am_figures figures;
    struct am_staged_set set;
    struct am_calendars *calendars;
    struct am_calendar_index before, now; /* before: of an earlier run */
    struct am_text text;                  /* the calendar under way */
};

/* ---- roster.json, roster.csv, roster.html ---- */

static am_status stage_text(struct writer *w, const char *name, char *text, struct am_err *err)
{
    am_status status = am_staged_add(&w->set, name, text, strlen(text), err);
    free(text);
    return status;
}

static am_status stage_reports(struct writer *w, struct am_err *err)
{
    unsigned files = w->options->files;
    am_status status = AM_OK;
    char *text;
    if (files & AM_OUTPUT_JSON && !(status = am_roster_json(w->context, w->roster, &text, err)))
        status = stage_text(w, "roster.json", text, err);
    if (!status && files & AM_OUTPUT_CSV &&
        !(status = am_report_csv(w->roster, w->options->detail, &text, err)))
        status = stage_text(w, "roster.csv", text, err);
    if (!status && files & AM_OUTPUT_HTML &&
        !(status =
              am_report_html(w->context, w->roster, &w->figures, w->options->detail, &text, err)))
        status = stage_text(w, "roster.html", text, err);
    return status;
}

/* ---- calendars ---- */

static bool wanted(const struct writer *w, int kind)
{
    if (kind == AM_INDEX_REGISTER)
        return (w->options->files & AM_OUTPUT_REGISTERS) != 0;
    return (w->options->files & AM_OUTPUT_CALENDARS) != 0 &&
           (w->options->views == 0 || (w->options->views & 1U << kind) != 0);
}

/* The code as it stands in the index. */
static const char *index_cell(struct writer *w, const char *code)
{
    am_text_clear(&w->text);
    am_text_csv_cell(&w->text, code);
    return w->text.failed ? NULL : am_arena_strdup(&w->arena, am_text_string(&w->text));
}

/* A calendar of ordinary length is held, so that one which did not change is
 * not even written to the stage; a longer one goes there piece by piece. */
enum { HELD_BYTES = 1 << 20 };

struct calendar_file {
    struct writer *w;
    const char *name;
    bool begun; /* on the stage */
};

static am_status stage_held(struct calendar_file *file, struct am_err *err)
{
    struct am_text *held = &file->w->text;
    am_status status = am_text_status(held, err);
    if (!status && !file->begun)
        status = am_staged_begin(&file->w->set, file->name, err);
    if (!status)
        status = am_staged_part(&file->w->set, am_text_string(held), held->size, err);
    file->begun = true;
    am_text_clear(held);
    return status;
}

static am_status take_piece(void *context, const char *bytes, size_t size, struct am_err *err)
{
    struct calendar_file *file = context;
    am_text_bytes(&file->w->text, bytes, size);
    return file->w->text.size < HELD_BYTES ? am_text_status(&file->w->text, err)
                                           : stage_held(file, err);
}

static am_status stage_stream(struct writer *w, enum am_calendar_view view, int index,
                              const char *name, struct am_err *err)
{
    struct calendar_file file = {w, name, false};
    am_text_clear(&w->text);
    am_status status = am_calendar_stream(w->calendars, view, index, take_piece, &file, err);
    if (status)
        return status;
    if (!file.begun)
        return am_staged_add(&w->set, name, am_text_string(&w->text), w->text.size, err);
    status = stage_held(&file, err);
    return status ? status : am_staged_end(&w->set, err);
}

static am_status stage_calendar(struct writer *w, enum am_calendar_view view, int index,
                                const char *name, const char *code, struct am_err *err)
{
    char whole[256];
    (void)snprintf(whole, sizeof whole, "calendars/%s", name);
    const char *file = am_arena_strdup(&w->arena, whole), *cell = index_cell(w, code);
    if (!file || !cell)
        return am_fail_memory(err);
    am_status status = stage_stream(w, view, index, file, err);
    if (!status)
        status =
            am_index_add(&w->now, &w->arena, (struct am_index_entry){(int)view, file, cell}, err);
    return status;
}

/* One calendar for each of a list of codes. */
static am_status stage_coded(struct writer *w, enum am_calendar_view view, const char *prefix,
                             const char *const *codes, int count, struct am_err *err)
{
    const char **names;
    am_status status = am_file_names(prefix, codes, count, &w->arena, &names, err);
    for (int i = 0; i < count && !status; i++)
        status = stage_calendar(w, view, i, names[i], codes[i], err);
    return status;
}

/* NULL without memory. */
static const char **supervisor_codes(struct writer *w)
{
    int count = w->caseload->supervisor_count;
    const char **codes = AM_ARENA_NEW(&w->arena, (size_t)count, const char *);
    for (int m = 0; codes && m < count; m++)
        codes[m] = w->caseload->supervisors[m].code;
    return codes;
}

static am_status stage_supervisors(struct writer *w, struct am_err *err)
{
    const char **codes = supervisor_codes(w);
    return codes ? stage_coded(w, AM_CALENDAR_SUPERVISOR, "supervisor-", codes,
                               w->caseload->supervisor_count, err)
                 : am_fail_memory(err);
}

static am_status stage_projects(struct writer *w, struct am_err *err)
{
    int count = w->caseload->project_count;
    const char **codes = AM_ARENA_NEW(&w->arena, (size_t)count, const char *);
    if (!codes)
        return am_fail_memory(err);
    for (int j = 0; j < count; j++)
        codes[j] = w->caseload->projects[j].code;
    return stage_coded(w, AM_CALENDAR_PROJECT, "project-", codes, count, err);
}

/* Everybody with an order to work, or with an appointment. */
static am_status stage_people(struct writer *w, struct am_err *err)
{
    bool *booked = AM_ARENA_NEW(&w->arena, (size_t)w->caseload->person_count, bool);
    am_status status = AM_OK;
    if (!booked)
        return am_fail_memory(err);
    for (int i = 0; i < w->roster->appointment_count; i++)
        booked[w->roster->appointments[i].person] = true;
    for (int p = 0; p < w->caseload->person_count && !status; p++) {
        char id[AM_OPAQUE_ID_TEXT], name[64];
        if (!booked[p] && w->context->orders->people[p].order < 0)
            continue;
        am_calendar_person_id(w->calendars, p, id);
        (void)snprintf(name, sizeof name, "people/%s.ics", id);
        status = stage_calendar(w, AM_CALENDAR_PERSON, p, name, w->caseload->people[p].crn, err);
    }
    return status;
}

static am_status stage_calendars(struct writer *w, struct am_err *err)
{
    struct am_id_key key = w->options->key
                               ? am_id_key_of_bytes(w->options->key, w->options->key_size)
                               : am_id_key_default();
    am_status status = am_calendars_new(w->context, w->roster, &w->figures, &w->calendars, err);
    if (status)
        return status;
    am_calendars_use(w->calendars, key, w->options->detail);
    if (w->options->alarm)
        am_calendars_remind(w->calendars, w->options->alarm_min);
    if (w->options->organizer)
        status = am_calendars_publish_as(w->calendars, w->options->organizer, err);
    if (!status && wanted(w, AM_CALENDAR_TEAM))
        status = stage_calendar(w, AM_CALENDAR_TEAM, 0, "team.ics", "", err);
    if (!status && wanted(w, AM_CALENDAR_SUPERVISOR))
        status = stage_supervisors(w, err);
    if (!status && wanted(w, AM_CALENDAR_PROJECT))
        status = stage_projects(w, err);
    if (!status && wanted(w, AM_CALENDAR_PERSON))
        status = stage_people(w, err);
    return status;
}

/* ---- registers ---- */

/* supervisor: an index, or -1 for the sessions that nobody leads. */
static am_status stage_register(struct writer *w, int supervisor, const char *name,
                                struct am_err *err)
{
    const struct am_register what = {w->context, w->roster, &w->figures, w->options->detail};
    char whole[256];
    (void)snprintf(whole, sizeof whole, "registers/%s.html", name);
    const char *file = am_arena_strdup(&w->arena, whole);
    const char *cell =
        index_cell(w, supervisor < 0 ? "" : w->caseload->supervisors[supervisor].code);
    if (!file || !cell)
        return am_fail_memory(err);
    am_text_clear(&w->text);
    am_status status = am_register_html(&what, supervisor, &w->text, err);
    if (!status)
        status = am_staged_add(&w->set, file, am_text_string(&w->text), w->text.size, err);
    return status ? status
                  : am_index_add(&w->now, &w->arena,
                                 (struct am_index_entry){AM_INDEX_REGISTER, file, cell}, err);
}

/* Of those who lead a session. The names are those of the calendars, with
 * another ending. */
static am_status stage_registers(struct writer *w, struct am_err *err)
{
    const char **codes = supervisor_codes(w), **names;
    int count = w->caseload->supervisor_count;
    if (!codes)
        return am_fail_memory(err);
    am_status status = am_file_names("supervisor-", codes, count, &w->arena, &names, err);
    for (int m = 0; m < count && !status; m++) {
        char name[128];
        if (am_register_sessions(w->roster, m) == 0)
            continue;
        (void)snprintf(name, sizeof name, "%.*s", (int)(strlen(names[m]) - strlen(".ics")),
                       names[m]);
        status = stage_register(w, m, name, err);
    }
    if (!status && am_register_sessions(w->roster, -1) > 0)
        status = stage_register(w, -1, "no-supervisor", err);
    return status;
}

/* ---- the index, before and after ---- */

static am_status read_index(struct writer *w, struct am_err *err)
{
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/%s", w->set.folder, index_name);
    if (size < 0 || (size_t)size >= sizeof path)
        return am_fail(err, AM_EINVALID, "%s: the path is too long", w->set.folder);
    return am_index_read(&w->before, path, &w->arena, err);
}

/* Sort the files of the earlier run into those that go (into stale) and those
 * of views that this run leaves alone (which stay in the index). */
static am_status compare_indices(struct writer *w, const char **stale, int *stale_count,
                                 struct am_err *err)
{
    int made = w->now.count;
    am_status status = AM_OK;
    am_index_sort(&w->now);
    for (int i = 0; i < w->before.count && !status; i++) {
        struct am_index_entry entry = w->before.at[i];
        const struct am_calendar_index ours = {w->now.at, made, made};
        if (am_index_has(&ours, entry.file))
            continue;
        if (wanted(w, entry.kind))
            stale[(*stale_count)++] = entry.file;
        else
            status = am_index_add(&w->now, &w->arena, entry, err);
    }
    am_index_sort(&w->now);
    return status;
}

static am_status publish_calendars(struct writer *w, struct am_err *err)
{
    int stale_count = 0;
    am_status status = read_index(w, err);
    if (status)
        return status;
    const char **stale = AM_ARENA_NEW(&w->arena, (size_t)w->before.count, const char *);
    if (!stale)
        return am_fail_memory(err);
    status = compare_indices(w, stale, &stale_count, err);
    am_text_clear(&w->text);
    am_index_write(&w->now, &w->text);
    if (!status)
        status = am_text_status(&w->text, err);
    if (!status)
        status = am_staged_add(&w->set, index_name, am_text_string(&w->text), w->text.size, err);
    return status ? status : am_staged_publish(&w->set, stale, stale_count, err);
}

static am_status write_set(struct writer *w, struct am_err *err)
{
    am_status status = stage_reports(w, err);
    if (status)
        return status;
    if (!(w->options->files & (AM_OUTPUT_CALENDARS | AM_OUTPUT_REGISTERS)))
        return am_staged_publish(&w->set, NULL, 0, err);
    if (w->options->files & AM_OUTPUT_CALENDARS)
        status = stage_calendars(w, err);
    if (!status && w->options->files & AM_OUTPUT_REGISTERS)
        status = stage_registers(w, err);
    return status ? status : publish_calendars(w, err);
}

am_status am_write_outputs(const struct am_roster_context *context, const struct am_roster *roster,
                           const char *folder, const struct am_output_options *options,
                           struct am_err *err)
{
    struct writer w = {
        .context = context, .caseload = context->caseload, .roster = roster, .options = options};
    am_arena_init(&w.arena);
    am_status status = am_figures_gather(context, roster, &w.arena, &w.figures, err);
    if (!status && !(status = am_staged_open(&w.set, folder, err))) {
        status = write_set(&w, err);
        am_staged_close(&w.set);
    }
    am_calendars_free(w.calendars);
    am_text_release(&w.text);
    am_arena_release(&w.arena);
    return status;
}
