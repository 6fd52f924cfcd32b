#include "solver/carry_prices.h"

#include <stdio.h>

#include "base/names.h"
#include "solver/pricing.h"

enum { KEY_BYTES = 512 };

struct carrying {
    const struct am_kept_prices *from;
    const struct am_instance *instance;
    const struct am_coupling *coupling;
    struct am_arena arena;
    int32_t *session_was; /* of each session, in the other instance; -1: not there */
    int32_t *person_was;  /* likewise */
    int32_t *head, *next; /* rows of each session of the other instance, in their order */
};

/* A key that outlives the call; NULL without memory. */
static const char *session_key(struct carrying *carrying, const struct am_session *session)
{
    char key[KEY_BYTES], date[AM_DATE_TEXT];
    (void)snprintf(key, sizeof key, "%s %s", am_date_format(session->original_date, date),
                   session->id);
    return am_arena_strdup(&carrying->arena, key);
}

/* Equal keys would be a fault of the caseload; the first counts. */
static bool add(struct am_names *names, const char *key)
{
    int index;
    return key && am_names_add(names, key, &index) != AM_ENOMEM;
}

static bool match_sessions(struct carrying *carrying)
{
    const struct am_caseload *was = carrying->from->instance->caseload;
    const struct am_caseload *is = carrying->instance->caseload;
    struct am_names names;
    am_names_init(&names, &carrying->arena);
    carrying->session_was =
        AM_ARENA_NEW(&carrying->arena, (size_t)carrying->instance->session_count, int32_t);
    bool whole = carrying->session_was != NULL;
    for (int s = 0; s < carrying->from->instance->session_count && whole; s++)
        whole = add(&names, session_key(carrying, &was->sessions[s]));
    for (int s = 0; s < carrying->instance->session_count && whole; s++) {
        const char *key = session_key(carrying, &is->sessions[s]);
        whole = key != NULL;
        carrying->session_was[s] = whole ? am_names_find(&names, key) : -1;
    }
    return whole;
}

static bool match_people(struct carrying *carrying)
{
    const struct am_caseload *was = carrying->from->instance->caseload;
    const struct am_caseload *is = carrying->instance->caseload;
    struct am_names names;
    am_names_init(&names, &carrying->arena);
    carrying->person_was =
        AM_ARENA_NEW(&carrying->arena, (size_t)carrying->instance->person_count, int32_t);
    bool whole = carrying->person_was != NULL;
    for (int p = 0; p < carrying->from->instance->person_count && whole; p++)
        whole = add(&names, was->people[p].crn);
    for (int p = 0; p < carrying->instance->person_count && whole; p++)
        carrying->person_was[p] = am_names_find(&names, is->people[p].crn);
    return whole;
}

static bool chain_rows(struct carrying *carrying)
{
    const struct am_kept_prices *from = carrying->from;
    size_t sessions = (size_t)from->instance->session_count;
    carrying->head = AM_ARENA_NEW(&carrying->arena, sessions, int32_t);
    carrying->next = AM_ARENA_NEW(&carrying->arena, (size_t)from->row_count, int32_t);
    if (!carrying->head || !carrying->next)
        return false;
    for (size_t s = 0; s < sessions; s++)
        carrying->head[s] = -1;
    for (int32_t r = from->row_count - 1; r >= 0; r--) {
        int32_t session = from->rows[r].session;
        if (session < 0)
            continue;
        carrying->next[r] = carrying->head[session];
        carrying->head[session] = r;
    }
    return true;
}

/* Rows of a session come in the order of their families, those of pairs to be
 * kept apart in that of the pairs; they are left out where they are several. */
static void carry_rows(const struct carrying *carrying, int64_t *price)
{
    const struct am_coupling *coupling = carrying->coupling;
    for (int32_t r = 0; r < coupling->row_count; r++) {
        const struct am_row *row = &coupling->rows[r];
        int32_t was = row->session >= 0 ? carrying->session_was[row->session] : -1;
        if (was < 0 || row->family == AM_ROW_APART || row->family == AM_ROW_SUPERVISOR)
            continue;
        int32_t at = carrying->head[was];
        while (at >= 0 && carrying->from->rows[at].family != row->family)
            at = carrying->next[at];
        if (at >= 0)
            price[r] = am_price_of(row, am_in_points(carrying->from->price[at]));
    }
}

static void carry_links_of(const struct carrying *carrying, int person, int64_t *price)
{
    const struct am_kept_prices *from = carrying->from;
    const struct am_coupling *coupling = carrying->coupling;
    const struct am_iperson *at = &carrying->instance->people[person];
    int32_t was = carrying->person_was[person];
    for (int64_t k = at->first_pair; was >= 0 && k < at->first_pair + at->pair_count; k++) {
        int32_t session = carrying->session_was[carrying->instance->pairs[k].session];
        int64_t old = session >= 0 ? am_pair_of(from->instance, was, session) : -1;
        if (old < 0)
            continue;
        int64_t runs = am_link_runs(coupling, k), presence = am_link_presence(coupling, k);
        int64_t first = from->row_count + old, second = first + from->instance->pair_count;
        if (am_link_exists(coupling, runs))
            price[runs] = am_link_price_of(am_in_points(from->price[first]));
        if (am_link_exists(coupling, presence))
            price[presence] = am_link_price_of(am_in_points(from->price[second]));
    }
}

am_status am_prices_carry(const struct am_kept_prices *from, const struct am_instance *instance,
                          const struct am_coupling *coupling, int64_t *price, struct am_err *err)
{
    struct carrying carrying = {.from = from, .instance = instance, .coupling = coupling};
    am_arena_init(&carrying.arena);
    bool whole = match_sessions(&carrying) && match_people(&carrying) && chain_rows(&carrying);
    if (whole) {
        carry_rows(&carrying, price);
        for (int p = 0; p < instance->person_count; p++)
            carry_links_of(&carrying, p, price);
    }
    am_arena_release(&carrying.arena);
    return whole ? AM_OK : am_fail_memory(err);
}
