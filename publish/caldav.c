/*
 * caldav - sends a feed to a calendar on a CalDAV server.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/options.h"
#include "publish/caldav_label.h"
#include "publish/caldav_place.h"
#include "publish/caldav_push.h"
#include "publish/feed.h"

enum { TIMEOUT_S = 30, TIMEOUT_MOST_S = 3600, RETRIES = 4, RETRIES_MOST = 20 };

struct options {
    const char *from, *feed, *credentials, *authorities, *timeout, *retries;
    bool dry_run, may_empty, quiet;
};

static const struct am_option option_table[] = {
    {"from", 0, AM_OPTION_TEXT, offsetof(struct options, from), "FOLDER",
     "the folder that 'amends-publish folder' keeps"},
    {"feed", 0, AM_OPTION_TEXT, offsetof(struct options, feed), "NAME",
     "which feed: team, supervisor:S1, project:P1, ... (default team)"},
    {"credentials", 0, AM_OPTION_TEXT, offsetof(struct options, credentials), "FILE",
     "user name and password, a line each; only you may read it (chmod 600)"},
    {"dry-run", 'n', AM_OPTION_FLAG, offsetof(struct options, dry_run), NULL,
     "say what would be done, and do nothing"},
    {"authorities", 0, AM_OPTION_TEXT, offsetof(struct options, authorities), "FILE",
     "certificates to trust (PEM) in place of the system's"},
    {"timeout", 0, AM_OPTION_TEXT, offsetof(struct options, timeout), "SECONDS",
     "how long one request may take (default 30)"},
    {"retries", 0, AM_OPTION_TEXT, offsetof(struct options, retries), "N",
     "attempts after a first one that failed in passing (default 4)"},
    {"empty", 0, AM_OPTION_FLAG, offsetof(struct options, may_empty), NULL,
     "a feed without events may take all that is there away"},
    {"quiet", 'q', AM_OPTION_FLAG, offsetof(struct options, quiet), NULL,
     "say nothing unless something is wrong"},
    {0},
};

/* One run, put together piece by piece and taken apart by release. */
struct run {
    const struct options *options;
    struct am_arena arena;
    struct am_feed feed;
    struct am_caldav_secret secret;
    struct am_caldav_place place;
    struct am_caldav_curl *curl;
    struct am_caldav_session session;
    struct am_caldav_ledger ledger;
    struct am_caldav_push push;
    int32_t timeout_s, retries;
};

/* ---- signals ---- */

static volatile sig_atomic_t told_to_stop;

static void on_signal(int number)
{
    (void)number;
    told_to_stop = 1;
}

static bool is_stopped(void)
{
    return told_to_stop != 0;
}

static bool catch_signals(void)
{
    struct sigaction stop = {.sa_handler = on_signal}, ignore = {.sa_handler = SIG_IGN};
    return sigemptyset(&stop.sa_mask) == 0 && sigaction(SIGTERM, &stop, NULL) == 0 &&
           sigaction(SIGINT, &stop, NULL) == 0 && sigaction(SIGHUP, &stop, NULL) == 0 &&
           sigaction(SIGPIPE, &ignore, NULL) == 0;
}

/* A signal ends the pause, and asking then finds that it came. */
static void sleep_for(void *context, int32_t seconds)
{
    struct timespec pause = {.tv_sec = seconds};
    (void)context;
    if (!told_to_stop)
        (void)nanosleep(&pause, NULL);
}

/* ---- what is told ---- */

static void print_step(FILE *out, const struct run *run, const char *word,
                       const struct am_caldav_step *step)
{
    struct am_text text = {0};
    if (step->event >= 0)
        am_caldav_put_label(&run->feed.events[step->event], &text);
    (void)fprintf(out, "%s %s\n", word, text.size > 0 ? text.bytes : step->uid);
    am_text_release(&text);
}

static void print_plan(const struct run *run)
{
    static const char *const words[] = {"keep  ", "create", "change", "delete"};
    const struct am_caldav_plan *plan = &run->push.plan;
    for (int i = 0; i < plan->count; i++)
        if (plan->steps[i].deed != AM_CALDAV_KEEP)
            print_step(stdout, run, words[plan->steps[i].deed], &plan->steps[i]);
    printf("Would create %d, change %d, delete %d; %d are as they should be.\n",
           plan->counts[AM_CALDAV_CREATE], plan->counts[AM_CALDAV_UPDATE],
           plan->counts[AM_CALDAV_DELETE], plan->counts[AM_CALDAV_KEEP]);
}

static void print_done(const struct run *run)
{
    const int *done = run->push.done;
    printf("%d created, %d changed, %d deleted; %d were as they should be.\n",
           done[AM_CALDAV_CREATE], done[AM_CALDAV_UPDATE], done[AM_CALDAV_DELETE],
           run->push.plan.counts[AM_CALDAV_KEEP]);
}

static void print_left(const struct run *run)
{
    const struct am_caldav_plan *plan = &run->push.plan;
    const int *done = run->push.done;
    int made = done[AM_CALDAV_CREATE] + done[AM_CALDAV_UPDATE] + done[AM_CALDAV_DELETE];
    int all = plan->count - plan->counts[AM_CALDAV_KEEP];
    (void)fprintf(stderr, "%s: %d of %d changes were made; run it again for the rest\n",
                  am_program_name, made, all);
}

static void on_refused(void *context, const struct am_caldav_step *step, const struct am_err *why)
{
    (void)fprintf(stderr, "%s: %s\n", am_program_name, why->msg);
    print_step(stderr, context, "   it is", step);
}

