/*
 * forecast_parts - what the files of a forecast share; for io/forecast_*.c only.
 */
#ifndef AM_IO_FORECAST_PARTS_H
#define AM_IO_FORECAST_PARTS_H

#include "io/forecast.h"

/* The bytes of a text that is complete, or its failure. */
AM_MUST_CHECK am_status am_forecast_done(struct am_text *bytes, char **text, struct am_err *err);

/* The order of an entry; the name that may be told of its person, or "". */
const struct am_order *am_forecast_order(const struct am_forecast *forecast,
                                         const struct am_ledger_entry *entry);
const char *am_forecast_name(const struct am_forecast *forecast, int person);

/* How the order is done in the futures; NULL where there were none. */
const struct am_order_future *am_forecast_future(const struct am_forecast *forecast, int order);

/* The last day of the futures, which are there. */
am_date am_forecast_end(const struct am_forecast *forecast);

/* Minutes that the plan books for the order's person, up to its deadline (the
 * whole plan where it has none). */
int64_t am_forecast_planned(const struct am_forecast *forecast, int order);

/* Is there any kind of place in the plan to which the person could be booked? */
bool am_forecast_placeable(const struct am_forecast *forecast, int person);

/* An area: the name of a place, else its id, else "unknown". */
const char *am_forecast_area(const struct am_forecast *forecast, int place);

/* "women's, weekend", in a fixed sequence; "" for none. Appended. */
void am_forecast_features(struct am_text *text, unsigned features, const char *between);

/* The fan as an SVG element. */
void am_forecast_fan(struct am_text *text, const struct am_futures *futures);

/* Why the order does not finish in time, in sentences for a court. Appended, as HTML. */
void am_forecast_why(struct am_text *text, const struct am_forecast *forecast,
                     const struct am_court_entry *entry);

/* A page up to its first sheet, and after its last. */
void am_forecast_head(struct am_text *text, const struct am_forecast *forecast, const char *title);
void am_forecast_foot(struct am_text *text, const struct am_forecast *forecast);

/* "3 Mar 2026", or what stands for no date. "X100001/1", and the name where it
 * may be told. Both append HTML. */
void am_forecast_day(struct am_text *text, am_date date, const char *none);
void am_forecast_person(struct am_text *text, const struct am_forecast *forecast, int order);

#endif
