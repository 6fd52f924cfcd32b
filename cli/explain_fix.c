/*
 * The cheapest fixes: small changes to the caseload, each tried by solving again
 * from the roster in hand.
 *
 * A session comes into question where all that keeps the person from it can be
 * put right: they could be free, a journey could be waived, there could be one
 * more place, one more supervisor. Restrictions, the type of placement and the
 * law's own limits are never offered for change. What puts it right is tried by
 * itself first; then with a place, then with a pin. The first of each sort is
 * tried before the second of any; those with fewer changes come sooner.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/explain.h"

enum { TRIED_WHOLE = 30, TRIED_LARGE = 12, TRIED_VERY_LARGE = 6 };
enum { WHOLE = 96, VERY_LARGE = 1500 };
enum { KINDS = AM_FIX_PIN + 1 };

/* Changes for one session. */
struct candidate {
    int session;
    struct am_fix_change changes[AM_FIX_CHANGES];
    int count;
    bool pinned;   /* the last of them is a pin */
    uint32_t sort; /* bits of the kinds */
    int64_t rank;  /* within its sort, the most promising first */
    int nth;       /* within its sort */
};

struct seeking {
    struct am_explaining *ex;
    struct am_around *around;
    struct am_explain_person *about;
    struct candidate *candidates;
    int count, room;
    bool failed; /* no memory */
};

/* ---- which changes a session would need ---- */

static struct am_fix_change change_of(enum am_fix_kind kind, int session)
{
    return (struct am_fix_change){.kind = kind, .session = session, .supervisor = -1};
}

static void add_change(struct candidate *candidate, struct am_fix_change change)
{
    candidate->changes[candidate->count++] = change;
    candidate->sort |= 1U << change.kind;
    candidate->pinned = change.kind == AM_FIX_PIN;
}

/* Fewest more places of the session with which it takes `heads`. */
static int32_t places_for(const struct am_policy *policy, int32_t places, int32_t heads)
{
    int32_t more = 1;
    while (am_bookable(policy, places + more) < heads)
        more++;
    return more;
}

/* One more place: that of the session, and of the group of whoever leads it. */
static void add_room(const struct seeking *seek, struct candidate *candidate)
{
    const struct am_explaining *ex = seek->ex;
    const struct am_caseload *caseload = &ex->derived->caseload;
    const struct am_session *at = &caseload->sessions[candidate->session];
    const struct am_policy *policy = &caseload->policy;
    int32_t heads = ex->heads[candidate->session].all + 1;
    int leader = at->supervised ? ex->roster->sessions[candidate->session].supervisor : -1;
    if (am_bookable(policy, at->places) < heads) {
        struct am_fix_change change = change_of(AM_FIX_PLACE, candidate->session);
        change.count = places_for(policy, at->places, heads);
        add_change(candidate, change);
    }
    if (leader >= 0 && am_bookable(policy, caseload->supervisors[leader].group_limit) < heads) {
        struct am_fix_change change = change_of(AM_FIX_GROUP, candidate->session);
        change.count = places_for(policy, caseload->supervisors[leader].group_limit, heads);
        change.supervisor = leader;
        add_change(candidate, change);
    }
}

