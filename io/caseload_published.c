/* What was published for this window: named here, or as a roster that amends
 * wrote; and what is booked in the window without being fixed. What no longer
 * exists cannot be disturbed: it is ignored with a warning. */
#include "io/caseload_reader.h"

#include <stdlib.h>
#include <string.h>

static const char roster_format[] = "amends-roster/1";

enum { P_FORMAT, P_APPOINTMENTS, P_SESSIONS, P_COUNT };

static const struct am_json_key published_keys[P_COUNT] = {
    [P_FORMAT] = {"format", false},
    [P_APPOINTMENTS] = {"appointments", false},
    [P_SESSIONS] = {"sessions", false},
};

enum { E_CRN, E_SESSION, E_DATE, E_SUPERVISOR, E_RUNS, E_COUNT };

static const struct am_json_key appointment_keys[] = {
    [E_CRN] = {"crn", true},
    [E_SESSION] = {"session", true},
    [E_DATE] = {"date", true},
};

static const struct am_json_key session_keys[] = {
    {"session", true},
    {"date", true},
    {"supervisor", false},
};

/* An entry of a list, whichever shape it has. */
struct entry {
    const cJSON *key[E_COUNT];
};

/* A roster has more in each entry, and calls the original date so. */
static bool read_roster_entry(const cJSON *value, struct entry *entry)
{
    static const char *const names[E_COUNT] = {"crn", "session", "original_date", "supervisor",
                                               "runs"};
    for (int k = 0; k < E_COUNT; k++)
        entry->key[k] = am_json_member(value, names[k]);
    if (!entry->key[E_DATE])
        entry->key[E_DATE] = am_json_member(value, "date");
    if (cJSON_IsNull(entry->key[E_SUPERVISOR]))
        entry->key[E_SUPERVISOR] = NULL;
    return cJSON_IsObject(value) && !cJSON_IsFalse(entry->key[E_RUNS]);
}

static bool read_entry(struct am_reader *reader, const cJSON *value, bool roster, bool session,
                       struct entry *entry)
{
    *entry = (struct entry){{NULL}};
    if (roster)
        return read_roster_entry(value, entry);
    const cJSON *slot[3];
    if (!am_json_keys(&reader->json, value, session ? session_keys : appointment_keys, 3, slot))
        return false;
    entry->key[session ? E_SESSION : E_CRN] = slot[0];
    entry->key[session ? E_DATE : E_SESSION] = slot[1];
    entry->key[session ? E_SUPERVISOR : E_DATE] = slot[2];
    return true;
}

/* What an id stands for, or -1 with a warning. */
static int find_known(struct am_reader *reader, const struct am_ids *ids, const cJSON *value)
{
    if (!value)
        return -1;
    int number = cJSON_IsString(value) ? am_names_find(&ids->names, value->valuestring) : -1;
    if (number >= 0)
        return ids->index[number];
    am_json_warning(&reader->json, value, "ignored: no %s is called so any more", ids->kind);
    return -1;
}

/* The session of an entry in the window, or -1. */
static int find_session(struct am_reader *reader, const struct entry *entry)
{
    int definition = find_known(reader, &reader->definitions, entry->key[E_SESSION]);
    am_date date = am_json_date(&reader->json, entry->key[E_DATE], AM_NO_DATE);
    if (definition < 0 || date == AM_NO_DATE)
        return -1;
    struct am_occurrence_ref ref = am_find_occurrence(reader, definition, date);
    if (ref.missing)
        am_report_occurrence(reader, entry->key[E_DATE], definition, AM_WARNING);
    return ref.session;
}

static void read_sessions(struct am_reader *reader, const cJSON *list, bool roster)
{
    struct am_caseload *caseload = reader->caseload;
    int length;
    const cJSON *at = am_json_list(&reader->json, list, &length);
    caseload->published_sessions = AM_KEEP(reader, length, struct am_published_session);
    if (!caseload->published_sessions)
        return;
    for (; at; at = at->next) {
        struct entry entry;
        if (!read_entry(reader, at, roster, true, &entry))
            continue;
        int session = find_session(reader, &entry);
        int supervisor = find_known(reader, &reader->supervisors, entry.key[E_SUPERVISOR]);
        if (session >= 0)
            caseload->published_sessions[caseload->published_session_count++] =
                (struct am_published_session){session, supervisor};
    }
}