/* ---- the run ---- */

static am_status save(void *context, struct am_err *err)
{
    const struct run *run = context;
    return am_caldav_ledger_write(&run->ledger, run->place.ledger, err);
}

static am_status read_ledger(struct run *run, struct am_err *err)
{
    bool missing, damaged;
    am_caldav_ledger_init(&run->ledger, &run->arena, run->push.target.url);
    am_status status =
        am_caldav_ledger_read(&run->ledger, run->place.ledger, &missing, &damaged, err);
    if (!status && damaged)
        (void)fprintf(stderr, "%s: %s is damaged; the server is asked what it has\n",
                      am_program_name, run->place.ledger);
    return status;
}

static am_status connect_to(struct run *run, struct am_err *err)
{
    struct am_caldav_curl_settings settings = {.secret = &run->secret,
                                               .authorities = run->options->authorities,
                                               .timeout_s = run->timeout_s,
                                               .stopped = is_stopped};
    am_status status = am_caldav_curl_new(&settings, &run->curl, err);
    if (status)
        return status;
    run->session = (struct am_caldav_session){.sender = am_caldav_curl_sender(run->curl),
                                              .retries = run->retries,
                                              .pause = sleep_for,
                                              .stopped = is_stopped};
    return AM_OK;
}

/* Everything up to the plan; url is the address as it was given. */
static am_status prepare(struct run *run, const char *url, struct am_err *err)
{
    const struct options *options = run->options;
    am_status status = am_caldav_target_read(url, &run->push.target, err);
    if (!status)
        status = am_folder_read(options->from, options->feed, &run->arena, &run->feed, err);
    if (!status)
        status = am_caldav_secret_read(options->credentials, &run->secret, err);
    if (!status)
        status = am_caldav_place_take(options->from, run->push.target.url, run->feed.id,
                                      &run->place, err);
    if (!status)
        status = read_ledger(run, err);
    if (!status)
        status = connect_to(run, err);
    if (status)
        return status;
    run->push.session = &run->session;
    run->push.feed = &run->feed;
    run->push.ledger = &run->ledger;
    run->push.may_empty = options->may_empty;
    run->push.save = save;
    run->push.refused = on_refused;
    run->push.context = run;
    return am_caldav_push_plan(&run->push, &run->arena, err);
}

static void release(struct run *run)
{
    am_caldav_curl_free(run->curl);
    am_caldav_target_release(&run->push.target);
    am_caldav_secret_release(&run->secret);
    am_caldav_place_leave(&run->place);
    am_arena_release(&run->arena);
}

static int push(struct run *run, const char *url)
{
    struct am_err err;
    if (!catch_signals()) {
        (void)am_fail(&err, AM_EIO, "signals cannot be caught: %s", strerror(errno));
        return am_report_error(&err);
    }
    if (prepare(run, url, &err) != AM_OK)
        return am_report_error(&err);
    if (run->options->dry_run) {
        print_plan(run);
        return AM_EXIT_DONE;
    }
    am_status status = am_caldav_push_run(&run->push, &err);
    if (!run->options->quiet)
        print_done(run);
    if (!status)
        return AM_EXIT_DONE;
    (void)am_report_error(&err);
    print_left(run);
    return AM_EXIT_ERROR;
}

/* A whole number from low to high; text NULL leaves it. */
static bool read_number(const char *text, long low, long high, int32_t *number)
{
    char *end;
    if (!text)
        return true;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || end == text || *end || value < low || value > high)
        return false;
    *number = (int32_t)value;
    return true;
}

static int run_command(const struct am_command *command, int argc, char **argv)
{
    struct options options = {.feed = "team"};
    struct run run = {.options = &options,
                      .place = {.descriptor = -1},
                      .timeout_s = TIMEOUT_S,
                      .retries = RETRIES};
    struct am_operands operands;
    int stop = am_options_read(command, argc, argv, &options, &operands);
    if (stop >= 0)
        return stop;
    if (!options.from)
        return am_usage_error(command, "--from names the folder of the feeds");
    if (!read_number(options.timeout, 1, TIMEOUT_MOST_S, &run.timeout_s))
        return am_usage_error(command, "--timeout is a number of seconds from 1 to %d, not %s",
                              TIMEOUT_MOST_S, options.timeout);
    if (!read_number(options.retries, 0, RETRIES_MOST, &run.retries))
        return am_usage_error(command, "--retries is a number from 0 to %d, not %s", RETRIES_MOST,
                              options.retries);
    am_arena_init(&run.arena);
    int code = push(&run, operands.at[0]);
    release(&run);
    return code;
}

const struct am_command am_cmd_caldav = {
    .name = "caldav",
    .usage = "URL --from FOLDER [--feed NAME] [--credentials FILE] [options]",
    .summary = "send a feed to a calendar on a CalDAV server",
    .help =
        "Brings a calendar on a CalDAV server (Radicale, Nextcloud, ...) to what a feed of the\n"
        "folder holds: new events are created, changed ones changed, and those that are no\n"
        "longer in the feed deleted. Nothing is sent of what is the same. Entries that others\n"
        "made in the calendar are left alone. URL is the address of the calendar itself, and\n"
        "begins with https:// (http:// is for this computer alone).\n\n"
        "User name and password come from the file of --credentials, or from the environment\n"
        "(" AM_CALDAV_USER ", " AM_CALDAV_PASSWORD "). What goes wrong at the server or on the\n"
        "way is told; what was done stays done, and the next run does the rest.\n",
    .options = option_table,
    .least_operands = 1,
    .most_operands = 1,
    .run = run_command,
};
