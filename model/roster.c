#include "model/roster.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64, MILLION = 1000000 };

static const char *const outcome_words[] = {"optimal", "feasible", "stopped", "none"};

const char *am_outcome_word(enum am_outcome outcome)
{
    return outcome_words[outcome];
}

am_status am_roster_init(struct am_roster *roster, const struct am_caseload *caseload,
                         struct am_err *err)
{
    *roster = (struct am_roster){.caseload = caseload, .outcome = AM_OUTCOME_NONE};
    am_arena_init(&roster->arena);
    size_t sessions = (size_t)caseload->window_session_count;
    roster->sessions = AM_ARENA_NEW(&roster->arena, sessions, struct am_roster_session);
    if (!roster->sessions)
        return am_fail_memory(err);
    for (size_t s = 0; s < sessions; s++)
        roster->sessions[s].supervisor = -1;
    return AM_OK;
}

void am_roster_release(struct am_roster *roster)
{
    am_arena_release(&roster->arena);
    *roster = (struct am_roster){0};
}

am_status am_roster_add(struct am_roster *roster, struct am_roster_appointment appointment,
                        struct am_err *err)
{
    if (roster->appointment_count == roster->appointment_room) {
        int count = roster->appointment_count;
        int room = count < FIRST_ROOM ? FIRST_ROOM : 2 * count;
        struct am_roster_appointment *more =
            AM_ARENA_NEW(&roster->arena, (size_t)room, struct am_roster_appointment);
        if (!more)
            return am_fail_memory(err);
        if (count > 0)
            memcpy(more, roster->appointments, (size_t)count * sizeof *more);
        roster->appointments = more;
        roster->appointment_room = room;
    }
    roster->appointments[roster->appointment_count++] = appointment;
    return AM_OK;
}

/* The start and the order tell apart what the rules would not allow beside one
 * another, so that the same roster always has the same order. */
static int compare_appointments(const void *a, const void *b)
{
    const struct am_roster_appointment *x = a, *y = b;
    if (x->session != y->session)
        return x->session < y->session ? -1 : 1;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

void am_roster_sort(struct am_roster *roster)
{
    if (roster->appointment_count > 1)
        qsort(roster->appointments, (size_t)roster->appointment_count, sizeof *roster->appointments,
              compare_appointments);
}

int am_roster_first(const struct am_roster *roster, int session)
{
    int low = 0, high = roster->appointment_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (roster->appointments[middle].session < session)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int am_roster_booked(const struct am_roster *roster, int session)
{
    int first = am_roster_first(roster, session), end = first;
    while (end < roster->appointment_count && roster->appointments[end].session == session)
        end++;
    return end - first;
}

/* A fraction of whole numbers with a common divisor: whole + rest / divisor. */
struct fraction {
    uint64_t whole, rest;
};

static struct fraction add(struct fraction a, struct fraction b, uint64_t divisor)
{
    bool carry = a.rest >= divisor - b.rest;
    return (struct fraction){a.whole + b.whole + carry,
                             carry ? a.rest - (divisor - b.rest) : a.rest + b.rest};
}

/* Times a million bit by bit, because the product may exceed 64 bits. */
int64_t am_proof_gap_ppm(const struct am_proof *proof)
{
    if (proof->objective <= proof->bound)
        return 0;
    if (proof->fixed_only <= proof->bound)
        return MILLION;
    uint64_t above = (uint64_t)proof->objective - (uint64_t)proof->bound;
    uint64_t divisor = (uint64_t)proof->fixed_only - (uint64_t)proof->bound;
    struct fraction once = {above / divisor, above % divisor}, product = {0, 0};
    if (once.whole > INT64_MAX / MILLION - 1)
        return INT64_MAX;
    for (uint32_t bit = 1U << 19; bit > 0; bit >>= 1) {
        product = add(product, product, divisor);
        if (MILLION & bit)
            product = add(product, once, divisor);
    }
    return (int64_t)(product.whole + (product.rest > 0));
}

void am_roster_take_aims(const struct am_roster *roster, struct am_caseload *caseload)
{
    memcpy(caseload->plan_sha256, roster->plan_sha256, sizeof caseload->plan_sha256);
    for (int p = 0; p < caseload->person_count; p++)
        caseload->people[p].aim = roster->aims ? roster->aims[p] : (struct am_aim){0};
}