static void add_appointment(struct am_caseload *caseload, int person, int session)
{
    caseload->published_appointments[caseload->published_appointment_count++] =
        (struct am_published_appointment){person, session};
}

static void read_appointments(struct am_reader *reader, const cJSON *list, bool roster)
{
    int length;
    for (const cJSON *at = am_json_list(&reader->json, list, &length); at; at = at->next) {
        struct entry entry;
        if (!read_entry(reader, at, roster, false, &entry))
            continue;
        int session = find_session(reader, &entry);
        int person = find_known(reader, &reader->people, entry.key[E_CRN]);
        if (session >= 0 && person >= 0)
            add_appointment(reader->caseload, person, session);
    }
}

/* Booked in the window, and not past. */
static bool is_booked(const struct am_caseload *caseload, const struct am_appointment *a)
{
    return a->session >= 0 && a->person >= 0 && a->state == AM_BOOKED && a->date >= caseload->as_of;
}

/* Pinned ones too, where no published roster says what they were: else whoever has a pin beside
 * another booking would count as disturbed though nothing changes. Pins alone publish nothing. */
static void add_booked(struct am_caseload *caseload)
{
    bool told = caseload->has_published;
    for (int i = 0; i < caseload->appointment_count; i++)
        if (is_booked(caseload, &caseload->appointments[i]) && !caseload->appointments[i].pinned)
            caseload->has_published = true;
    for (int i = 0; i < caseload->appointment_count && caseload->has_published; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (is_booked(caseload, a) && (!a->pinned || !told))
            add_appointment(caseload, a->person, a->session);
    }
}

static int compare_appointments(const void *a, const void *b)
{
    const struct am_published_appointment *x = a, *y = b;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->session < y->session ? -1 : x->session > y->session;
}

static int compare_sessions(const void *a, const void *b)
{
    const struct am_published_session *x = a, *y = b;
    if (x->session != y->session)
        return x->session < y->session ? -1 : 1;
    return y->supervisor < x->supervisor ? -1
                                         : y->supervisor > x->supervisor; /* a named one first */
}

/* Sorted, each once. */
static void put_in_order(struct am_caseload *caseload)
{
    struct am_published_appointment *a = caseload->published_appointments;
    struct am_published_session *s = caseload->published_sessions;
    int kept = 0;
    if (caseload->published_appointment_count > 0)
        qsort(a, (size_t)caseload->published_appointment_count, sizeof *a, compare_appointments);
    for (int i = 0; i < caseload->published_appointment_count; i++)
        if (kept == 0 || compare_appointments(&a[kept - 1], &a[i]) != 0)
            a[kept++] = a[i];
    caseload->published_appointment_count = kept;
    kept = 0;
    if (caseload->published_session_count > 0)
        qsort(s, (size_t)caseload->published_session_count, sizeof *s, compare_sessions);
    for (int i = 0; i < caseload->published_session_count; i++)
        if (kept == 0 || s[kept - 1].session != s[i].session)
            s[kept++] = s[i];
    caseload->published_session_count = kept;
}

/* Is it a roster? Then only its two lists are looked at. */
static bool is_roster(const cJSON *value)
{
    const cJSON *format = am_json_member(value, "format");
    return cJSON_IsString(format) && strcmp(format->valuestring, roster_format) == 0;
}

void am_read_published(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    const cJSON *value = reader->top[AM_TOP_PUBLISHED], *key[P_COUNT] = {NULL};
    bool roster = value && is_roster(value);
    if (roster) {
        key[P_APPOINTMENTS] = am_json_member(value, "appointments");
        key[P_SESSIONS] = am_json_member(value, "sessions");
    } else if (value && am_json_keys(&reader->json, value, published_keys, P_COUNT, key) &&
               key[P_FORMAT]) {
        (void)am_json_expected(&reader->json, key[P_FORMAT], "\"amends-roster/1\"");
    }
    size_t most = (size_t)caseload->appointment_count;
    if (cJSON_IsArray(key[P_APPOINTMENTS]))
        most += (size_t)cJSON_GetArraySize(key[P_APPOINTMENTS]);
    caseload->published_appointments = AM_KEEP(reader, most, struct am_published_appointment);
    if (!caseload->published_appointments)
        return;
    caseload->has_published = value != NULL;
    read_sessions(reader, key[P_SESSIONS], roster);
    read_appointments(reader, key[P_APPOINTMENTS], roster);
    add_booked(caseload);
    put_in_order(caseload);
}
