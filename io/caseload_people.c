/* People, in two steps: first their CRNs, since they refer to each other. */
#include "io/caseload_reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    P_CRN,
    P_NAME,
    P_LIMITED_ACCESS,
    P_GENDER,
    P_MAY_JOIN,
    P_CONSENTS,
    P_PLACEMENT,
    P_HOME,
    P_MODES,
    P_ORDERS,
    P_INDUCTED,
    P_AVAILABLE,
    P_UNAVAILABLE,
    P_INTENSIVE,
    P_WEEKLY_MAX,
    P_NEEDS,
    P_MUST_AVOID,
    P_BARRED_PROJECTS,
    P_BARRED_PLACES,
    P_PREFERS,
    P_KEEP_APART,
    P_SUPERVISOR_GENDER,
    P_WANTS_ETE,
    P_ATTENDANCE,
    P_ALLOCATIONS,
    P_COUNT
};

static const struct am_json_key person_keys[P_COUNT] = {
    [P_CRN] = {"crn", true},
    [P_NAME] = {"name", false},
    [P_LIMITED_ACCESS] = {"limited_access", false},
    [P_GENDER] = {"gender", true},
    [P_MAY_JOIN] = {"may_join_women_only", false},
    [P_CONSENTS] = {"consents_alone", false},
    [P_PLACEMENT] = {"placement", true},
    [P_HOME] = {"home", true},
    [P_MODES] = {"travel_modes", true},
    [P_ORDERS] = {"orders", true},
    [P_INDUCTED] = {"inducted_on", false},
    [P_AVAILABLE] = {"available", true},
    [P_UNAVAILABLE] = {"unavailable", false},
    [P_INTENSIVE] = {"intensive", false},
    [P_WEEKLY_MAX] = {"weekly_max_minutes", false},
    [P_NEEDS] = {"needs", false},
    [P_MUST_AVOID] = {"must_avoid", false},
    [P_BARRED_PROJECTS] = {"barred_projects", false},
    [P_BARRED_PLACES] = {"barred_places", false},
    [P_PREFERS] = {"prefers", false},
    [P_KEEP_APART] = {"keep_apart", false},
    [P_SUPERVISOR_GENDER] = {"supervisor_gender", false},
    [P_WANTS_ETE] = {"wants_ete", false},
    [P_ATTENDANCE] = {"attendance", false},
    [P_ALLOCATIONS] = {"allocations", false},
};

static const char *const genders[] = {"female", "male", "other", "unknown"};

enum { WEEK_MINUTES = 7 * AM_DAY_MINUTES };

static const cJSON **keys_of(const struct am_reader *reader, int person)
{
    return reader->person_keys + (size_t)person * P_COUNT;
}

void am_read_people_ids(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    int length, orders = 0, i = 0;
    const cJSON *list = am_json_list(&reader->json, reader->top[AM_TOP_PEOPLE], &length);
    caseload->people = AM_KEEP(reader, length, struct am_person);
    reader->person_keys = AM_SCRATCH(reader, (size_t)length * P_COUNT, const cJSON *);
    am_ids_init(reader, &reader->people, "person", length);
    if (reader->status != AM_OK)
        return;
    for (const cJSON *at = list; at; at = at->next, i++) {
        const cJSON **key = keys_of(reader, i);
        caseload->people[i] = (struct am_person){
            .crn = "", .name = "", .home = -1, .at = am_read_position(reader, at)};
        if (!am_json_keys(&reader->json, at, person_keys, P_COUNT, key))
            continue;
        caseload->people[i].crn = am_ids_add(reader, &reader->people, key[P_CRN], i);
        if (cJSON_IsArray(key[P_ORDERS]))
            orders += cJSON_GetArraySize(key[P_ORDERS]);
    }
    caseload->person_count = length;
    caseload->orders = AM_KEEP(reader, orders, struct am_order);
}

enum { I_AGREED, I_TARGET, I_COUNT };

static const struct am_json_key intensive_keys[I_COUNT] = {
    [I_AGREED] = {"agreed", true},
    [I_TARGET] = {"target_minutes", false},
};

