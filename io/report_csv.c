#include "io/report_csv.h"

#include "io/emit_csv.h"

static void put_header(struct am_text *text, enum am_detail detail)
{
    am_text_add(text, AM_CSV_MARK "crn,");
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
    am_cell_text(text, am_mode_word((enum am_mode)a->mode));
    am_cell_int(text, a->there);
    am_cell_int(text, a->back);
    am_cell_text(text, am_travel_quality_word((enum am_travel_quality)a->quality));
}

static void put_row(struct am_text *text, const struct am_roster *roster,
                    const struct am_roster_appointment *a, enum am_detail detail)
{
    const struct am_caseload *caseload = roster->caseload;
    const struct am_person *person = &caseload->people[a->person];
    const struct am_session *session = &caseload->sessions[a->session];
    int leader = roster->sessions[a->session].supervisor;
    am_cell_text(text, person->crn);
    if (detail == AM_DETAIL_NAMES)
        am_cell_text(text, person->limited_access ? "" : person->name);
    am_cell_text(text, caseload->orders[a->order].event);
    am_cell_text(text, caseload->projects[session->project].code);
    am_cell_text(text, caseload->projects[session->project].name);
    am_cell_text(text, session->id);
    am_cell_date(text, session->date);
    am_cell_text(text, am_weekday_name(am_weekday_of(session->date)));
    am_cell_minute(text, a->start);
    am_cell_minute(text, a->start + a->minutes);
    am_cell_int(text, a->minutes);
    am_cell_text(text, leader < 0 ? "" : caseload->supervisors[leader].code);
    put_journey(text, a);
    am_cell_text(text, a->fixed ? "yes" : "no");
    am_cell_text(text, a->recorded ? "yes" : "no");
    am_row_end(text);
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
