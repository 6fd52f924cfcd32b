/* The orders of a person, and how they run beside each other. */
#include "io/caseload_reader.h"

#include <stdio.h>
#include <string.h>

enum {
    O_EVENT,
    O_SENTENCE,
    O_ORDERED,
    O_ADJUSTMENT,
    O_WORKED,
    O_ETE,
    O_DEADLINE,
    O_STATUS,
    O_RUNS,
    O_COUNT
};

static const struct am_json_key order_keys[O_COUNT] = {
    [O_EVENT] = {"event", true},
    [O_SENTENCE] = {"sentence_date", true},
    [O_ORDERED] = {"ordered_minutes", true},
    [O_ADJUSTMENT] = {"adjustment_minutes", false},
    [O_WORKED] = {"worked_minutes", false},
    [O_ETE] = {"ete_minutes", false},
    [O_DEADLINE] = {"deadline", false},
    [O_STATUS] = {"status", false},
    [O_RUNS] = {"runs", false},
};

enum { MINUTES_MOST = 100000, LATEST_DEADLINE_DAYS = 3653, EVENTS_MOST = 1000 };

/* An event number is text; a whole number is taken as it is written. */
const char *am_read_event(struct am_reader *reader, const cJSON *value)
{
    struct am_json *json = &reader->json;
    if (!cJSON_IsNumber(value)) {
        const char *event = am_json_id(json, value);
        return event ? event : "";
    }
    char text[16];
    (void)snprintf(text, sizeof text, "%d", am_json_whole(json, value, 0, 1000000000, 0));
    const char *event = am_arena_strdup(&reader->caseload->arena, text);
    if (!event)
        reader->status = am_fail_memory(reader->err);
    return event ? event : "";
}

/* Sessions are expanded up to the last deadline, so it must not lie beyond reason. */
static void check_dates(struct am_reader *reader, const cJSON *const *key,
                        const struct am_order *order)
{
    const struct am_caseload *caseload = reader->caseload;
    struct am_json *json = &reader->json;
    if (order->sentence_date > caseload->from + LATEST_DEADLINE_DAYS)
        am_json_error(json, key[O_SENTENCE], "more than ten years after the window");
    else if (order->sentence_date != AM_NO_DATE && order->sentence_date > caseload->as_of)
        am_json_warning(json, key[O_SENTENCE], "after the date of the data (\"as_of\")");
    if (order->own_deadline == AM_NO_DATE)
        return;
    if (order->own_deadline < order->sentence_date)
        am_json_error(json, key[O_DEADLINE], "before \"sentence_date\"");
    if (order->own_deadline > caseload->from + LATEST_DEADLINE_DAYS)
        am_json_error(json, key[O_DEADLINE], "more than ten years after the window");
}

static void read_order(struct am_reader *reader, const cJSON *value, const cJSON **key,
                       struct am_order *order)
{
    static const char *const statuses[] = {"active", "suspended", "completed", "revoked"};
    struct am_json *json = &reader->json;
    if (!am_json_keys(json, value, order_keys, O_COUNT, key))
        return;
    order->event = am_read_event(reader, key[O_EVENT]);
    order->sentence_date = am_json_date(json, key[O_SENTENCE], AM_NO_DATE);
    order->ordered_min = am_json_whole(json, key[O_ORDERED], 0, MINUTES_MOST, 0);
    order->adjustment_min = am_json_whole(json, key[O_ADJUSTMENT], -MINUTES_MOST, MINUTES_MOST, 0);
    order->worked_min = am_json_whole(json, key[O_WORKED], 0, MINUTES_MOST, 0);
    order->ete_min = am_json_whole(json, key[O_ETE], 0, MINUTES_MOST, 0);
    order->own_deadline = am_json_date(json, key[O_DEADLINE], AM_NO_DATE);
    order->status =
        (enum am_order_status)am_json_word(json, key[O_STATUS], statuses, 4, AM_ORDER_ACTIVE);
    check_dates(reader, key, order);
    if (order->ete_min > order->worked_min)
        am_json_error(json, key[O_ETE],
                      "more than \"worked_minutes\" (%d), of which they are a part",
                      order->worked_min);
}