static void read_intensive(struct am_reader *reader, const cJSON *value, struct am_person *person)
{
    const cJSON *key[I_COUNT];
    if (!value || !am_json_keys(&reader->json, value, intensive_keys, I_COUNT, key))
        return;
    person->intensive_agreed = am_json_flag(&reader->json, key[I_AGREED], false);
    person->intensive_target_min = am_json_whole(&reader->json, key[I_TARGET], 0, WEEK_MINUTES, 0);
}

enum { L_PROJECT, L_DAYS, L_FREQUENCY, L_FROM, L_TO, L_COUNT };

static const struct am_json_key allocation_keys[L_COUNT] = {
    [L_PROJECT] = {"project", true},
    [L_DAYS] = {"days", true},
    [L_FREQUENCY] = {"frequency", false},
    [L_FROM] = {"from", true},
    [L_TO] = {"to", false},
};

static struct am_allocation read_allocation(struct am_reader *reader, const cJSON *value)
{
    static const char *const frequencies[] = {"once", "weekly", "fortnightly"};
    struct am_json *json = &reader->json;
    struct am_allocation allocation = {.project = -1, .to = AM_NO_DATE};
    const cJSON *key[L_COUNT];
    if (!am_json_keys(json, value, allocation_keys, L_COUNT, key))
        return allocation;
    allocation.project = am_ids_refer(reader, &reader->projects, key[L_PROJECT]);
    allocation.days = am_json_weekdays(json, key[L_DAYS]);
    allocation.frequency =
        (enum am_frequency)am_json_word(json, key[L_FREQUENCY], frequencies, 3, AM_WEEKLY);
    allocation.from = am_json_date(json, key[L_FROM], AM_NO_DATE);
    allocation.to = am_json_date(json, key[L_TO], AM_NO_DATE);
    if (allocation.to != AM_NO_DATE && allocation.to < allocation.from)
        (void)am_json_expected(json, key[L_TO], "a date that is not before \"from\"");
    return allocation;
}

static void read_allocations(struct am_reader *reader, const cJSON *list, struct am_person *person)
{
    int length;
    const cJSON *at = am_json_list(&reader->json, list, &length);
    struct am_allocation *allocations =
        length > 0 ? AM_KEEP(reader, length, struct am_allocation) : NULL;
    if (!allocations)
        return;
    for (int i = 0; at; at = at->next)
        allocations[i++] = read_allocation(reader, at);
    person->allocations = allocations;
    person->allocation_count = length;
}

/* Who the person is, and to what kinds of placement they may go. */
static void read_identity(struct am_reader *reader, const cJSON *const *key,
                          struct am_person *person)
{
    static const char *const placements[] = {"mixed_group", "women_only", "individual"};
    struct am_json *json = &reader->json;
    person->name = am_json_text(json, key[P_NAME]);
    person->limited_access = am_json_flag(json, key[P_LIMITED_ACCESS], false);
    person->gender =
        (enum am_gender)am_json_word(json, key[P_GENDER], genders, 4, AM_GENDER_UNKNOWN);
    bool may_join = am_json_flag(json, key[P_MAY_JOIN], false);
    person->may_join_women_only = may_join || person->gender == AM_FEMALE;
    if (may_join && person->gender == AM_MALE)
        am_json_warning(json, key[P_MAY_JOIN], "has no effect: gender is male");
    person->consents_alone = am_json_flag(json, key[P_CONSENTS], false);
    person->placement = (uint8_t)am_json_words(json, key[P_PLACEMENT], placements, 3);
}

static void read_journeys(struct am_reader *reader, const cJSON *const *key,
                          struct am_person *person)
{
    static const char *const modes[] = {"walk", "cycle", "car", "public_transport"};
    if (key[P_HOME] && !cJSON_IsNull(key[P_HOME])) /* null: nobody knows */
        person->home = am_read_home(reader, key[P_HOME]);
    person->modes = (am_modes)am_json_words(&reader->json, key[P_MODES], modes, AM_MODE_COUNT);
}

