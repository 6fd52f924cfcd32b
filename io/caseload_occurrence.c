/* Occurrences are known by the id of their session and their original date. */
#include "io/caseload_reader.h"

#include <stdio.h>
#include <stdlib.h>

/* Window sessions by definition and original date. */
struct am_occurrence_key {
    int32_t definition;
    am_date date;
    int32_t session;
};

static int compare_keys(const void *a, const void *b)
{
    const struct am_occurrence_key *x = a, *y = b;
    if (x->definition != y->definition)
        return x->definition < y->definition ? -1 : 1;
    return x->date < y->date ? -1 : x->date > y->date;
}

void am_index_occurrences(struct am_reader *reader)
{
    const struct am_caseload *caseload = reader->caseload;
    int count = caseload->window_session_count;
    struct am_occurrence_key *keys = AM_SCRATCH(reader, count, struct am_occurrence_key);
    if (!keys)
        return;
    for (int s = 0; s < count; s++)
        keys[s] = (struct am_occurrence_key){caseload->sessions[s].definition,
                                             caseload->sessions[s].original_date, s};
    if (count > 0)
        qsort(keys, (size_t)count, sizeof *keys, compare_keys);
    reader->occurrences = keys;
}

int am_window_session(const struct am_reader *reader, int definition, am_date date)
{
    struct am_occurrence_key wanted = {definition, date, 0};
    size_t count = (size_t)reader->caseload->window_session_count;
    const struct am_occurrence_key *found =
        count > 0 ? bsearch(&wanted, reader->occurrences, count, sizeof wanted, compare_keys)
                  : NULL;
    return found ? found->session : -1;
}

static const struct am_override *find_override(const struct am_definition *definition, am_date date)
{
    for (int i = 0; i < definition->override_count; i++)
        if (definition->overrides[i].date == date)
            return &definition->overrides[i];
    return NULL;
}

/* The window's dates of a definition, for a finding. */
static void list_dates(const struct am_reader *reader, int definition, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < reader->caseload->window_session_count && used < size; i++) {
        const struct am_occurrence_key *key = &reader->occurrences[i];
        char date[AM_DATE_TEXT];
        if (key->definition != definition)
            continue;
        int more = snprintf(text + used, size - used, "%s%s", used > 0 ? ", " : "",
                            am_date_format(key->date, date));
        used += more > 0 ? (size_t)more : 0;
    }
}

struct am_occurrence_ref am_find_occurrence(struct am_reader *reader, int definition, am_date date)
{
    const struct am_caseload *caseload = reader->caseload;
    struct am_occurrence_ref ref = {.original_date = date, .date = date, .session = -1};
    ref.session = am_window_session(reader, definition, date);
    if (ref.session >= 0) {
        ref.date = caseload->sessions[ref.session].date;
        return ref;
    }
    const struct am_override *override = find_override(&reader->definition[definition], date);
    if (override)
        ref.date = override->new_date;
    ref.missing = ref.date >= caseload->from && ref.date <= am_caseload_last(caseload);
    return ref;
}

void am_report_occurrence(struct am_reader *reader, const cJSON *value, int definition,
                          enum am_severity severity)
{
    char dates[200];
    const char *id = reader->definition[definition].id;
    list_dates(reader, definition, dates, sizeof dates);
    if (severity == AM_ERROR)
        am_json_error(&reader->json, value, "session \"%s\" does not take place on this date%s%s",
                      id, dates[0] ? "; in the window it does on " : "", dates);
    else
        am_json_warning(&reader->json, value,
                        "ignored: session \"%s\" does not take place on this date any more", id);
}
