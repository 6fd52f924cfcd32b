/* Pins that contradict each other cannot all stay (R15): they are named.
 * Sessions that are past or closed are shown as they are, whatever is pinned. */
#include "io/caseload_reader.h"

#include <stdlib.h>

static bool is_live(const struct am_caseload *caseload, int session)
{
    const struct am_session *s = &caseload->sessions[session];
    return s->closed == AM_OPEN && s->date >= caseload->as_of;
}

/* A pinned appointment that names a supervisor pins that one to the session. */
static void pin_supervisor(struct am_reader *reader, int index)
{
    struct am_caseload *caseload = reader->caseload;
    const struct am_appointment *a = &caseload->appointments[index];
    struct am_session *session = &caseload->sessions[a->session];
    if (a->supervisor < 0 || !session->supervised)
        return;
    if (session->pinned_supervisor < 0) {
        session->pinned_supervisor = a->supervisor;
        reader->session_pin[a->session] = reader->appointment_values[index];
    } else if (session->pinned_supervisor != a->supervisor && is_live(caseload, a->session)) {
        am_json_error(&reader->json, reader->appointment_values[index],
                      "supervisor \"%s\" is pinned to session \"%s\" here, but \"%s\" on line %d",
                      caseload->supervisors[a->supervisor].code, session->id,
                      caseload->supervisors[session->pinned_supervisor].code,
                      am_json_line(&reader->json, reader->session_pin[a->session]));
    }
}

/* Something pinned that keeps someone busy from start to end. */
struct busy {
    int32_t who;
    am_stamp start, end;
    int32_t session;
    const cJSON *value;
};

static int compare_busy(const void *a, const void *b)
{
    const struct busy *x = a, *y = b;
    if (x->who != y->who)
        return x->who < y->who ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->value->valueint < y->value->valueint ? -1 : 1;
}

/* After sorting, whoever overlaps an earlier one overlaps the one of these
 * that ends last. */
static void report_overlaps(struct am_reader *reader, struct busy *busy, int count,
                            const char *(*name)(const struct am_caseload *, int), const char *kind)
{
    const struct am_caseload *caseload = reader->caseload;
    const struct busy *last = NULL;
    if (count > 0)
        qsort(busy, (size_t)count, sizeof *busy, compare_busy);
    for (int i = 0; i < count; i++) {
        if (last && last->who == busy[i].who && busy[i].start < last->end)
            am_json_error(&reader->json, busy[i].value,
                          "%s \"%s\" is pinned to session \"%s\" here and, at the same time, to "
                          "\"%s\" on line %d",
                          kind, name(caseload, busy[i].who), caseload->sessions[busy[i].session].id,
                          caseload->sessions[last->session].id,
                          am_json_line(&reader->json, last->value));
        if (!last || last->who != busy[i].who || busy[i].end > last->end)
            last = &busy[i];
    }
}

static const char *person_name(const struct am_caseload *caseload, int person)
{
    return caseload->people[person].crn;
}

static const char *supervisor_name(const struct am_caseload *caseload, int supervisor)
{
    return caseload->supervisors[supervisor].code;
}

static bool is_pinned(const struct am_appointment *a)
{
    return a->pinned && a->state == AM_BOOKED && a->session >= 0 && a->person >= 0;
}

static void check_people(struct am_reader *reader)
{
    const struct am_caseload *caseload = reader->caseload;
    struct busy *busy = AM_SCRATCH(reader, caseload->appointment_count, struct busy);
    int count = 0;
    for (int i = 0; busy && i < caseload->appointment_count; i++) {
        const struct am_appointment *a = &caseload->appointments[i];
        if (!is_pinned(a) || !is_live(caseload, a->session))
            continue;
        am_stamp start = am_stamp_of(a->date, a->start);
        busy[count++] = (struct busy){a->person, start, start + a->minutes, a->session,
                                      reader->appointment_values[i]};
    }
    if (busy)
        report_overlaps(reader, busy, count, person_name, "person");
}

static void check_supervisors(struct am_reader *reader)
{
    const struct am_caseload *caseload = reader->caseload;
    struct busy *busy = AM_SCRATCH(reader, caseload->window_session_count, struct busy);
    int count = 0;
    for (int s = 0; busy && s < caseload->window_session_count; s++) {
        const struct am_session *session = &caseload->sessions[s];
        if (session->pinned_supervisor < 0 || !is_live(caseload, s))
            continue;
        am_stamp start = am_stamp_of(session->date, session->start);
        busy[count++] = (struct busy){session->pinned_supervisor, start, start + session->minutes,
                                      s, reader->session_pin[s]};
    }
    if (busy)
        report_overlaps(reader, busy, count, supervisor_name, "supervisor");
}

void am_check_pins(struct am_reader *reader)
{
    const struct am_caseload *caseload = reader->caseload;
    for (int i = 0; i < caseload->appointment_count; i++)
        if (is_pinned(&caseload->appointments[i]))
            pin_supervisor(reader, i);
    check_people(reader);
    check_supervisors(reader);
}
