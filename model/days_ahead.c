/*
 * The longest session that a person could attend, day by day.
 *
 * Most of a year repeats itself: sessions alike in all that matters form a kind,
 * which knows the weeks in which it is held. For a person whose availability is
 * the same every week one question settles a kind for all of them; days on
 * which an absence comes in are looked at one by one. Only kinds within reach
 * of the person's home (journeys.h) are looked at, unless R3 is waived.
 */
#include "model/days_ahead.h"

#include <string.h>

enum { WORD_BITS = 64 };

static bool bit_of(const uint64_t *bits, int index)
{
    return bits[index / WORD_BITS] >> index % WORD_BITS & 1;
}

static void set_bit(uint64_t *bits, int index)
{
    bits[index / WORD_BITS] |= UINT64_C(1) << index % WORD_BITS;
}

/* ---- kinds of session ---- */

static int day_of(const struct am_days_ahead *ahead, int session)
{
    return ahead->caseload->sessions[session].date - ahead->caseload->from;
}

static am_status group_kinds(struct am_days_ahead *ahead, struct am_arena *arena,
                             struct am_err *err)
{
    const struct am_caseload *caseload = ahead->caseload;
    struct am_arena scratch;
    am_arena_init(&scratch);
    struct am_alike_key *keys =
        AM_ARENA_NEW(&scratch, (size_t)caseload->session_count, struct am_alike_key);
    for (int s = 0; keys && s < caseload->session_count; s++) {
        const struct am_session *at = &caseload->sessions[s];
        keys[s] = (struct am_alike_key){
            {-at->minutes, at->project, at->place, day_of(ahead, s) % AM_WEEKDAYS, at->start}, s};
    }
    am_status status = keys ? am_alike_build(keys, caseload->session_count, arena, &ahead->of, err)
                            : am_fail_memory(err);
    am_arena_release(&scratch);
    return status;
}

static am_status describe_kinds(struct am_days_ahead *ahead, struct am_arena *arena,
                                struct am_err *err)
{
    const struct am_caseload *caseload = ahead->caseload;
    size_t kinds = (size_t)ahead->of.count;
    ahead->kinds = AM_ARENA_NEW(arena, kinds, struct am_kind);
    ahead->held = AM_ARENA_NEW(arena, kinds * ahead->words, uint64_t);
    if (!ahead->kinds || !ahead->held)
        return am_fail_memory(err);
    for (int k = 0; k < ahead->of.count; k++) {
        const struct am_session *at = &caseload->sessions[ahead->of.example[k]];
        ahead->kinds[k] = (struct am_kind){at->minutes, at->start,
                                           day_of(ahead, ahead->of.example[k]) % AM_WEEKDAYS,
                                           ahead->of.example[k]};
    }
    for (int s = 0; s < caseload->session_count; s++)
        if (caseload->sessions[s].closed == AM_OPEN)
            set_bit(ahead->held + (size_t)ahead->of.of[s] * ahead->words,
                    day_of(ahead, s) / AM_WEEKDAYS);
    return AM_OK;
}

static am_status list_kinds_of_slots(struct am_days_ahead *ahead, struct am_arena *arena,
                                     struct am_err *err)
{
    const struct am_alike *slots = &ahead->journeys.slots;
    int32_t *slot_of = AM_ARENA_NEW(arena, (size_t)ahead->of.count, int32_t);
    if (!slot_of)
        return am_fail_memory(err);
    for (int k = 0; k < ahead->of.count; k++)
        slot_of[k] = slots->of[ahead->kinds[k].example];
    const struct am_alike by_slot = {.count = slots->count, .of = slot_of};
    return am_alike_members(&by_slot, ahead->of.count, arena, &ahead->kinds_of_slot, err);
}

/* ---- building ---- */

static void find_last_day(struct am_days_ahead *ahead)
{
    const struct am_caseload *caseload = ahead->caseload;
    am_date last = am_caseload_last(caseload);
    if (caseload->session_count > 0 && caseload->sessions[caseload->session_count - 1].date > last)
        last = caseload->sessions[caseload->session_count - 1].date;
    ahead->day_count = last - caseload->from + 1;
    ahead->words = (size_t)ahead->day_count / AM_WEEKDAYS / WORD_BITS + 1;
}

