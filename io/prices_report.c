/* The table for people. */
#include "io/prices_report.h"

#include <inttypes.h>

#include "io/prices_words.h"
#include "io/report_words.h"

static const char *const kind_words[AM_PRICE_KIND_COUNT] = {"place", "session", "supervisor_day",
                                                            "travel"};

const char *am_price_kind_word(enum am_price_kind kind)
{
    return kind_words[kind];
}

void am_text_price_thing(struct am_text *text, const struct am_prices *prices,
                         const struct am_price_row *row)
{
    static const char *const things[AM_PRICE_KIND_COUNT] = {"one more place", "one more session",
                                                            "one more supervisor day", ""};
    if (row->kind == AM_PRICE_TRAVEL)
        am_text_format(text, "%d more minutes of travel", (int)prices->minutes);
    else
        am_text_add(text, things[row->kind]);
}

am_date am_price_monday(const struct am_prices *prices, const struct am_price_row *row)
{
    return prices->caseload->from + 7 * row->week;
}

/* ---- the head ---- */

static void put_points(struct am_text *text, int64_t points)
{
    am_text_thousands(text, points);
    am_text_add(text, points == 1 ? " point" : " points");
}

static void put_base(struct am_text *text, const struct am_prices *prices)
{
    const struct am_proof *base = &prices->base;
    am_text_add(text, "  roster          ");
    put_points(text, prices->given);
    if (base->objective != prices->given) {
        am_text_add(text, "; searched on from it: ");
        put_points(text, base->objective);
    }
    if (base->objective > base->bound) {
        am_text_add(text, ", at most ");
        am_text_thousands(text, base->objective - base->bound);
        am_text_add(text, " from the best there is\n");
    } else {
        am_text_add(text, ", proven the best there is\n");
    }
    am_text_format(text, "  checked         %d of %d by making the roster again\n", prices->checked,
                   prices->row_count);
}

/* ---- the rows ---- */

enum { COLUMN = 11, NARROW = 9 };

/* A cell flush right. */
static void put_right(struct am_text *text, struct am_text *cell, int width)
{
    int used = (int)cell->size;
    am_text_format(text, "%*s%s", width > used ? width - used : 1, "", am_text_string(cell));
    text->failed = text->failed || cell->failed;
    am_text_clear(cell);
}

static void put_number(struct am_text *text, struct am_text *cell, int64_t number, int width)
{
    am_text_thousands(cell, number);
    put_right(text, cell, width);
}

static void put_more(struct am_text *text, struct am_text *cell, bool known, int64_t number)
{
    if (!known)
        am_text_char(cell, '-');
    else if (number > 0)
        am_text_char(cell, '+');
    if (known)
        am_text_thousands(cell, number);
    put_right(text, cell, NARROW);
}

static void put_gain(struct am_text *text, struct am_text *cell, const struct am_price_row *row)
{
    if (row->checked)
        am_text_thousands(cell, row->gain);
    else
        am_text_char(cell, '-');
    put_right(text, cell, COLUMN);
    am_text_format(text, " %c", row->checked && row->proven ? '=' : ' ');
}

static void put_site(struct am_text *text, const struct am_prices *prices,
                     const struct am_price_row *row)
{
    const struct am_caseload *caseload = prices->caseload;
    if (row->project < 0) {
        am_text_add(text, "for any project");
        return;
    }
    const struct am_project *project = &caseload->projects[row->project];
    am_text_plain(text, project->code);
    if (!project->name[0])
        return;
    am_text_add(text, " (");
    am_text_plain(text, project->name);
    am_text_char(text, ')');
}

static void put_when(struct am_text *text, const struct am_prices *prices,
                     const struct am_price_row *row)
{
    if (row->date == AM_NO_DATE) {
        am_text_add(text, "week of ");
        am_text_date(text, am_price_monday(prices, row));
    } else {
        am_text_day(text, row->date);
    }
    if (row->kind == AM_PRICE_PLACE) {
        am_text_add(text, ", session ");
        am_text_plain(text, prices->caseload->sessions[row->session].id);
    }
    if (row->kind == AM_PRICE_TRAVEL)
        am_text_format(text, ", %d %s", row->people, row->people == 1 ? "person" : "people");
}