/* What would lift the rule, if anything that may be offered would. */
static bool lift(struct candidate *candidate, const struct am_because *because)
{
    struct am_fix_change change = change_of(AM_FIX_FREE, candidate->session);
    change.because = *because;
    switch (because->kind) {
    case AM_BECAUSE_NOT_FREE:
    case AM_BECAUSE_FREE_ELSE:
        if (because->needs_from < 0 || because->needs_to > AM_DAY_MINUTES)
            return false;
        candidate->rank += because->needs_to - because->needs_from;
        break;
    case AM_BECAUSE_FAR_THERE:
    case AM_BECAUSE_FAR_BACK:
        change.kind = AM_FIX_JOURNEY;
        candidate->rank += 10 * (because->minutes - because->limit);
        break;
    case AM_BECAUSE_NO_PLACES:
        change.kind = AM_FIX_PLACE;
        change.count = 1;
        break;
    case AM_BECAUSE_NOBODY_LEADS:
        change.kind = AM_FIX_SUPERVISOR;
        break;
    case AM_BECAUSE_NO_ORDER:
    case AM_BECAUSE_BEFORE_SENTENCE:
    case AM_BECAUSE_AWAY:
    case AM_BECAUSE_UNKNOWN_JOURNEY:
    case AM_BECAUSE_NO_JOURNEY:
    case AM_BECAUSE_BUSY:
    case AM_BECAUSE_WEEK_FULL:
    case AM_BECAUSE_NOTHING_LEFT:
    case AM_BECAUSE_TOO_SHORT:
    case AM_BECAUSE_CUT_BEFORE_FIXED:
    case AM_BECAUSE_NO_EDUCATION:
    case AM_BECAUSE_EDUCATION_LEFT:
    case AM_BECAUSE_DEMAND:
    case AM_BECAUSE_WOMEN_ONLY:
    case AM_BECAUSE_PLACEMENT:
    case AM_BECAUSE_RESTRICTED:
    case AM_BECAUSE_CANCELLED:
    case AM_BECAUSE_NON_WORKING:
    case AM_BECAUSE_PAST:
    case AM_BECAUSE_SECOND_INDUCTION:
        return false;
    }
    add_change(candidate, change);
    return true;
}

static void keep(struct seeking *seek, const struct candidate *candidate)
{
    if (candidate->count == 0)
        return;
    if (seek->count == seek->room) {
        int room = seek->room ? 2 * seek->room : 64;
        struct candidate *more = realloc(seek->candidates, (size_t)room * sizeof *seek->candidates);
        if (!more) {
            seek->failed = true;
            return;
        }
        seek->candidates = more;
        seek->room = room;
    }
    seek->candidates[seek->count++] = *candidate;
}

/* With these changes, and with what room, a leader or a smaller group adds. */
static void keep_all(struct seeking *seek, const struct candidate *base)
{
    const struct am_explaining *ex = seek->ex;
    const struct am_session *at = &ex->derived->caseload.sessions[base->session];
    bool runs = ex->decision.runs[base->session];
    keep(seek, base);
    struct candidate more = *base;
    if (runs && base->count <= 1)
        add_room(seek, &more);
    else if (!runs && at->supervised && !(base->sort & (1U << AM_FIX_SUPERVISOR)))
        add_change(&more, change_of(AM_FIX_SUPERVISOR, base->session));
    if (more.count > base->count)
        keep(seek, &more);
    struct candidate small = *base;
    if (!runs && at->min_group > 1) {
        struct am_fix_change change = change_of(AM_FIX_MINIMUM, base->session);
        change.count = 1;
        add_change(&small, change);
        keep(seek, &small);
    }
    struct candidate pinned = *base;
    add_change(&pinned, change_of(AM_FIX_PIN, base->session));
    keep(seek, &pinned);
    if (more.count > base->count && more.count < AM_FIX_CHANGES) {
        add_change(&more, change_of(AM_FIX_PIN, base->session));
        keep(seek, &more);
    }
}

static void list_open(struct seeking *seek)
{
    for (int i = 0; i < seek->about->open_count; i++) {
        const struct am_explain_open *open = &seek->about->open[i];
        struct candidate candidate = {.session = open->session, .rank = i};
        if (open->state == AM_OPEN_ELSE || open->state == AM_OPEN_RIVAL ||
            open->state == AM_OPEN_INDUCTION)
            continue;
        keep_all(seek, &candidate);
    }
}

static void list_out(struct seeking *seek)
{
    for (int i = 0; i < seek->about->out_count; i++) {
        const struct am_explain_out *out = &seek->about->out[i];
        struct candidate candidate = {.session = out->session};
        bool good = out->why.count <= 2;
        for (int j = 0; j < out->why.count && good; j++)
            good = lift(&candidate, &out->why.because[j]);
        if (good)
            keep_all(seek, &candidate);
    }
}

/* ---- in which order ---- */

static int by_sort(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->sort != b->sort)
        return a->sort < b->sort ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->session - b->session;
}

