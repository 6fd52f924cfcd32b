/* A recurring session as it is defined, before it is expanded. */
#include "io/caseload_reader.h"

#include <stdlib.h>

enum {
    S_ID,
    S_START,
    S_MINUTES,
    S_RRULE,
    S_EXDATES,
    S_OVERRIDES,
    S_PLACES,
    S_MIN_GROUP,
    S_SUPERVISED,
    S_COUNT
};

static const struct am_json_key session_keys[S_COUNT] = {
    [S_ID] = {"id", true},
    [S_START] = {"start", true},
    [S_MINUTES] = {"minutes", true},
    [S_RRULE] = {"rrule", false},
    [S_EXDATES] = {"exdates", false},
    [S_OVERRIDES] = {"overrides", false},
    [S_PLACES] = {"places", true},
    [S_MIN_GROUP] = {"min_group", false},
    [S_SUPERVISED] = {"supervised", false},
};

enum { O_DATE, O_START, O_MINUTES, O_PLACE, O_PLACES, O_SUPERVISOR, O_CANCELLED, O_COUNT };

static const struct am_json_key override_keys[O_COUNT] = {
    [O_DATE] = {"date", true},
    [O_START] = {"start", false},
    [O_MINUTES] = {"minutes", false},
    [O_PLACE] = {"place", false},
    [O_PLACES] = {"places", false},
    [O_SUPERVISOR] = {"supervisor", false},
    [O_CANCELLED] = {"cancelled", false},
};

enum { PLACES_MOST = 10000 };

static void check_midnight(struct am_reader *reader, const cJSON *value, int start, int minutes)
{
    if (start + minutes > AM_DAY_MINUTES)
        am_json_error(&reader->json, value,
                      "the session ends after midnight: it starts at "
                      "%02d:%02d and takes %d minutes",
                      start / 60, start % 60, minutes);
}

static bool read_override(struct am_reader *reader, const cJSON *value,
                          const struct am_definition *definition, struct am_override *override)
{
    struct am_json *json = &reader->json;
    const cJSON *key[O_COUNT];
    if (!am_json_keys(json, value, override_keys, O_COUNT, key))
        return false;
    am_date date = am_json_date(json, key[O_DATE], AM_NO_DATE);
    *override = (struct am_override){.value = value,
                                     .date = date,
                                     .new_date = date,
                                     .start = definition->start,
                                     .place = definition->place,
                                     .supervisor_value = key[O_SUPERVISOR]};
    (void)am_json_datetime(json, key[O_START], &override->new_date, &override->start);
    override->minutes = am_json_whole(json, key[O_MINUTES], 1, AM_DAY_MINUTES, definition->minutes);
    if (key[O_PLACE])
        override->place = am_ids_refer(reader, &reader->places, key[O_PLACE]);
    override->places = am_json_whole(json, key[O_PLACES], 0, PLACES_MOST, definition->places);
    override->supervisor = am_ids_refer(reader, &reader->supervisors, key[O_SUPERVISOR]);
    override->cancelled = am_json_flag(json, key[O_CANCELLED], false);
    if (override->supervisor >= 0 && !definition->supervised) {
        am_json_warning(json, key[O_SUPERVISOR], "this session is not supervised");
        override->supervisor = -1;
    }
    if (key[O_START] || key[O_MINUTES])
        check_midnight(reader, value, override->start, override->minutes);
    return date != AM_NO_DATE;
}

static int compare_overrides(const void *a, const void *b)
{
    const struct am_override *x = a, *y = b;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return x->value->valueint < y->value->valueint ? -1 : 1; /* as in the file */
}

static void read_overrides(struct am_reader *reader, const cJSON *list,
                           struct am_definition *definition)
{
    int length, count = 0;
    const cJSON *at = am_json_list(&reader->json, list, &length);
    struct am_override *overrides = AM_SCRATCH(reader, length, struct am_override);
    if (!overrides)
        return;
    for (; at; at = at->next)
        count += read_override(reader, at, definition, &overrides[count]);
    if (count > 0)
        qsort(overrides, (size_t)count, sizeof *overrides, compare_overrides);
    for (int i = 1; i < count; i++)
        if (overrides[i].date == overrides[i - 1].date)
            am_json_error(&reader->json, overrides[i].value,
                          "this date is overridden twice; the first is on line %d",
                          am_json_line(&reader->json, overrides[i - 1].value));
    definition->overrides = overrides;
    definition->override_count = count;
}

static void read_size(struct am_reader *reader, const cJSON *const *key,
                      struct am_definition *definition)
{
    struct am_json *json = &reader->json;
    enum am_project_type type = reader->caseload->projects[definition->project].type;
    definition->places = am_json_whole(json, key[S_PLACES], 0, PLACES_MOST, 0);
    definition->min_group = am_json_whole(json, key[S_MIN_GROUP], 0, PLACES_MOST, 1);
    definition->supervised =
        am_json_flag(json, key[S_SUPERVISED], type == AM_GROUP || type == AM_INDUCTION);
    int64_t most =
        (int64_t)definition->places * reader->caseload->policy.over_instruction_percent / 100;
    if (key[S_MIN_GROUP] && key[S_PLACES] && definition->min_group > most)
        am_json_warning(json, key[S_MIN_GROUP], "more than the places: this session can never run");
}

void am_read_definition(struct am_reader *reader, const cJSON *value,
                        struct am_definition *definition)
{
    struct am_json *json = &reader->json;
    const cJSON *key[S_COUNT];
    definition->first = AM_NO_DATE;
    if (!am_json_keys(json, value, session_keys, S_COUNT, key))
        return;
    definition->id = am_ids_add(reader, &reader->definitions, key[S_ID], reader->definition_count);
    definition->place = reader->caseload->projects[definition->project].place;
    (void)am_json_datetime(json, key[S_START], &definition->first, &definition->start);
    definition->minutes = am_json_whole(json, key[S_MINUTES], 1, AM_DAY_MINUTES, 1);
    check_midnight(reader, value, definition->start, definition->minutes);
    definition->rrule_value = key[S_RRULE];
    definition->rrule = key[S_RRULE] ? am_json_text(json, key[S_RRULE]) : NULL;
    definition->exdates = am_read_dates(reader, key[S_EXDATES]);
    read_size(reader, key, definition);
    read_overrides(reader, key[S_OVERRIDES], definition);
}
