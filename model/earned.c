#include "model/earned.h"

/* Where earning begins, and where it ends, of the minutes ordered. */
static int64_t threshold_of(const struct am_policy *policy, const struct am_order *order)
{
    return ((int64_t)order->ordered_min * policy->earned_threshold_percent + 99) / 100;
}

static int64_t cap_of(const struct am_policy *policy, const struct am_order *order)
{
    return (int64_t)order->ordered_min * policy->earned_cap_percent / 100;
}

static int32_t clamp(int64_t minutes)
{
    return minutes < 0 ? 0 : minutes > INT32_MAX ? INT32_MAX : (int32_t)minutes;
}

/* With t the threshold, p the percent and c the cap, u minutes worked take
 * min(c, floor((u - t) p / 100)) off. The least u >= t with
 * u + floor((u - t) p / 100) >= required is t + ceil(100 (required - t) / (100 + p)),
 * and with the cap u is at least required - c. */
int32_t am_minutes_needed(const struct am_policy *policy, const struct am_order *order, bool absent)
{
    int64_t required = (int64_t)order->ordered_min + order->adjustment_min;
    int64_t threshold = threshold_of(policy, order);
    int64_t per_hundred = 100 + (int64_t)policy->earned_percent;
    if (!policy->earned_reduction || absent || required <= threshold)
        return clamp(required);
    int64_t earning = threshold + ((required - threshold) * 100 + per_hundred - 1) / per_hundred;
    int64_t capped = required - cap_of(policy, order);
    return clamp(earning > capped ? earning : capped);
}

int32_t am_minutes_earned(const struct am_policy *policy, const struct am_order *order, bool absent,
                          int32_t worked_min)
{
    int64_t beyond = worked_min - threshold_of(policy, order);
    if (!policy->earned_reduction || absent || beyond <= 0)
        return 0;
    int64_t earned = beyond * policy->earned_percent / 100, cap = cap_of(policy, order);
    return clamp(earned < cap ? earned : cap);
}