/* The order of the same person with this event, or -1. */
static int find_event(const struct am_caseload *caseload, const struct am_person *person,
                      const char *event)
{
    for (int i = 0; i < person->order_count; i++)
        if (strcmp(caseload->orders[person->first_order + i].event, event) == 0)
            return person->first_order + i;
    return -1;
}

enum { R_WITH, R_AFTER, R_COUNT };

static const struct am_json_key runs_keys[R_COUNT] = {
    [R_WITH] = {"concurrent_with", false},
    [R_AFTER] = {"after", false},
};

/* "alone", {"concurrent_with": event} or {"after": event} */
static void read_runs(struct am_reader *reader, const cJSON *value, int index)
{
    struct am_json *json = &reader->json;
    struct am_caseload *caseload = reader->caseload;
    struct am_order *order = &caseload->orders[index];
    const cJSON *key[R_COUNT];
    if (!value || (cJSON_IsString(value) && strcmp(value->valuestring, "alone") == 0))
        return;
    if (!cJSON_IsObject(value)) {
        (void)am_json_expected(json, value,
                               "\"alone\", {\"concurrent_with\": event} or {\"after\": event}");
        return;
    }
    if (!am_json_keys(json, value, runs_keys, R_COUNT, key))
        return;
    if (!key[R_WITH] == !key[R_AFTER]) {
        am_json_error(json, value, "expected one of \"concurrent_with\" and \"after\"");
        return;
    }
    const cJSON *other = key[R_WITH] ? key[R_WITH] : key[R_AFTER];
    int found =
        find_event(caseload, &caseload->people[order->person], am_read_event(reader, other));
    if (found < 0 || found == index) {
        (void)am_json_expected(json, other, "the event of another order of this person");
        return;
    }
    order->runs = key[R_WITH] ? AM_RUNS_CONCURRENT : AM_RUNS_AFTER;
    order->runs_order = found;
}

/* Does following "after" from here lead round in a circle? */
static bool runs_in_circle(const struct am_caseload *caseload, int index, int most)
{
    int at = index;
    for (int steps = 0; caseload->orders[at].runs == AM_RUNS_AFTER && steps < most; steps++) {
        at = caseload->orders[at].runs_order;
        if (at == index)
            return true;
    }
    return false;
}

static void check_events(struct am_reader *reader, const struct am_person *person,
                         const cJSON *const *keys)
{
    struct am_caseload *caseload = reader->caseload;
    for (int i = 0; i < person->order_count; i++) {
        const cJSON *const *key = keys + (size_t)i * O_COUNT;
        const struct am_order *order = &caseload->orders[person->first_order + i];
        int first = find_event(caseload, person, order->event) - person->first_order;
        if (order->event[0] && first < i)
            am_json_error(&reader->json, key[O_EVENT],
                          "event \"%s\" is given twice; the first is on line %d", order->event,
                          am_json_line(&reader->json, keys[(size_t)first * O_COUNT + O_EVENT]));
        if (runs_in_circle(caseload, person->first_order + i, person->order_count))
            am_json_error(&reader->json, key[O_RUNS], "these orders wait for each other");
    }
}

void am_read_orders(struct am_reader *reader, const cJSON *list, int person_index)
{
    struct am_caseload *caseload = reader->caseload;
    struct am_person *person = &caseload->people[person_index];
    int length;
    const cJSON *at = am_json_list(&reader->json, list, &length);
    if (length > EVENTS_MOST) {
        am_json_error(&reader->json, list, "more than %d orders", EVENTS_MOST);
        return;
    }
    const cJSON **keys = AM_SCRATCH(reader, (size_t)length * O_COUNT, const cJSON *);
    if (!keys)
        return;
    person->first_order = caseload->order_count;
    person->order_count = length;
    for (int i = 0; at; at = at->next, i++) {
        struct am_order *order = &caseload->orders[caseload->order_count++];
        *order = (struct am_order){.person = person_index,
                                   .event = "",
                                   .sentence_date = AM_NO_DATE,
                                   .own_deadline = AM_NO_DATE,
                                   .runs_order = -1,
                                   .at = am_read_position(reader, at)};
        read_order(reader, at, keys + (size_t)i * O_COUNT, order);
    }
    for (int i = 0; i < length; i++)
        read_runs(reader, keys[(size_t)i * O_COUNT + O_RUNS], person->first_order + i);
    check_events(reader, person, keys);
}
