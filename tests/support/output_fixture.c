#include "tests/support/output_fixture.h"

#include <stdlib.h>
#include <string.h>

const char *const output_fixture_names[] = {"Wilhelmina Quillfeather",
                                            "Bartholomew Inkpen",
                                            "Seraphina Locke",
                                            "Ottoline Marsh",
                                            "Thaddeus Brook",
                                            "Cornelia Vane",
                                            "Ignatius Pell",
                                            "Sybil Overton",
                                            "Simon Underhill",
                                            "Rosalind Weir",
                                            NULL};

static void must(bool condition)
{
    if (!condition)
        abort();
}

static void add_places(struct output_fixture *f)
{
    f->places[0] = (struct am_place){.id = "depot",
                                     .name = "Canal depot",
                                     .address = "Wharf Road, Bury BL9 0AA",
                                     .has_point = true,
                                     .lat_micro = 53593000,
                                     .lon_micro = -2296000};
    f->places[1] = (struct am_place){
        .id = "hall",
        .name = "\xc5\xb4yl, T\xc5\xb7'r Ysgol; Llanfairpwllgwyngyllgogerychwyrndrobwllllantysilio"
                "gogogoch \xf0\x9f\x8c\xb3",
        .address = "<script>alert(\"1\")</script> & \\ Lane\r\nATTENDEE:mailto:evil@example.org"
                   "\nEND:VEVENT\xe2\x80\xa8\x07 bad \xff byte"};
    f->places[2] = (struct am_place){.id = "", .name = "", .address = ""};
}

static void add_supervisors(struct output_fixture *f)
{
    static const char *const codes[] = {"S1", "s1", "S 2/../x"};
    static const struct am_window always = {.days = 0x7f,
                                            .every_weeks = 1,
                                            .to = AM_DAY_MINUTES,
                                            .valid_from = AM_NO_DATE,
                                            .valid_to = AM_NO_DATE};
    for (int m = 0; m < FIXTURE_SUPERVISORS; m++)
        f->supervisors[m] = (struct am_supervisor){.code = codes[m],
                                                   .name = output_fixture_names[7 + m],
                                                   .available = {&always, 1},
                                                   .group_limit = 10,
                                                   .weekly_max_min = 2220,
                                                   .any_project = true};
}

static void add_projects(struct output_fixture *f)
{
    f->projects[0] = (struct am_project){
        .code = "P01", .name = "Canal towpath", .beneficiary = "", .type = AM_GROUP, .place = 0};
    f->projects[1] = (struct am_project){.code = "../P02",
                                         .name = "=HYPERLINK(\"x\"), \"T\xc5\xb7\" & <i>sons</i>",
                                         .beneficiary = "",
                                         .type = AM_GROUP,
                                         .place = 1,
                                         .women_only = true};
    f->projects[2] = (struct am_project){
        .code = "ETE1", .name = "", .beneficiary = "", .type = AM_ETE, .place = -1};
    f->projects[3] = (struct am_project){
        .code = "P09", .name = "Churchyard", .beneficiary = "", .type = AM_GROUP, .place = 0};
}

static struct am_session session(const char *id, int project, am_date date, int start, int minutes)
{
    return (struct am_session){.id = id,
                               .project = project,
                               .original_date = date,
                               .date = date,
                               .start = (int16_t)start,
                               .minutes = (int16_t)minutes,
                               .place = project == 2   ? -1
                                        : project == 1 ? 1
                                                       : 0,
                               .places = 4,
                               .min_group = 2,
                               .supervised = project != 2,
                               .pinned_supervisor = -1};
}

static void add_sessions(struct output_fixture *f)
{
    am_date monday = f->caseload.from;
    f->sessions[0] = session("TOW", 0, monday, 570, 420);
    f->sessions[1] = session("HALL", 1, monday, 600, 360);
    f->sessions[2] = session("ETE", 2, monday + 1, 600, 120);
    f->sessions[3] = session("TOW", 0, monday + 2, 570, 420);
    f->sessions[4] = session("HALL", 1, monday + 3, 600, 360);
    f->sessions[5] = session("TOW", 0, monday + 4, 570, 420);
    f->sessions[6] = session("TOW", 0, monday + 5, 570, 420);
    f->sessions[7] = session("HALL", 1, monday + 6, 570, 420);
    f->sessions[4].closed = AM_CANCELLED;
    f->sessions[6].original_date = monday + 3; /* moved to the Saturday */
    for (int s = 0; s < FIXTURE_SESSIONS; s++)
        f->sessions[s].definition = f->sessions[s].project;
}

