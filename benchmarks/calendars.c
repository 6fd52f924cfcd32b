/*
 * calendars [EVENTS] - how long the calendar of one supervisor with so many
 * events (50,000) takes, by CRN with six people an event, and how much memory:
 * one line on standard output.
 *
 * It is written as `amends calendars` writes it, onto the disk and flushed,
 * into a folder of its own that is removed again.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "io/outputs.h"

enum { PEOPLE = 6, A_DAY = 25, MOST = 1000000, MILLION = 1000000 };

static struct am_place places[] = {
    {.id = "depot",
     .name = "Canal depot, Tŷ'r Ysgol; gate 2",
     .address = "Wharf Road, Bury BL9 0AA",
     .has_point = true,
     .lat_micro = 53593000,
     .lon_micro = -2296000},
};
static struct am_project projects[] = {
    {.code = "P01", .name = "Canal towpath", .beneficiary = "", .type = AM_GROUP},
};
static struct am_supervisor supervisors[] = {{.code = "S1", .name = "", .any_project = true}};
static struct am_person people[PEOPLE];
static struct am_person_state states[PEOPLE];
static char crns[PEOPLE][8];
static int64_t first_pair[PEOPLE + 1];
static int32_t forbidden[PEOPLE * AM_RULE_COUNT];

static void make_people(struct am_caseload *caseload)
{
    for (int p = 0; p < PEOPLE; p++) {
        (void)snprintf(crns[p], sizeof crns[p], "X10000%d", p);
        people[p] = (struct am_person){.crn = crns[p], .name = "", .attendance_percent = 65};
        states[p].order = -1;
    }
    caseload->people = people;
    caseload->person_count = PEOPLE;
}

static am_status make_sessions(struct am_caseload *caseload, int events, struct am_err *err)
{
    struct am_session *sessions = AM_ARENA_NEW(&caseload->arena, (size_t)events, struct am_session);
    if (!sessions)
        return am_fail_memory(err);
    for (int s = 0; s < events; s++)
        sessions[s] = (struct am_session){.id = "TOW",
                                          .original_date = caseload->from + s / A_DAY,
                                          .date = caseload->from + s / A_DAY,
                                          .start = (int16_t)(540 + s % A_DAY),
                                          .minutes = 420,
                                          .places = 8,
                                          .supervised = true,
                                          .pinned_supervisor = -1};
    caseload->sessions = sessions;
    caseload->session_count = caseload->window_session_count = events;
    return AM_OK;
}

static am_status make_roster(struct am_roster *roster, const struct am_caseload *caseload,
                             struct am_err *err)
{
    am_status status = am_roster_init(roster, caseload, err);
    for (int s = 0; s < caseload->session_count && !status; s++) {
        roster->sessions[s] = (struct am_roster_session){.runs = true, .supervisor = 0};
        for (int p = 0; p < PEOPLE && !status; p++)
            status =
                am_roster_add(roster,
                              (struct am_roster_appointment){.person = p,
                                                             .session = s,
                                                             .start = caseload->sessions[s].start,
                                                             .minutes = 420},
                              err);
    }
    return status;
}

static double seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Peak of this process so far. */
static double peak_mb(void)
{
    struct rusage used;
    (void)getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_maxrss / 1024;
}

static am_status measure(const struct am_caseload *caseload, const struct am_roster *roster,
                         const char *folder, struct am_err *err)
{
    const struct am_orders orders = {.people = states};
    const struct am_eligibility eligibility = {first_pair, NULL, 0, forbidden, forbidden};
    const struct am_clocks clocks = {0};
    struct am_settings settings;
    const struct am_output_options options = {.detail = AM_DETAIL_CRN,
                                              .files = AM_OUTPUT_CALENDARS,
                                              .views = 1U << AM_CALENDAR_SUPERVISOR};
    am_settings_defaults(&settings);
    const struct am_roster_context context = {
        .caseload = caseload,
        .orders = &orders,
        .eligibility = &eligibility,
        .clocks = &clocks,
        .settings = &settings,
        .version = "benchmark",
    };
    double before_mb = peak_mb(), began = seconds_now();
    am_status status = am_write_outputs(&context, roster, folder, &options, err);
    double took = seconds_now() - began;
    char path[64];
    struct stat written;
    (void)snprintf(path, sizeof path, "%s/calendars/supervisor-S1.ics", folder);
    if (!status && stat(path, &written) != 0)
        status = am_fail(err, AM_EIO, "%s: %s", path, strerror(errno));
    if (!status)
        printf("calendars: %d events in %.2f s; %.1f MB written; %.0f MB at the peak, %.0f MB of "
               "them the roster\n",
               caseload->session_count, took, (double)written.st_size / MILLION, peak_mb(),
               before_mb);
    return status;
}

static void remove_all(const char *folder)
{
    static const char *const inside[] = {"calendars/supervisor-S1.ics", "calendars",
                                         "private/index.csv", "private", "."};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        char path[64];
        (void)snprintf(path, sizeof path, "%s/%s", folder, inside[i]);
        (void)remove(strcmp(inside[i], ".") == 0 ? folder : path);
    }
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/amends-calendars-XXXXXX";
    struct am_caseload caseload;
    struct am_roster roster = {0};
    struct am_err err = {0};
    long events = argc > 1 ? strtol(argv[1], NULL, 10) : 50000;
    if (events < 1 || events > MOST || !mkdtemp(folder)) {
        (void)fprintf(stderr, "usage: calendars [EVENTS], at most %d; /tmp must be writable\n",
                      MOST);
        return 2;
    }
    am_caseload_init(&caseload);
    am_policy_defaults(&caseload.policy);
    caseload.from = am_date_of(2026, 3, 2);
    caseload.as_of = caseload.from - 4;
    caseload.weeks = 1;
    caseload.places = places;
    caseload.projects = projects;
    caseload.supervisors = supervisors;
    caseload.place_count = caseload.project_count = caseload.supervisor_count = 1;
    make_people(&caseload);
    am_status status = make_sessions(&caseload, (int)events, &err);
    if (!status)
        status = make_roster(&roster, &caseload, &err);
    if (!status)
        status = measure(&caseload, &roster, folder, &err);
    if (status)
        (void)fprintf(stderr, "calendars: %s\n", err.msg);
    am_roster_release(&roster);
    am_caseload_release(&caseload);
    remove_all(folder);
    return status ? 1 : 0;
}
