/* The files of a forecast, as one set. */
#include <stdlib.h>
#include <string.h>

#include "io/forecast_parts.h"
#include "io/staged_set.h"

typedef am_status writer(const struct am_forecast *forecast, char **text, struct am_err *err);

static const struct {
    const char *name;
    writer *write;
} files[] = {
    {"forecast.json", am_forecast_json},    {"forecast.html", am_forecast_html},
    {"ledger.csv", am_forecast_ledger_csv}, {"court.csv", am_forecast_court_csv},
    {"court.html", am_forecast_court_html}, {"ete.csv", am_forecast_ete_csv},
    {"fan.csv", am_forecast_fan_csv},       {"jams.csv", am_forecast_jams_csv},
};

static am_status stage(const struct am_forecast *forecast, struct am_staged_set *set,
                       struct am_err *err)
{
    am_status status = AM_OK;
    for (size_t i = 0; i < sizeof files / sizeof *files && !status; i++) {
        char *text = NULL;
        status = files[i].write(forecast, &text, err);
        if (!status)
            status = am_staged_add(set, files[i].name, text, strlen(text), err);
        free(text);
    }
    if (!status && forecast->plan_json)
        status =
            am_staged_add(set, "plan.json", forecast->plan_json, strlen(forecast->plan_json), err);
    return status ? status : am_staged_publish(set, NULL, 0, err);
}

am_status am_forecast_write(const struct am_forecast *forecast, const char *folder,
                            struct am_err *err)
{
    struct am_staged_set set;
    am_status status = am_staged_open(&set, folder, err);
    if (status)
        return status;
    status = stage(forecast, &set, err);
    am_staged_close(&set);
    return status;
}
