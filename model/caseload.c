#include "model/caseload.h"

static const char *const gender_words[] = {"female", "male", "other", "unknown"};
static const char *const project_type_words[] = {"group", "individual", "ete", "induction"};
static const char *const mode_words[] = {"walk", "cycle", "car", "public_transport"};
static const char *const quality_words[] = {"planner", "timetable", "routed", "estimated"};
static const char *const order_status_words[] = {"active", "suspended", "completed", "revoked"};
static const char *const state_words[] = {"booked", "attended", "missed", "missed_unacceptable",
                                          "stood_down"};

const char *am_gender_word(enum am_gender gender)
{
    return gender_words[gender];
}

const char *am_project_type_word(enum am_project_type type)
{
    return project_type_words[type];
}

const char *am_mode_word(enum am_mode mode)
{
    return mode_words[mode];
}

const char *am_travel_quality_word(enum am_travel_quality quality)
{
    return quality_words[quality];
}

const char *am_order_status_word(enum am_order_status status)
{
    return order_status_words[status];
}

const char *am_appointment_state_word(enum am_appointment_state state)
{
    return state_words[state];
}

void am_caseload_init(struct am_caseload *caseload)
{
    *caseload = (struct am_caseload){0};
    am_arena_init(&caseload->arena);
}

void am_caseload_release(struct am_caseload *caseload)
{
    am_arena_release(&caseload->arena);
    am_caseload_init(caseload);
}