static am_status make_room(struct am_days_ahead *ahead, struct am_arena *arena, struct am_err *err)
{
    size_t kinds = (size_t)ahead->of.count;
    ahead->near_bits = AM_ARENA_NEW(arena, kinds / WORD_BITS + 1, uint64_t);
    ahead->todo = AM_ARENA_NEW(arena, ahead->words, uint64_t);
    ahead->longest = AM_ARENA_NEW(arena, (size_t)ahead->day_count, int32_t);
    if (!ahead->near_bits || !ahead->todo || !ahead->longest)
        return am_fail_memory(err);
    for (int w = 0; w < AM_WEEKDAYS; w++) {
        ahead->near[w] = AM_ARENA_NEW(arena, kinds, int32_t);
        if (!ahead->near[w])
            return am_fail_memory(err);
    }
    return AM_OK;
}

am_status am_days_ahead_build(const struct am_caseload *caseload, struct am_arena *arena,
                              struct am_days_ahead *ahead, struct am_err *err)
{
    *ahead = (struct am_days_ahead){.caseload = caseload};
    find_last_day(ahead);
    am_status status = group_kinds(ahead, arena, err);
    if (status == AM_OK)
        status = describe_kinds(ahead, arena, err);
    if (status == AM_OK)
        status = am_journeys_build(caseload, caseload->session_count, arena, &ahead->journeys, err);
    if (status == AM_OK)
        status = list_kinds_of_slots(ahead, arena, err);
    if (status == AM_OK && caseload->waiver_count > 0)
        status = am_alike_members(&ahead->of, caseload->session_count, arena,
                                  &ahead->sessions_of_kind, err);
    if (status == AM_OK)
        status = am_waivers_by_person(caseload, arena, &ahead->waivers, err);
    return status == AM_OK ? make_room(ahead, arena, err) : status;
}

/* ---- the kinds within reach ---- */

static void list_near(struct am_days_ahead *ahead)
{
    size_t words = (size_t)ahead->of.count / WORD_BITS + 1;
    const struct am_members *members = &ahead->kinds_of_slot;
    memset(ahead->near_bits, 0, words * sizeof *ahead->near_bits);
    memset(ahead->near_count, 0, sizeof ahead->near_count);
    for (int i = 0; i < ahead->journeys.near_count; i++) {
        int slot = ahead->journeys.near[i];
        bool allowed = am_journeys_get(&ahead->journeys, slot)->allowed;
        for (int k = members->first[slot]; allowed && k < members->first[slot + 1]; k++)
            set_bit(ahead->near_bits, members->at[k]);
    }
    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = ahead->near_bits[w]; bits; bits &= bits - 1) {
            int kind = (int)w * WORD_BITS + __builtin_ctzll(bits);
            int weekday = ahead->kinds[kind].weekday;
            ahead->near[weekday][ahead->near_count[weekday]++] = kind;
        }
}

/* ---- one person's days ---- */

/* R2 for a session of this kind on that date. */
static bool is_free(const struct am_days_ahead *ahead, const struct am_person *person,
                    const struct am_kind *kind, am_date date, struct am_absences absences)
{
    int start = kind->start, end = kind->start + kind->minutes;
    if (ahead->caseload->policy.availability_leaves_home) {
        const struct am_journey *journey =
            am_journeys_get(&ahead->journeys, ahead->journeys.slots.of[kind->example]);
        start -= journey->there;
        end += journey->back;
    }
    return am_available(person->available, absences, date, start, end);
}

/* Does an absence take the whole date? */
static bool is_away(const struct am_person *person, am_date date)
{
    for (int i = 0; i < person->unavailable.count; i++)
        if (person->unavailable.at[i].start <= am_stamp_of(date, 0) &&
            person->unavailable.at[i].end >= am_stamp_of(date + 1, 0))
            return true;
    return false;
}

