/* Appointments: what is booked, and what has happened. */
#include "io/caseload_reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    A_CRN,
    A_EVENT,
    A_SESSION,
    A_DATE,
    A_START,
    A_MINUTES,
    A_SUPERVISOR,
    A_STATE,
    A_CREDITED,
    A_PINNED,
    A_COUNT
};

static const struct am_json_key appointment_keys[A_COUNT] = {
    [A_CRN] = {"crn", true},
    [A_EVENT] = {"event", true},
    [A_SESSION] = {"session", true},
    [A_DATE] = {"date", true},
    [A_START] = {"start", true},
    [A_MINUTES] = {"minutes", true},
    [A_SUPERVISOR] = {"supervisor", false},
    [A_STATE] = {"state", true},
    [A_CREDITED] = {"credited", false},
    [A_PINNED] = {"pinned", false},
};

static int find_order(struct am_reader *reader, int person_index, const cJSON *value)
{
    const struct am_caseload *caseload = reader->caseload;
    if (person_index < 0 || !value)
        return -1;
    const struct am_person *person = &caseload->people[person_index];
    const char *event = am_read_event(reader, value);
    for (int i = 0; i < person->order_count; i++)
        if (strcmp(caseload->orders[person->first_order + i].event, event) == 0)
            return person->first_order + i;
    am_json_error(&reader->json, value, "person \"%s\" has no order with this event", person->crn);
    return -1;
}

static void place_in_time(struct am_reader *reader, const cJSON *const *key, int definition,
                          struct am_appointment *appointment)
{
    const struct am_caseload *caseload = reader->caseload;
    am_date date = appointment->original_date;
    if (definition < 0 || date == AM_NO_DATE)
        return;
    struct am_occurrence_ref ref = am_find_occurrence(reader, definition, date);
    appointment->session_id = reader->definition[definition].id;
    appointment->project = reader->definition[definition].project;
    appointment->session = ref.session;
    appointment->date = ref.date;
    if (ref.missing)
        am_report_occurrence(reader, key[A_DATE], definition, AM_ERROR);
    if (ref.date > am_caseload_last(caseload) && appointment->state == AM_BOOKED)
        am_json_warning(&reader->json, key[A_DATE],
                        "after the window: what is booked there is not counted");
    if (ref.date > caseload->as_of && appointment->state != AM_BOOKED)
        am_json_warning(&reader->json, key[A_DATE],
                        "an outcome after the date of the data (\"as_of\")");
}

static void read_minutes(struct am_reader *reader, const cJSON *const *key,
                         struct am_appointment *appointment)
{
    struct am_json *json = &reader->json;
    int start = am_json_minute(json, key[A_START], 0);
    int minutes = am_json_whole(json, key[A_MINUTES], 1, AM_DAY_MINUTES, 1);
    appointment->start = (int16_t)start;
    appointment->minutes = (int16_t)minutes;
    if (start + minutes > AM_DAY_MINUTES)
        am_json_error(json, key[A_MINUTES], "the appointment ends after midnight");
    int fallback = appointment->state == AM_ATTENDED ? minutes : 0;
    appointment->credited_min = am_json_whole(json, key[A_CREDITED], 0, AM_DAY_MINUTES, fallback);
    if (key[A_CREDITED] && appointment->state != AM_ATTENDED)
        am_json_error(json, key[A_CREDITED], "only an attended appointment is credited");
}

static void read_appointment(struct am_reader *reader, const cJSON *value,
                             struct am_appointment *appointment)
{
    static const char *const states[] = {"booked", "attended", "missed", "missed_unacceptable",
                                         "stood_down"};
    struct am_json *json = &reader->json;
    const cJSON *key[A_COUNT];
    *appointment = (struct am_appointment){.person = -1,
                                           .order = -1,
                                           .session_id = "",
                                           .session = -1,
                                           .project = -1,
                                           .supervisor = -1,
                                           .date = AM_NO_DATE,
                                           .original_date = AM_NO_DATE};
    if (!am_json_keys(json, value, appointment_keys, A_COUNT, key))
        return;
    appointment->person = am_ids_refer(reader, &reader->people, key[A_CRN]);
    appointment->order = find_order(reader, appointment->person, key[A_EVENT]);
    appointment->state =
        (enum am_appointment_state)am_json_word(json, key[A_STATE], states, 5, AM_BOOKED);
    appointment->original_date = am_json_date(json, key[A_DATE], AM_NO_DATE);
    int definition = am_ids_refer(reader, &reader->definitions, key[A_SESSION]);
    place_in_time(reader, key, definition, appointment);
    read_minutes(reader, key, appointment);
    appointment->supervisor = am_ids_refer(reader, &reader->supervisors, key[A_SUPERVISOR]);
    appointment->pinned = am_json_flag(json, key[A_PINNED], false);
}

/* ---- one person twice at one occurrence ---- */

struct booking {
    const struct am_appointment *appointment;
    const cJSON *value;
};

static int compare_bookings(const void *a, const void *b)
{
    const struct booking *x = a, *y = b;
    const struct am_appointment *p = x->appointment, *q = y->appointment;
    if (p->person != q->person)
        return p->person < q->person ? -1 : 1;
    if (p->original_date != q->original_date)
        return p->original_date < q->original_date ? -1 : 1;
    int session = strcmp(p->session_id, q->session_id);
    if (session != 0)
        return session;
    return x->value->valueint < y->value->valueint ? -1 : 1;
}

static bool same_booking(const struct am_appointment *p, const struct am_appointment *q)
{
    return p->person >= 0 && p->person == q->person && p->original_date == q->original_date &&
           p->session_id[0] && strcmp(p->session_id, q->session_id) == 0;
}

static void check_twice(struct am_reader *reader)
{
    const struct am_caseload *caseload = reader->caseload;
    int count = caseload->appointment_count;
    struct booking *bookings = AM_SCRATCH(reader, count, struct booking);
    if (!bookings)
        return;
    for (int i = 0; i < count; i++)
        bookings[i] = (struct booking){&caseload->appointments[i], reader->appointment_values[i]};
    if (count > 0)
        qsort(bookings, (size_t)count, sizeof *bookings, compare_bookings);
    for (int i = 1; i < count; i++)
        if (same_booking(bookings[i - 1].appointment, bookings[i].appointment))
            am_json_error(&reader->json, bookings[i].value,
                          "this person has another appointment at the same session and date, on "
                          "line %d",
                          am_json_line(&reader->json, bookings[i - 1].value));
}

void am_read_appointments(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    int length;
    const cJSON *at = am_json_list(&reader->json, reader->top[AM_TOP_APPOINTMENTS], &length);
    caseload->appointments = AM_KEEP(reader, length, struct am_appointment);
    reader->appointment_values = AM_SCRATCH(reader, length, const cJSON *);
    if (reader->status != AM_OK)
        return;
    for (int i = 0; at; at = at->next, i++) {
        reader->appointment_values[i] = at;
        read_appointment(reader, at, &caseload->appointments[i]);
    }
    caseload->appointment_count = length;
    check_twice(reader);
}
