/* People yet to be sentenced, whom a plan keeps places for. */
#include "io/caseload_reader.h"

#include <stdlib.h>

#include "model/horizon.h"

enum { A_PER_WEEK, A_LIST, A_COUNT };
enum { L_SENTENCE, L_ORDERED, L_COUNT_OF, L_LIKE, L_COUNT };

static const struct am_json_key arrival_keys[A_COUNT] = {
    [A_PER_WEEK] = {"per_week", false},
    [A_LIST] = {"list", false},
};

static const struct am_json_key listed_keys[L_COUNT] = {
    [L_SENTENCE] = {"sentence_date", true},
    [L_ORDERED] = {"ordered_minutes", false},
    [L_COUNT_OF] = {"count", false},
    [L_LIKE] = {"like", false},
};

enum { MOST_MINUTES = 100000 };

static void check_like(struct am_reader *reader, const cJSON *value, const struct am_arrivals *of)
{
    const struct am_caseload *caseload = reader->caseload;
    if (of->like >= 0 && of->ordered_min == 0 && caseload->people[of->like].order_count == 0)
        am_json_error(
            &reader->json, value,
            "this person has no order to take the minutes from: give \"ordered_minutes\"");
}

static void read_listed(struct am_reader *reader, const cJSON *value, struct am_arrivals *arrivals)
{
    struct am_json *json = &reader->json;
    const cJSON *key[L_COUNT];
    *arrivals = (struct am_arrivals){.sentence_date = reader->caseload->from, .like = -1};
    if (!am_json_keys(json, value, listed_keys, L_COUNT, key))
        return;
    arrivals->sentence_date = am_json_date(json, key[L_SENTENCE], reader->caseload->from);
    arrivals->ordered_min = am_json_whole(json, key[L_ORDERED], 1, MOST_MINUTES, 0);
    arrivals->count = am_json_whole(json, key[L_COUNT_OF], 0, AM_ARRIVALS_MAX, 1);
    arrivals->like = am_ids_refer(reader, &reader->people, key[L_LIKE]);
    check_like(reader, key[L_LIKE], arrivals);
}

void am_read_arrivals(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    const cJSON *key[A_COUNT], *value = reader->top[AM_TOP_ARRIVALS];
    int length = 0;
    if (!value || !am_json_keys(&reader->json, value, arrival_keys, A_COUNT, key))
        return;
    caseload->arrivals_per_week =
        am_json_whole(&reader->json, key[A_PER_WEEK], 0, AM_ARRIVALS_MAX / AM_PLAN_WEEKS_MAX, 0);
    const cJSON *at = am_json_list(&reader->json, key[A_LIST], &length);
    caseload->arrivals = AM_KEEP(reader, length, struct am_arrivals);
    if (!caseload->arrivals)
        return;
    for (int i = 0; at; at = at->next)
        read_listed(reader, at, &caseload->arrivals[i++]);
    caseload->arrivals_count = length;
}