static int32_t longest_of(const struct am_days_ahead *ahead, int person, int d)
{
    const struct am_person *who = &ahead->caseload->people[person];
    am_date date = ahead->caseload->from + d;
    int weekday = d % AM_WEEKDAYS;
    if (!am_has_window(who->available, date) || is_away(who, date))
        return 0;
    for (int i = 0; i < ahead->near_count[weekday]; i++) {
        int k = ahead->near[weekday][i];
        const struct am_kind *kind = &ahead->kinds[k];
        if (bit_of(ahead->held + (size_t)k * ahead->words, d / AM_WEEKDAYS) &&
            is_free(ahead, who, kind, date, who->unavailable) &&
            !am_is_restricted(ahead->caseload, person, kind->example))
            return kind->minutes;
    }
    return 0;
}

static bool has_absence(const struct am_person *person, am_date date)
{
    for (int i = 0; i < person->unavailable.count; i++)
        if (person->unavailable.at[i].start < am_stamp_of(date + 1, 0) &&
            person->unavailable.at[i].end > am_stamp_of(date, 0))
            return true;
    return false;
}

/* Take the kind for the weeks in which it is held and none was found yet. */
static void take_kind(struct am_days_ahead *ahead, int k)
{
    const struct am_kind *kind = &ahead->kinds[k];
    const uint64_t *held = ahead->held + (size_t)k * ahead->words;
    for (size_t w = 0; w < ahead->words; w++) {
        for (uint64_t bits = held[w] & ahead->todo[w]; bits; bits &= bits - 1) {
            int week = (int)w * WORD_BITS + __builtin_ctzll(bits);
            ahead->longest[week * AM_WEEKDAYS + kind->weekday] = kind->minutes;
        }
        ahead->todo[w] &= ~held[w];
    }
}

static bool is_wanted(const struct am_days_ahead *ahead, int k)
{
    uint64_t any = 0;
    for (size_t w = 0; w < ahead->words; w++)
        any |= ahead->held[(size_t)k * ahead->words + w] & ahead->todo[w];
    return any != 0;
}

/* The days of one weekday on which nothing is out of the ordinary. */
static void look_at_weekday(struct am_days_ahead *ahead, int person, int weekday)
{
    static const struct am_absences none = {NULL, 0};
    const struct am_person *who = &ahead->caseload->people[person];
    am_date date = ahead->caseload->from + weekday;
    if (!am_has_window(who->available, date))
        return;
    for (int i = 0; i < ahead->near_count[weekday]; i++) {
        int k = ahead->near[weekday][i];
        if (is_wanted(ahead, k) && is_free(ahead, who, &ahead->kinds[k], date, none) &&
            !am_is_restricted(ahead->caseload, person, ahead->kinds[k].example))
            take_kind(ahead, k);
    }
}

/* ---- waivers ---- */

static void offer_session(struct am_days_ahead *ahead, int person, int session, int count)
{
    const struct am_session *at = &ahead->caseload->sessions[session];
    const struct am_journey *journey =
        am_journeys_get(&ahead->journeys, ahead->journeys.slots.of[session]);
    int d = day_of(ahead, session);
    if (d >= count || at->minutes <= ahead->longest[d] || at->closed != AM_OPEN)
        return;
    am_rule_set set = journey->allowed ? 0 : AM_RULE_BIT(AM_R3);
    if (!am_available_with(ahead->caseload, person, session, journey))
        set |= AM_RULE_BIT(AM_R2);
    if (am_is_restricted(ahead->caseload, person, session))
        set |= AM_RULE_BIT(AM_R13);
    if (am_without_waived(ahead->caseload, ahead->waivers[person], person, session, set) == 0)
        ahead->longest[d] = at->minutes;
}

/* Is a session of this kind longer than what is found for one of these days? */
static bool would_better(const struct am_days_ahead *ahead, int k, int count)
{
    const struct am_kind *kind = &ahead->kinds[k];
    for (int d = kind->weekday; d < count; d += AM_WEEKDAYS)
        if (kind->minutes > ahead->longest[d] &&
            bit_of(ahead->held + (size_t)k * ahead->words, d / AM_WEEKDAYS))
            return true;
    return false;
}