static void add_people(struct output_fixture *f)
{
    static const char *const crns[] = {"X100001", "X100002", "X900003", "X100004",
                                       "X100005", "X100006", "X100007"};
    for (int p = 0; p < FIXTURE_PEOPLE; p++) {
        f->people[p] = (struct am_person){.crn = crns[p],
                                          .name = output_fixture_names[p],
                                          .limited_access = p == 2,
                                          .first_order = p,
                                          .order_count = 1,
                                          .home = 2,
                                          .weekly_max_min = -1,
                                          .supervisor_gender = -1,
                                          .inducted_on = AM_NO_DATE,
                                          .attendance_percent = p == 1 ? 80 : 65};
        f->order_data[p] = (struct am_order){.person = p,
                                             .event = p == 3 ? "-2" : "1",
                                             .sentence_date = f->caseload.from - 40,
                                             .ordered_min = 6000,
                                             .own_deadline = AM_NO_DATE,
                                             .runs_order = -1};
        f->order_states[p] = (struct am_order_state){.deadline = f->caseload.from + 300,
                                                     .remaining_min = 6000,
                                                     .ete_left_min = 1200,
                                                     .start_due = f->caseload.from - 3,
                                                     .started = p < 4,
                                                     .open = true};
        f->person_states[p] = (struct am_person_state){.order = p, .free_min = 6000};
        f->order_clocks[p] = (struct am_order_clock){.ahead_min = 6000,
                                                     .window_min = 960,
                                                     .later_min = p == 3 ? 5000 : 20000,
                                                     .outlook = AM_ON_TRACK};
    }
    f->order_states[0].deadline = AM_NO_DATE;
    f->order_clocks[5].outlook = AM_CANNOT_FINISH;
    f->order_clocks[6].outlook = AM_OVERDUE;
    f->order_states[6].deadline = f->caseload.from - 1;
}

/* Who may attend what. The last three people have no appointment: one finds
 * every place taken, the others are forbidden everything. */
static void add_eligibility(struct output_fixture *f)
{
    static const int sessions[FIXTURE_PAIRS] = {0, 2, 7, 0, 2, 0, 7, 0, 5, 6, 0, 2};
    static const int64_t first[FIXTURE_PEOPLE + 1] = {0, 3, 5, 7, 10, 10, 12, 12};
    for (int i = 0; i < FIXTURE_PAIRS; i++)
        f->pairs[i] = (struct am_pair){.session = sessions[i], .there = 25, .back = 30};
    memcpy(f->first, first, sizeof first);
    f->forbidden_any[4 * AM_RULE_COUNT + AM_R2] = f->forbidden_first[4 * AM_RULE_COUNT + AM_R2] = 6;
    f->forbidden_any[4 * AM_RULE_COUNT + AM_R14] = 1;
    f->forbidden_first[6 * AM_RULE_COUNT + AM_R3] = 2;
    f->forbidden_any[6 * AM_RULE_COUNT + AM_R3] = 2;
    f->forbidden_any[6 * AM_RULE_COUNT + AM_R13] = 7;
    f->eligibility = (struct am_eligibility){f->first, f->pairs, FIXTURE_PAIRS, f->forbidden_first,
                                             f->forbidden_any};
}

static void book(struct output_fixture *f, int person, int session, int minutes)
{
    struct am_roster_appointment appointment = {.person = person,
                                                .order = person,
                                                .session = session,
                                                .start = f->sessions[session].start,
                                                .minutes = (int16_t)minutes,
                                                .there = 25,
                                                .back = 30,
                                                .mode = AM_PUBLIC_TRANSPORT,
                                                .quality = AM_TIMETABLE};
    must(am_roster_add(&f->roster, appointment, NULL) == AM_OK);
}

static void run(struct output_fixture *f, int session, int supervisor)
{
    f->roster.sessions[session] = (struct am_roster_session){true, supervisor};
}

