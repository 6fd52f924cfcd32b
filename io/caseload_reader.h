/*
 * caseload_reader - what the parts of the caseload's reader share.
 *
 * Private to io/caseload_*.c. The steps run in the order in which they are
 * declared here, each relying on those before it. A step reports mistakes as
 * findings and goes on; it sets status, and the reading ends, only when memory
 * or a file fails.
 */
#ifndef AM_IO_CASELOAD_READER_H
#define AM_IO_CASELOAD_READER_H

#include "base/names.h"
#include "io/json_value.h"
#include "model/caseload.h"

enum am_top_key {
    AM_TOP_FORMAT,
    AM_TOP_AS_OF,
    AM_TOP_POLICY,
    AM_TOP_WINDOW,
    AM_TOP_DIVISION,
    AM_TOP_BANK_HOLIDAYS,
    AM_TOP_NON_WORKING,
    AM_TOP_PLACES,
    AM_TOP_PEOPLE,
    AM_TOP_PROJECTS,
    AM_TOP_SUPERVISORS,
    AM_TOP_TRAVEL,
    AM_TOP_APPOINTMENTS,
    AM_TOP_PUBLISHED,
    AM_TOP_WAIVERS,
    AM_TOP_ARRIVALS,
    AM_TOP_COUNT
};

/* Ids of one kind: what each stands for, and where it was given. */
struct am_ids {
    const char *kind; /* "project": for findings */
    struct am_names names;
    int32_t *index;       /* by number in names */
    const cJSON **values; /* likewise */
};

/* One date of a recurring session that differs from the rest. */
struct am_override {
    const cJSON *value;
    am_date date; /* the original one */
    am_date new_date;
    int start, minutes, place;
    int32_t places;
    const cJSON *supervisor_value; /* NULL: none pinned */
    int supervisor;
    bool cancelled;
};

/* A recurring session as it is defined. */
struct am_definition {
    const cJSON *value, *rrule_value;
    const char *id;
    const char *rrule; /* NULL: once */
    int project;
    am_date first;
    int start, minutes, place;
    int32_t places, min_group;
    bool supervised;
    struct am_dates exdates;
    struct am_override *overrides; /* sorted by date */
    int override_count;
};

struct am_occurrence_key;
struct am_digest; /* io/digest.h */

struct am_reader {
    struct am_caseload *caseload;
    struct am_json json;
    struct am_arena scratch; /* gone after reading */
    struct am_digest *digest;
    struct am_err *err;
    am_status status;
    int weeks_beyond; /* the last deadline, to which sessions are expanded too */
    const cJSON *top[AM_TOP_COUNT];

    struct am_ids places, projects, definitions, supervisors, people;
    const cJSON **project_keys, **supervisor_keys, **person_keys; /* slots, a row for each */
    struct am_definition *definition; /* by number of the id, as in am_session.definition */
    int definition_count;
    int listed_places; /* those with an id; homes given by coordinates follow */

    struct am_names tags, offers;
    uint64_t tags_present, offers_present;             /* at any project */
    const cJSON *first_avoided[64], *first_needed[64]; /* by bit */

    const cJSON **appointment_values;
    struct am_occurrence_key *occurrences; /* see caseload_occurrence.c */
    const cJSON **session_pin;             /* what pinned the supervisor of each window session */
};

/* Memory that stays with the caseload, and memory that does not. On failure
 * NULL, and the status is set. */
void *am_reader_keep(struct am_reader *reader, size_t count, size_t size);
void *am_reader_scratch(struct am_reader *reader, size_t count, size_t size);
#define AM_KEEP(reader, count, type)                                                               \
    ((type *)am_reader_keep((reader), (size_t)(count), sizeof(type)))
#define AM_SCRATCH(reader, count, type)                                                            \
    ((type *)am_reader_scratch((reader), (size_t)(count), sizeof(type)))

/* Where a value stands: caseload_json.c. */
struct am_position am_read_position(struct am_reader *reader, const cJSON *value);

/* ---- ids: caseload_ids.c ---- */

/* Room for count ids of a kind. */
void am_ids_init(struct am_reader *reader, struct am_ids *ids, const char *kind, int count);
/* Read an id that stands for index; one given before is an error that names
 * both lines. Returns "" where it is not an id. */