/* One change more weighs as much as being the next of one's sort. */
static int by_turn(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->count + a->nth != b->count + b->nth)
        return a->count + a->nth - (b->count + b->nth);
    if (a->count != b->count)
        return a->count - b->count;
    return by_sort(left, right);
}

static void put_in_order(struct seeking *seek)
{
    size_t count = (size_t)seek->count;
    if (count == 0)
        return;
    qsort(seek->candidates, count, sizeof *seek->candidates, by_sort);
    for (size_t i = 1; i < count; i++)
        if (seek->candidates[i].sort == seek->candidates[i - 1].sort)
            seek->candidates[i].nth = seek->candidates[i - 1].nth + 1;
    qsort(seek->candidates, count, sizeof *seek->candidates, by_turn);
}

/* Something that was found needs no more than some of these changes. */
static bool is_more_than_found(const struct seeking *seek, const struct candidate *candidate)
{
    for (int i = 0; i < seek->about->fix_count; i++) {
        const struct am_explain_fix *fix = &seek->about->fixes[i];
        uint32_t sort = 0;
        for (int j = 0; j < fix->count; j++)
            sort |= 1U << fix->changes[j].kind;
        if (fix->changes[0].session == candidate->session && (sort & ~candidate->sort) == 0)
            return true;
    }
    return false;
}

/* ---- trying one ---- */

static am_status take_fix(struct seeking *seek, const struct candidate *candidate,
                          const struct am_resolved *resolved, struct am_err *err)
{
    struct am_explaining *ex = seek->ex;
    int person = seek->about->person;
    struct am_explain_fix fix = {
        .count = candidate->count, .proven = resolved->proven, .people = resolved->people};
    memcpy(fix.changes, candidate->changes, sizeof fix.changes);
    fix.before_min = (int32_t)ex->side.split.people[person].wish_units[AM_S10];
    fix.after_min = (int32_t)resolved->side.split.people[person].wish_units[AM_S10];
    const struct am_roster *roster = &resolved->roster;
    fix.sessions = AM_ARENA_NEW(&ex->arena, (size_t)ex->instance.days, int32_t);
    if (!fix.sessions)
        return am_fail_memory(err);
    bool there = false; /* not by way of something else that the changes allow */
    for (int i = 0; i < roster->appointment_count && fix.session_count < ex->instance.days; i++)
        if (roster->appointments[i].person == person && !roster->appointments[i].recorded) {
            there |= roster->appointments[i].session == candidate->session;
            fix.sessions[fix.session_count++] = roster->appointments[i].session;
        }
    if (!there)
        return AM_OK;
    am_status status =
        am_effect_between(&ex->side, &resolved->side, person, &ex->arena, &fix.effect, err);
    if (status == AM_OK && fix.effect.clock_worse == 0)
        seek->about->fixes[seek->about->fix_count++] = fix;
    return status;
}

/* The person there, in the caseload as it is. */
static am_status place_at_once(struct seeking *seek, int session, struct am_arena *scratch,
                               struct am_resolved *there, struct am_err *err)
{
    const struct am_explaining *ex = seek->ex;
    const struct am_derived *derived = ex->derived;
    const struct am_iperson *person = &ex->instance.people[seek->about->person];
    struct am_demand demand = AM_DEMAND_NONE(session);
    struct am_around_answer answer;
    for (int64_t k = person->first_pair; k < person->first_pair + person->pair_count; k++)
        if (ex->instance.pairs[k].session == session)
            demand.pair = k;
    am_status status = am_roster_init(&there->roster, &derived->caseload, err);
    if (status != AM_OK || demand.pair < 0)
        return status;
    status = am_around_solve(seek->around, demand, scratch, &answer, err);
    if (status == AM_OK)
        status = am_decision_roster(&ex->instance, &derived->orders, &derived->eligibility,
                                    &answer.decision, &there->roster, err);
    there->met = status == AM_OK && answer.met;
    return status;
}

