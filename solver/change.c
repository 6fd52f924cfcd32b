#include "solver/change.h"

static int64_t *choice_of(const struct am_change *change, int p)
{
    return change->decision->chosen + (int64_t)p * change->whole->days;
}

/* Add up, or INT64_MAX where one of them is. */
static int64_t plus(int64_t a, int64_t b)
{
    return a == INT64_MAX || b == INT64_MAX ? INT64_MAX : a + b;
}

/* What the part's people and sessions cost now. */
static int64_t points_now(const struct am_change *change, const struct am_part *part)
{
    int64_t points = 0;
    for (int i = 0; i < part->instance.person_count; i++)
        points = plus(points, am_pattern_points(change->whole, part->people[i],
                                                choice_of(change, part->people[i]), NULL));
    for (int i = 0; i < part->instance.session_count; i++) {
        int32_t s = part->sessions[i];
        points = plus(points, am_session_points(change->whole, s, change->decision->runs[s],
                                                change->decision->supervisor[s],
                                                &change->occupancy->heads[s]));
    }
    return points;
}

/* The occupancy follows what the decision is about to be. */
static void follow(struct am_change *change, const struct am_part *part,
                   const struct am_decision *of_part)
{
    const int days = change->whole->days;
    for (int i = 0; i < part->instance.person_count; i++)
        for (int d = 0; d < days; d++) {
            int64_t had = choice_of(change, part->people[i])[d];
            int64_t here = of_part->chosen[(int64_t)i * days + d];
            int64_t has = here < 0 ? -1 : part->pairs[here];
            if (had != has)
                am_occupancy_move(change->occupancy, part->people[i], d, had, has);
        }
    for (int i = 0; i < part->instance.session_count; i++) {
        int32_t s = part->sessions[i];
        if (!part->kept[i])
            am_occupancy_hand_over(change->occupancy, s, change->decision->supervisor[s],
                                   of_part->supervisor[i]);
    }
}

static void put(struct am_change *change, const struct am_part *part,
                const struct am_decision *of_part)
{
    follow(change, part, of_part);
    am_part_apply(part, change->whole, of_part, change->decision);
}

/* R12. */
static bool keeps_apart(const struct am_change *change, const struct am_part *part)
{
    const struct am_instance *whole = change->whole;
    for (int i = 0; i < part->instance.person_count && change->rivals->count > 0; i++)
        for (int d = 0; d < whole->days; d++) {
            int64_t k = choice_of(change, part->people[i])[d];
            if (k < 0)
                continue;
            for (size_t r = am_rivals_first(change->rivals, k);
                 r < change->rivals->count && change->rivals->at[r].pair == k; r++) {
                int64_t other = change->rivals->at[r].other;
                if (choice_of(change, am_pair_person(whole, other))[d] == other)
                    return false;
            }
        }
    return true;
}

/* R10. */
static bool can_be_led(const struct am_change *change, const struct am_part *part)
{
    for (int i = 0; i < part->instance.session_count; i++)
        if (!part->kept[i] && change->decision->supervisor[part->sessions[i]] >= 0 &&
            !am_can_lead(change->whole, change->decision,
                         change->decision->supervisor[part->sessions[i]], part->sessions[i]))
            return false;
    return true;
}

int64_t am_change_take(struct am_change *change, const struct am_part *part,
                       const struct am_decision *of_part, struct am_decision *before)
{
    int64_t was = points_now(change, part);
    if (!am_part_restrict(part, change->whole, change->decision, before))
        return 0;
    put(change, part, of_part);
    int64_t is = points_now(change, part);
    if (is < was && keeps_apart(change, part) && can_be_led(change, part))
        return was - is;
    put(change, part, before);
    return 0;
}
