#include "io/report_csv.h"

#include <inttypes.h>
#include <string.h>

/* Spreadsheets take cells that begin so for formulas: with the signs of ASCII,
 * in East Asian locales with the wide ones too. */
static bool looks_like_formula(const char *value)
{
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
                                       "\xef\xbc\xa0"};
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (strncmp(value, wide[i], strlen(wide[i])) == 0)
            return true;
    return *value && strchr("=+-@\t\r\n", *value);
}

void am_text_csv_cell(struct am_text *text, const char *value)
{
    bool armed = looks_like_formula(value);
    if (!armed && !strpbrk(value, "\",;\r\n\t'")) {
        am_text_add(text, value);
        return;
    }
    am_text_add(text, armed ? "\"'" : "\"");
    for (; *value; value++) {
        if (*value == '"')
            am_text_char(text, '"');
        am_text_char(text, *value);
    }
    am_text_char(text, '"');
}

static void put_cell(struct am_text *text, const char *value)
{
    am_text_csv_cell(text, value);
    am_text_char(text, ',');
}

static void put_number(struct am_text *text, int64_t value)
{
    am_text_format(text, "%" PRId64 ",", value);
}

static void put_minute(struct am_text *text, int minute)
{
    char clock[AM_MINUTE_TEXT];
    put_cell(text, am_minute_format(minute, clock));
}

static void put_header(struct am_text *text, enum am_detail detail)
{
    am_text_add(text, "\xef\xbb\xbf"
                      "crn,");
    if (detail == AM_DETAIL_NAMES)
        am_text_add(text, "name,");
    am_text_add(text, "event,project,project_name,session,date,weekday,start,end,minutes,"
                      "supervisor,travel_mode,minutes_there,minutes_back,travel_quality,fixed,"
                      "recorded\r\n");
}

static void put_journey(struct am_text *text, const struct am_roster_appointment *a)
{
    if (a->there < 0 || a->back < 0) {
        am_text_add(text, ",,,,");
        return;
    }
    put_cell(text, am_mode_word((enum am_mode)a->mode));
    put_number(text, a->there);
    put_number(text, a->back);
    put_cell(text, am_travel_quality_word((enum am_travel_quality)a->quality));
}

static void put_row(struct am_text *text, const struct am_roster *roster,
                    const struct am_roster_appointment *a, enum am_detail detail)
{
    const struct am_caseload *caseload = roster->caseload;
    const struct am_person *person = &caseload->people[a->person];
    const struct am_session *session = &caseload->sessions[a->session];
    int leader = roster->sessions[a->session].supervisor;
    char date[AM_DATE_TEXT];
    put_cell(text, person->crn);
    if (detail == AM_DETAIL_NAMES)
        put_cell(text, person->limited_access ? "" : person->name);
    put_cell(text, caseload->orders[a->order].event);
    put_cell(text, caseload->projects[session->project].code);
    put_cell(text, caseload->projects[session->project].name);
    put_cell(text, session->id);
    put_cell(text, am_date_format(session->date, date));
    put_cell(text, am_weekday_name(am_weekday_of(session->date)));
    put_minute(text, a->start);
    put_minute(text, a->start + a->minutes);
    put_number(text, a->minutes);
    put_cell(text, leader < 0 ? "" : caseload->supervisors[leader].code);
    put_journey(text, a);
    put_cell(text, a->fixed ? "yes" : "no");
    am_text_add(text, a->recorded ? "yes\r\n" : "no\r\n");
}

am_status am_report_csv(const struct am_roster *roster, enum am_detail detail, char **text,
                        struct am_err *err)
{
    struct am_text bytes = {0};
    put_header(&bytes, detail);
    for (int i = 0; i < roster->appointment_count; i++)
        put_row(&bytes, roster, &roster->appointments[i], detail);
    am_status status = am_text_status(&bytes, err);
    if (status)
        am_text_release(&bytes);
    *text = bytes.bytes;
    return status;
}