static void offer_kind(struct am_days_ahead *ahead, int person, int k, int count)
{
    const struct am_members *members = &ahead->sessions_of_kind;
    if (!would_better(ahead, k, count))
        return;
    for (int i = members->first[k]; i < members->first[k + 1]; i++)
        offer_session(ahead, person, members->at[i], count);
}

/* Bits of the rules that some waiver lifts at this project. */
static am_rule_set waived_at(struct am_waivers waivers, int project)
{
    am_rule_set set = 0;
    for (int i = 0; i < waivers.count; i++)
        if (waivers.at[i].project < 0 || waivers.at[i].project == project)
            set |= AM_RULE_BIT(waivers.at[i].rule);
    return set;
}

/* What waivers of R2, R3 and R13 add. */
static void look_at_waived(struct am_days_ahead *ahead, int person, int count)
{
    static const struct am_absences none = {NULL, 0};
    const struct am_person *who = &ahead->caseload->people[person];
    bool steady = am_windows_steady(who->available);
    for (int k = 0; k < ahead->of.count; k++) {
        const struct am_kind *kind = &ahead->kinds[k];
        const struct am_session *example = &ahead->caseload->sessions[kind->example];
        am_rule_set waived = waived_at(ahead->waivers[person], example->project);
        bool allowed =
            am_journeys_get(&ahead->journeys, ahead->journeys.slots.of[kind->example])->allowed;
        if (!allowed && !(waived & AM_RULE_BIT(AM_R3)))
            continue;
        if (steady && !(waived & AM_RULE_BIT(AM_R2)) &&
            !is_free(ahead, who, kind, ahead->caseload->from + kind->weekday, none))
            continue;
        offer_kind(ahead, person, k, count);
    }
}

/* ---- the whole ---- */

void am_days_ahead_look(struct am_days_ahead *ahead, int person, int count)
{
    const struct am_person *who = &ahead->caseload->people[person];
    bool steady = am_windows_steady(who->available);
    if (am_journeys_open(&ahead->journeys, person))
        list_near(ahead);
    memset(ahead->longest, 0, (size_t)count * sizeof *ahead->longest);
    for (int weekday = 0; weekday < AM_WEEKDAYS; weekday++) {
        memset(ahead->todo, 0, ahead->words * sizeof *ahead->todo);
        for (int d = weekday; d < count; d += AM_WEEKDAYS) {
            if (steady && !has_absence(who, ahead->caseload->from + d))
                set_bit(ahead->todo, d / AM_WEEKDAYS);
            else
                ahead->longest[d] = longest_of(ahead, person, d);
        }
        look_at_weekday(ahead, person, weekday);
    }
    if (ahead->waivers[person].count > 0)
        look_at_waived(ahead, person, count);
}

/* ---- how many sessions ---- */

static int32_t sessions_of(const struct am_days_ahead *ahead, int person, int k, int first,
                           int last)
{
    static const struct am_absences none = {NULL, 0};
    const struct am_person *who = &ahead->caseload->people[person];
    const struct am_kind *kind = &ahead->kinds[k];
    const uint64_t *held = ahead->held + (size_t)k * ahead->words;
    am_date from = ahead->caseload->from;
    bool steady = am_windows_steady(who->available);
    int32_t count = 0;
    if ((steady && !is_free(ahead, who, kind, from + kind->weekday, none)) ||
        am_is_restricted(ahead->caseload, person, kind->example))
        return 0;
    for (int d = kind->weekday; d <= last; d += AM_WEEKDAYS) {
        if (d < first || !bit_of(held, d / AM_WEEKDAYS))
            continue;
        count += (steady && !has_absence(who, from + d)) ||
                 is_free(ahead, who, kind, from + d, who->unavailable);
    }
    return count;
}

int32_t am_days_ahead_sessions(const struct am_days_ahead *ahead, int person, int first, int last)
{
    int32_t count = 0;
    if (last >= ahead->day_count)
        last = ahead->day_count - 1;
    for (int weekday = 0; weekday < AM_WEEKDAYS; weekday++)
        for (int i = 0; i < ahead->near_count[weekday]; i++)
            count += sessions_of(ahead, person, ahead->near[weekday][i], first, last);
    return count;
}