/* Without the pin, but with the person there: then the pin holds them. */
static am_status place_there(struct seeking *seek, const struct candidate *candidate,
                             struct am_arena *scratch, struct am_resolved *there,
                             struct am_err *err)
{
    struct am_variant variant = {0};
    int person = seek->about->person;
    am_status status = AM_OK;
    if (candidate->count == 1) {
        status = place_at_once(seek, candidate->session, scratch, there, err);
    } else {
        status = am_variant_make(&variant, seek->ex->derived, person, candidate->changes,
                                 candidate->count - 1, err);
        if (status == AM_OK)
            status = am_variant_resolve(&variant,
                                        (struct am_resolve_for){seek->ex->roster, person,
                                                                candidate->session, true,
                                                                seek->ex->settings},
                                        scratch, there, err);
        am_variant_release(&variant);
    }
    for (int i = 0; status == AM_OK && i < there->roster.appointment_count; i++) {
        struct am_roster_appointment *a = &there->roster.appointments[i];
        a->fixed |= a->person == person && a->session == candidate->session;
    }
    return status;
}

static am_status try_candidate(struct seeking *seek, const struct candidate *candidate,
                               struct am_err *err)
{
    struct am_explaining *ex = seek->ex;
    struct am_variant variant = {0};
    struct am_resolved there = {0}, resolved = {0};
    struct am_arena scratch;
    int person = seek->about->person;
    const struct am_roster *from = ex->roster;
    am_status status = AM_OK;
    am_arena_init(&scratch);
    seek->about->fixes_tried++;
    if (candidate->pinned) {
        status = place_there(seek, candidate, &scratch, &there, err);
        from = &there.roster;
    }
    if (status == AM_OK && (!candidate->pinned || there.met)) {
        status = am_variant_make(&variant, ex->derived, person, candidate->changes,
                                 candidate->count, err);
        if (status == AM_OK)
            status = am_variant_resolve(
                &variant,
                (struct am_resolve_for){from, person, candidate->session, false, ex->settings},
                &scratch, &resolved, err);
        if (status == AM_OK && resolved.valid &&
            am_explain_gained(&ex->side, &resolved.side, person))
            status = take_fix(seek, candidate, &resolved, err);
        am_roster_release(&resolved.roster);
        am_variant_release(&variant);
    }
    if (candidate->pinned)
        am_roster_release(&there.roster);
    am_arena_release(&scratch);
    return status;
}

/* ---- all of them ---- */

static int by_changes(const void *left, const void *right)
{
    const struct am_explain_fix *a = left, *b = right;
    if (a->count != b->count)
        return a->count - b->count;
    if (a->effect.lose != b->effect.lose)
        return a->effect.lose - b->effect.lose;
    if (a->effect.change.total != b->effect.change.total)
        return a->effect.change.total < b->effect.change.total ? -1 : 1;
    return a->changes[0].session - b->changes[0].session;
}

static int most_tried(const struct am_explaining *ex)
{
    int people = ex->instance.person_count;
    return people <= WHOLE ? TRIED_WHOLE : people < VERY_LARGE ? TRIED_LARGE : TRIED_VERY_LARGE;
}

am_status am_explain_fixes(struct am_explaining *ex, struct am_around *around, int most,
                           struct am_explain_person *about, struct am_err *err)
{
    struct seeking seek = {.ex = ex, .around = around, .about = about};
    am_status status = AM_OK;
    about->fixes_sought = true;
    about->fixes = AM_ARENA_NEW(&ex->arena, (size_t)most, struct am_explain_fix);
    if (!about->fixes)
        return am_fail_memory(err);
    list_open(&seek);
    list_out(&seek);
    if (seek.failed)
        status = am_fail_memory(err);
    put_in_order(&seek);
    for (int i = 0; i < seek.count && status == AM_OK && about->fix_count < most &&
                    about->fixes_tried < most_tried(ex);
         i++)
        if (!is_more_than_found(&seek, &seek.candidates[i]))
            status = try_candidate(&seek, &seek.candidates[i], err);
    free(seek.candidates);
    if (about->fix_count > 1)
        qsort(about->fixes, (size_t)about->fix_count, sizeof *about->fixes, by_changes);
    return status;
}