static void make_roster(struct output_fixture *f)
{
    must(am_roster_init(&f->roster, &f->caseload, NULL) == AM_OK);
    run(f, 0, 0);
    run(f, 2, -1);
    run(f, 6, 2);
    run(f, 7, 1);
    book(f, 0, 7, 420);
    book(f, 2, 7, 420);
    book(f, 3, 6, 420);
    book(f, 0, 0, 420);
    book(f, 1, 0, 180); /* completes the order: cut from its end */
    book(f, 2, 0, 420);
    book(f, 1, 2, 120);
    am_roster_sort(&f->roster);
    f->roster.appointments[0].fixed = true;
    f->roster.appointments[0].there = f->roster.appointments[0].back = -1;
    f->roster.outcome = AM_OUTCOME_FEASIBLE;
    f->roster.score.total = 12345;
    f->roster.score.wish_units[AM_S3] = 420;
    f->roster.score.wish_points[AM_S3] = 8400;
    f->roster.score.wish_points[AM_S10] = -2400;
    f->roster.proof = (struct am_proof){12345, 12000, 112000};
}

/* Monday's session was published under somebody else, Friday's was to run, and
 * one person is no longer in Monday's. */
static void publish(struct output_fixture *f)
{
    f->published_sessions[0] = (struct am_published_session){0, 1};
    f->published_sessions[1] = (struct am_published_session){5, -1};
    f->published_appointments[0] = (struct am_published_appointment){0, 0};
    f->published_appointments[1] = (struct am_published_appointment){3, 0};
    f->published_appointments[2] = (struct am_published_appointment){2, 7};
    f->caseload.has_published = true;
    f->caseload.published_sessions = f->published_sessions;
    f->caseload.published_session_count = 2;
    f->caseload.published_appointments = f->published_appointments;
    f->caseload.published_appointment_count = 3;
}

static void waive(struct output_fixture *f)
{
    f->waivers[0] = (struct am_waiver){
        .rule = AM_R3, .person = 0, .project = 0, .until = AM_NO_DATE, .by = "PDU head"};
    f->waivers[1] = (struct am_waiver){.rule = AM_R12,
                                       .person = 1,
                                       .project = -1,
                                       .session_id = "TOW",
                                       .until = f->caseload.from - 1,
                                       .by = "over"};
    f->caseload.waivers = f->waivers;
    f->caseload.waiver_count = 2;
}

/* Defaults move as the search is tuned; outputs are compared byte by byte. */
static void fix_settings(struct am_settings *settings)
{
    for (int i = 0; i < am_setting_count; i++) {
        const int32_t value = 1;
        memcpy((char *)settings + am_setting_table[i].offset, &value, sizeof value);
    }
}

void output_fixture_init(struct output_fixture *f, am_date monday)
{
    memset(f, 0, sizeof *f);
    am_caseload_init(&f->caseload);
    am_policy_defaults(&f->caseload.policy);
    fix_settings(&f->settings);
    f->caseload.file = "fixture.json";
    memset(f->caseload.sha256, 'a', 64);
    f->caseload.as_of = monday - 4;
    f->caseload.from = monday;
    f->caseload.weeks = 1;
    f->caseload.division = "england-and-wales";
    f->caseload.places = f->places;
    f->caseload.place_count = FIXTURE_PLACES;
    f->caseload.people = f->people;
    f->caseload.person_count = FIXTURE_PEOPLE;
    f->caseload.orders = f->order_data;
    f->caseload.order_count = FIXTURE_PEOPLE;
    f->caseload.projects = f->projects;
    f->caseload.project_count = FIXTURE_PROJECTS;
    f->caseload.sessions = f->sessions;
    f->caseload.session_count = f->caseload.window_session_count = FIXTURE_SESSIONS;
    f->caseload.supervisors = f->supervisors;
    f->caseload.supervisor_count = FIXTURE_SUPERVISORS;
    f->orders = (struct am_orders){.orders = f->order_states, .people = f->person_states};
    f->clocks = (struct am_clocks){f->order_clocks, f->person_clocks};
    add_places(f);
    add_supervisors(f);
    add_projects(f);
    add_sessions(f);
    add_people(f);
    add_eligibility(f);
    make_roster(f);
    publish(f);
    waive(f);
    f->context = (struct am_roster_context){.caseload = &f->caseload,
                                            .orders = &f->orders,
                                            .eligibility = &f->eligibility,
                                            .clocks = &f->clocks,
                                            .settings = &f->settings,
                                            .version = "1.0.0"};
}

void output_fixture_release(struct output_fixture *f)
{
    am_roster_release(&f->roster);
    am_caseload_release(&f->caseload);
}