/* What a case forbids or demands (R13, R10), and what the person would like. */
static void read_restrictions(struct am_reader *reader, const cJSON *const *key,
                              struct am_person *person)
{
    struct am_json *json = &reader->json;
    person->needs = am_read_needs(reader, key[P_NEEDS]);
    person->must_avoid = am_read_must_avoid(reader, key[P_MUST_AVOID]);
    person->barred_projects = am_ids_refer_list(reader, &reader->projects, key[P_BARRED_PROJECTS]);
    person->barred_places = am_ids_refer_list(reader, &reader->places, key[P_BARRED_PLACES]);
    person->prefers = am_ids_refer_list(reader, &reader->projects, key[P_PREFERS]);
    person->supervisor_gender = am_json_word(json, key[P_SUPERVISOR_GENDER], genders, 3, -1);
}

static void read_time(struct am_reader *reader, const cJSON *const *key, struct am_person *person)
{
    struct am_json *json = &reader->json;
    person->inducted_on = am_json_date(json, key[P_INDUCTED], AM_NO_DATE);
    person->available = am_read_windows(reader, key[P_AVAILABLE]);
    person->unavailable = am_read_absences(reader, key[P_UNAVAILABLE]);
    read_intensive(reader, key[P_INTENSIVE], person);
    person->weekly_max_min = am_json_whole(json, key[P_WEEKLY_MAX], 0, WEEK_MINUTES, -1);
    person->wants_ete = am_json_flag(json, key[P_WANTS_ETE], false);
    person->attendance_percent =
        am_json_whole(json, key[P_ATTENDANCE], 1, 100, reader->caseload->policy.attendance_percent);
}

/* Keeping apart is symmetric, whoever of the two names the other. */
struct pair {
    int32_t person, other;
};

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

static size_t count_keep_apart(const struct am_reader *reader)
{
    size_t count = 0;
    for (int p = 0; p < reader->caseload->person_count; p++) {
        const cJSON *list = keys_of(reader, p)[P_KEEP_APART];
        count += cJSON_IsArray(list) ? (size_t)cJSON_GetArraySize(list) : 0;
    }
    return count;
}

static size_t collect_pairs(struct am_reader *reader, struct pair *pairs)
{
    size_t count = 0;
    for (int p = 0; p < reader->caseload->person_count; p++) {
        int length;
        const cJSON *at = am_json_list(&reader->json, keys_of(reader, p)[P_KEEP_APART], &length);
        for (; at; at = at->next) {
            int other = am_ids_refer(reader, &reader->people, at);
            if (other == p)
                am_json_error(&reader->json, at, "a person cannot be kept apart from themselves");
            if (other < 0 || other == p)
                continue;
            pairs[count++] = (struct pair){p, other};
            pairs[count++] = (struct pair){other, p};
        }
    }
    return count;
}

static void read_keep_apart(struct am_reader *reader)
{
    size_t most = 2 * count_keep_apart(reader);
    struct pair *pairs = AM_SCRATCH(reader, most, struct pair);
    int32_t *others = AM_KEEP(reader, most, int32_t);
    if (!pairs || !others)
        return;
    size_t count = collect_pairs(reader, pairs), kept = 0;
    if (count > 0)
        qsort(pairs, count, sizeof *pairs, compare_pairs);
    for (size_t i = 0; i < count; i++) {
        struct am_indices *apart = &reader->caseload->people[pairs[i].person].keep_apart;
        if (i > 0 && compare_pairs(&pairs[i - 1], &pairs[i]) == 0)
            continue;
        if (apart->count == 0)
            apart->at = others + kept;
        others[kept++] = pairs[i].other;
        apart->count++;
    }
}

void am_read_people(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    for (int i = 0; i < caseload->person_count && reader->status == AM_OK; i++) {
        const cJSON *const *key = keys_of(reader, i);
        struct am_person *person = &caseload->people[i];
        read_identity(reader, key, person);
        read_journeys(reader, key, person);
        am_read_orders(reader, key[P_ORDERS], i);
        read_time(reader, key, person);
        read_restrictions(reader, key, person);
        read_allocations(reader, key[P_ALLOCATIONS], person);
    }
    read_keep_apart(reader);
}