static void put_row(struct am_text *text, struct am_text *cell, const struct am_prices *prices,
                    const struct am_price_row *row)
{
    put_number(text, cell, row->estimate, COLUMN);
    put_number(text, cell, row->at_most, COLUMN);
    put_gain(text, cell, row);
    put_more(text, cell, row->checked, row->more.starting_on_time);
    put_more(text, cell, row->checked, row->more.minutes);
    put_more(text, cell, row->checked, row->more.orders_finished);
    put_more(text, cell, row->checked, row->more.orders_on_track);
    am_text_add(text, "  ");
    put_site(text, prices, row);
    am_text_add(text, ", ");
    put_when(text, prices, row);
    am_text_char(text, '\n');
}

/* The first rows of a kind. */
static void put_kind(struct am_text *text, struct am_text *cell, const struct am_prices *prices,
                     enum am_price_kind kind, int shown)
{
    int count = 0;
    for (int i = 0; i < prices->row_count; i++) {
        if (prices->rows[i].kind != kind)
            continue;
        if (count == 0) {
            am_text_char(text, '\n');
            am_text_price_thing(text, prices, &prices->rows[i]);
            am_text_char(text, '\n');
        }
        if (count++ < shown)
            put_row(text, cell, prices, &prices->rows[i]);
    }
    if (count > shown)
        am_text_format(text, "%*d more\n", COLUMN, count - shown);
}

/* What the figures are, and what they weigh. */
static void put_legend(struct am_text *text, const struct am_prices *prices)
{
    const struct am_weights *weights = &prices->caseload->policy.weights;
    am_text_add(text,
                "\nestimate: by prices. at most: nothing gains more, which is proven; it can be "
                "less than the estimate.\n"
                "gained: what the roster made again gains (= where that is exact); beside it "
                "how many more people\nstart on time, minutes are booked, orders have all "
                "their minutes booked, orders finish in time.\n");
    if (prices->checked < prices->row_count)
        am_text_add(
            text,
            "-: no roster was made with it; --check N makes it for the first N of each kind.\n");
    am_text_add(text, "Points, for scale: an hour short of the weekly offer counts ");
    am_text_thousands(text, 60 * (int64_t)weights->offer_minute);
    am_text_add(text, ", a first appointment a day late ");
    am_text_thousands(text, weights->start_late_day);
    am_text_add(text, ".\n");
}

static void put_table(struct am_text *text, const struct am_prices *prices, int shown)
{
    struct am_text cell = {0};
    am_text_format(text, "\n%*s%*s%*s  %*s%*s%*s%*s\n", COLUMN, "estimate", COLUMN, "at most",
                   COLUMN, "gained", NARROW, "starts", NARROW, "minutes", NARROW, "finished",
                   NARROW, "on track");
    am_text_format(text, "%*s%*s%*s  %*s%*s%*s%*s\n", COLUMN, "points", COLUMN, "points", COLUMN,
                   "points", NARROW, "people", NARROW, "", NARROW, "orders", NARROW, "orders");
    for (int k = 0; k < AM_PRICE_KIND_COUNT; k++)
        put_kind(text, &cell, prices, (enum am_price_kind)k, shown);
    am_text_release(&cell);
    put_legend(text, prices);
}

am_status am_prices_text(const struct am_prices *prices, int shown, struct am_text *text,
                         struct am_err *err)
{
    am_text_add(text, "What a little more is worth, ");
    am_text_window(text, prices->caseload);
    am_text_char(text, '\n');
    put_base(text, prices);
    if (prices->row_count == 0)
        am_text_add(text, "\nNothing that was looked at would be worth anything.\n");
    else
        put_table(text, prices, shown);
    return am_text_status(text, err);
}