const char *am_ids_add(struct am_reader *reader, struct am_ids *ids, const cJSON *value, int index);
/* What a reference stands for, or -1 (absent; or unknown: an error that names the nearest). */
int am_ids_refer(struct am_reader *reader, const struct am_ids *ids, const cJSON *value);
/* A list of references, sorted, each once. */
struct am_indices am_ids_refer_list(struct am_reader *reader, const struct am_ids *ids,
                                    const cJSON *list);
const char *am_ids_nearest(const struct am_ids *ids, const char *text);

/* ---- dates and availability: caseload_dates.c, caseload_availability.c ---- */

struct am_dates am_read_dates(struct am_reader *reader, const cJSON *list);
/* Sort, drop what is there twice. */
struct am_dates am_sorted_dates(am_date *dates, int count);
struct am_windows am_read_windows(struct am_reader *reader, const cJSON *list);
struct am_absences am_read_absences(struct am_reader *reader, const cJSON *list);

/* ---- vocabularies: caseload_words.c ---- */

void am_read_words_init(struct am_reader *reader);
uint64_t am_read_tags(struct am_reader *reader, const cJSON *list);       /* of a project */
uint64_t am_read_must_avoid(struct am_reader *reader, const cJSON *list); /* of a person */
uint64_t am_read_offers(struct am_reader *reader, const cJSON *list);     /* of a project */
uint64_t am_read_needs(struct am_reader *reader, const cJSON *list);      /* of a person */

/* ---- references to occurrences: caseload_occurrence.c ---- */

struct am_occurrence_ref {
    am_date original_date, date;
    int session;  /* in the window, -1: outside it */
    bool missing; /* it should lie in the window and is not there */
};

struct am_occurrence_ref am_find_occurrence(struct am_reader *reader, int definition, am_date date);

/* The finding about a missing one. */
void am_report_occurrence(struct am_reader *reader, const cJSON *value, int definition,
                          enum am_severity severity);

/* The session of the window with this definition and original date, or -1. */
int am_window_session(const struct am_reader *reader, int definition, am_date date);

/* ---- the steps, in their order ---- */

void am_read_policy(struct am_reader *reader);       /* caseload_policy.c */
void am_read_frame(struct am_reader *reader);        /* caseload_dates.c: window, holidays */
void am_read_places(struct am_reader *reader);       /* caseload_places.c */
void am_read_project_ids(struct am_reader *reader);  /* caseload_projects.c */
void am_read_supervisors(struct am_reader *reader);  /* caseload_supervisors.c */
void am_read_projects(struct am_reader *reader);     /* caseload_projects.c */
void am_read_people_ids(struct am_reader *reader);   /* caseload_people.c */
void am_read_people(struct am_reader *reader);       /* caseload_people.c */
void am_read_words_check(struct am_reader *reader);  /* caseload_words.c */
void am_read_travel(struct am_reader *reader);       /* caseload_travel.c */
void am_expand_sessions(struct am_reader *reader);   /* caseload_expand.c */
void am_index_occurrences(struct am_reader *reader); /* caseload_occurrence.c */
void am_read_appointments(struct am_reader *reader); /* caseload_booked.c */
void am_read_published(struct am_reader *reader);    /* caseload_published.c */
void am_read_waivers(struct am_reader *reader);      /* caseload_waivers.c */
void am_read_arrivals(struct am_reader *reader);     /* caseload_arrivals.c */
void am_check_pins(struct am_reader *reader);        /* caseload_pins.c */

/* ---- parts of steps ---- */

/* One definition of a project: caseload_definition.c. */
void am_read_definition(struct am_reader *reader, const cJSON *value,
                        struct am_definition *definition);
/* The home of a person: a place, or -1. */
int am_read_home(struct am_reader *reader, const cJSON *value);
/* Orders of a person into caseload->orders: caseload_orders.c. */
void am_read_orders(struct am_reader *reader, const cJSON *list, int person);
/* An event number as it is written, or "". */
const char *am_read_event(struct am_reader *reader, const cJSON *value);
/* A file that the caseload names, relative to its folder; its bytes belong to
 * the caller. NULL after an error (in the findings). */
char *am_read_named_file(struct am_reader *reader, const cJSON *value, char **path, size_t *size);

#endif
