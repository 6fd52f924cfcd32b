#include "io/forecast_parts.h"

am_status am_forecast_done(struct am_text *bytes, char **text, struct am_err *err)
{
    am_status status = am_text_status(bytes, err);
    if (status)
        am_text_release(bytes);
    *text = bytes->bytes;
    return status;
}

const struct am_order *am_forecast_order(const struct am_forecast *forecast,
                                         const struct am_ledger_entry *entry)
{
    return &forecast->caseload->orders[entry->order];
}

const char *am_forecast_name(const struct am_forecast *forecast, int person)
{
    const struct am_person *who = &forecast->caseload->people[person];
    return forecast->detail == AM_DETAIL_NAMES && !who->limited_access ? who->name : "";
}

const struct am_order_future *am_forecast_future(const struct am_forecast *forecast, int order)
{
    return forecast->futures && forecast->orders->orders[order].open
               ? &forecast->futures->orders[order]
               : NULL;
}

am_date am_forecast_end(const struct am_forecast *forecast)
{
    return forecast->futures->from + 7 * forecast->futures->week_count - 1;
}

int64_t am_forecast_planned(const struct am_forecast *forecast, int order)
{
    const struct am_horizon *horizon = forecast->plan->horizon;
    am_date deadline = forecast->orders->orders[order].deadline;
    int planned = horizon->planned_of[forecast->caseload->orders[order].person];
    int weeks = horizon->weeks;
    int64_t minutes = 0;
    if (planned < 0)
        return 0;
    if (deadline != AM_NO_DATE && am_week_of(deadline, forecast->caseload->from) + 1 < weeks)
        weeks = am_week_of(deadline, forecast->caseload->from) + 1;
    for (int w = 0; w < weeks; w++)
        minutes +=
            am_plan_week_min(forecast->plan, planned, w) + horizon->planned[planned].fixed_min[w];
    return minutes;
}

bool am_forecast_placeable(const struct am_forecast *forecast, int person)
{
    const struct am_horizon *horizon = forecast->plan->horizon;
    int planned = horizon->planned_of[person];
    return planned >= 0 && horizon->planned[planned].option_count > 0;
}

const char *am_forecast_area(const struct am_forecast *forecast, int place)
{
    if (place < 0)
        return "unknown";
    const struct am_place *of = &forecast->caseload->places[place];
    return of->name[0] ? of->name : of->id;
}

void am_forecast_features(struct am_text *text, unsigned features, const char *between)
{
    static const struct {
        unsigned bit;
        const char *word;
    } words[] = {{AM_JAM_WOMEN_ONLY, "women's"},
                 {AM_JAM_WEEKEND, "weekend"},
                 {AM_JAM_ETE, "education"},
                 {AM_JAM_LIGHT_DUTY, "light duty"}};
    bool any = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!(features & words[i].bit))
            continue;
        am_text_format(text, "%s%s", any ? between : "", words[i].word);
        any = true;
    }
}
