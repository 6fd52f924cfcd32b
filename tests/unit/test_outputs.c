/* The files of a roster as a set: whole, private, the same every time. */
#include "io/atomic_file.h"
#include "io/calendar_index.h"
#include "io/outputs.h"
#include "io/staged_set.h"
#include "tests/support/output_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct output_fixture fixture;
static char folder[64];
static const struct am_output_options everything = {.detail = AM_DETAIL_CRN,
                                                    .files = AM_OUTPUT_ALL};

static int set_up(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/amends-test-XXXXXX");
    output_fixture_init(&fixture, am_date_of(2027, 3, 22));
    return mkdtemp(folder) ? 0 : -1;
}

/* Every file below a path goes to visit; folders after what is in them. */
static void walk(const char *path, void (*visit)(const char *path, bool is_folder))
{
    DIR *directory = opendir(path);
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory));) {
        char child[1024];
        struct stat found;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        (void)snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
        assert_int_equal(lstat(child, &found), 0);
        if (S_ISDIR(found.st_mode))
            walk(child, visit);
        visit(child, S_ISDIR(found.st_mode));
    }
    (void)closedir(directory);
}

static void remove_entry(const char *path, bool is_folder)
{
    assert_int_equal(is_folder ? rmdir(path) : unlink(path), 0);
}

static int tear_down(void **state)
{
    (void)state;
    output_fixture_release(&fixture);
    walk(folder, remove_entry);
    return rmdir(folder);
}

static char *inside(const char *name)
{
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool exists(const char *name)
{
    return access(inside(name), F_OK) == 0;
}

static char *content(const char *path)
{
    char *bytes;
    size_t size;
    assert_int_equal(am_read_file(path, 1 << 24, &bytes, &size, NULL), AM_OK);
    return bytes;
}

static void write_all(const struct am_output_options *options)
{
    struct am_err err = {0};
    am_status status = am_write_outputs(&fixture.context, &fixture.roster, folder, options, &err);
    assert_string_equal(err.msg, "");
    assert_int_equal(status, AM_OK);
}

static void put_file(const char *name, const char *bytes)
{
    assert_int_equal(am_atomic_write(inside(name), bytes, strlen(bytes), NULL), AM_OK);
}

static int files_seen, ours_seen;

static void count_file(const char *path, bool is_folder)
{
    (void)path;
    files_seen += !is_folder;
}

static int count_files(void)
{
    files_seen = 0;
    walk(folder, count_file);
    return files_seen;
}

/* roster.json, .csv, .html; the team, 3 supervisors, 4 projects, 7 people; the index */
enum { FILES_OF_FIXTURE = 3 + 1 + 3 + 4 + 7 + 1 };

static void everything_is_written_and_nothing_beside_it(void **state)
{
    (void)state;
    write_all(&everything);
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
    assert_true(exists("roster.json") && exists("roster.csv") && exists("roster.html"));
    assert_true(exists("calendars/team.ics") && exists("calendars/supervisor-S1.ics"));
    assert_true(exists("calendars/project-P09.ics")); /* without a session */
    assert_false(exists(".amends-new"));
    assert_false(exists("INCOMPLETE.txt"));
}

static void check_mode(const char *path, bool is_folder)
{
    struct stat found;
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 07777, is_folder ? 0700 : 0600);
}

static void files_are_for_their_owner_alone(void **state)
{
    (void)state;
    write_all(&everything);
    walk(folder, check_mode);
}

static uint64_t sum_seen;

/* A sum over names and bytes that does not depend on the order of the walk. */
static void sum_file(const char *path, bool is_folder)
{
    if (is_folder)
        return;
    uint64_t hash = 14695981039346656037U;
    char *bytes = content(path);
    for (const char *c = path + strlen(folder); *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211U;
    for (const char *c = bytes; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211U;
    sum_seen += hash;
    free(bytes);
}

static uint64_t sum_of_files(void)
{
    sum_seen = 0;
    walk(folder, sum_file);
    return sum_seen;
}

static void the_same_roster_gives_the_same_bytes(void **state)
{
    (void)state;
    write_all(&everything);
    uint64_t once = sum_of_files();
    write_all(&everything);
    assert_true(sum_of_files() == once);
    fixture.settings.seed = 2; /* stands in the files, so the sum can tell a difference */
    write_all(&everything);
    assert_true(sum_of_files() != once);
}

static void a_file_that_stays_the_same_is_left_alone(void **state)
{
    (void)state;
    struct stat before, after;
    write_all(&everything);
    assert_int_equal(stat(inside("calendars/team.ics"), &before), 0);
    fixture.settings.seed = 2; /* stands in roster.json alone */
    write_all(&everything);
    assert_int_equal(stat(inside("calendars/team.ics"), &after), 0);
    assert_true(before.st_ino == after.st_ino);
    put_file("calendars/team.ics", "somebody changed this");
    write_all(&everything);
    char *bytes = content(inside("calendars/team.ics"));
    assert_int_equal(strncmp(bytes, "BEGIN:VCALENDAR", 15), 0);
    free(bytes);
}

/* A project whose name is over a megabyte: its calendars go to the disk in parts. */
static char *make_long(void)
{
    enum { LONG = 1200000 };
    char *name = malloc(LONG + 1);
    assert_non_null(name);
    memset(name, 'n', LONG);
    name[LONG] = '\0';
    fixture.projects[0].name = name;
    return name;
}

static void a_calendar_too_long_to_hold_is_written_in_parts(void **state)
{
    (void)state;
    struct stat before, after;
    char *name = make_long();
    write_all(&everything);
    char *bytes = content(inside("calendars/team.ics"));
    assert_true(strlen(bytes) > 2000000); /* two events of that project */
    assert_string_equal(bytes + strlen(bytes) - 15, "END:VCALENDAR\r\n");
    free(bytes);
    assert_int_equal(stat(inside("calendars/team.ics"), &before), 0);
    write_all(&everything);
    assert_int_equal(stat(inside("calendars/team.ics"), &after), 0);
    assert_true(before.st_ino == after.st_ino);
    name[5] = 'm';
    write_all(&everything);
    assert_int_equal(stat(inside("calendars/team.ics"), &after), 0);
    assert_true(before.st_ino != after.st_ino);
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
    free(name);
}

static void find_names(const char *path, bool is_folder)
{
    if (is_folder)
        return;
    char *bytes = content(path);
    for (int i = 0; output_fixture_names[i]; i++) {
        char surname[64];
        (void)snprintf(surname, sizeof surname, "%s", strchr(output_fixture_names[i], ' ') + 1);
        if (strstr(bytes, surname))
            ours_seen++;
    }
    free(bytes);
}

static void no_name_is_in_any_file_unless_asked_for(void **state)
{
    (void)state;
    struct am_output_options options = everything;
    ours_seen = 0;
    write_all(&options);
    walk(folder, find_names);
    assert_int_equal(ours_seen, 0);
    options.detail = AM_DETAIL_COUNT;
    write_all(&options);
    walk(folder, find_names);
    assert_int_equal(ours_seen, 0);
    options.detail = AM_DETAIL_NAMES;
    write_all(&options);
    walk(folder, find_names);
    assert_true(ours_seen > 0);
}

static void a_limited_access_case_is_never_named_and_in_no_calendar(void **state)
{
    (void)state;
    struct am_output_options options = everything;
    options.detail = AM_DETAIL_NAMES;
    write_all(&options);
    static const char *const files[] = {"roster.html", "roster.csv", "roster.json",
                                        "calendars/supervisor-S1.ics", "calendars/team.ics"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *bytes = content(inside(files[i]));
        assert_null(strstr(bytes, "Seraphina"));
        if (i >= 3)
            assert_null(strstr(bytes, "X900003"));
        free(bytes);
    }
    char *bytes = content(inside("calendars/supervisor-S1.ics"));
    assert_non_null(strstr(bytes, "and 1 limited-access case"));
    free(bytes);
}

static void heads_only_means_no_crn_in_calendars_and_on_the_page(void **state)
{
    (void)state;
    struct am_output_options options = everything;
    options.detail = AM_DETAIL_COUNT;
    write_all(&options);
    static const char *const files[] = {"roster.html", "calendars/supervisor-S1.ics"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *bytes = content(inside(files[i]));
        assert_null(strstr(bytes, "X100001"));
        free(bytes);
    }
}

static void a_key_gives_other_files_for_people_and_the_old_ones_go(void **state)
{
    (void)state;
    struct am_output_options options = everything;
    write_all(&options);
    assert_true(exists("calendars/people/8902415f-2655-833e-a37d-bf5b3817afde.ics"));
    options.key = "a secret";
    options.key_size = 8;
    write_all(&options);
    assert_false(exists("calendars/people/8902415f-2655-833e-a37d-bf5b3817afde.ics"));
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
}

static void only_files_that_our_index_lists_are_removed(void **state)
{
    (void)state;
    write_all(&everything);
    put_file("calendars/holidays.ics", "somebody else's");
    put_file("calendars/notes.txt", "somebody else's");
    put_file("calendars/supervisor-S9.ics", "ours");
    char *index = content(inside("private/index.csv"));
    char more[8192];
    (void)snprintf(more, sizeof more,
                   "%scalendars/supervisor-S9.ics,supervisor,S9\r\n"
                   "calendars/../roster.json,team,\r\nroster.csv,team,\r\n"
                   "/etc/hostname,team,\r\ncalendars/notes.txt,team,\r\n"
                   "calendars/people/../../roster.html,person,X\r\n",
                   index);
    free(index);
    put_file("private/index.csv", more);
    const struct am_output_options calendars = {.detail = AM_DETAIL_CRN,
                                                .files = AM_OUTPUT_CALENDARS};
    write_all(&calendars);
    assert_false(exists("calendars/supervisor-S9.ics"));
    assert_true(exists("calendars/holidays.ics") && exists("calendars/notes.txt"));
    assert_true(exists("roster.json") && exists("roster.csv") && exists("roster.html"));
    assert_int_equal(count_files(), FILES_OF_FIXTURE + 2);
}

static void views_left_out_stay_as_they_are(void **state)
{
    (void)state;
    write_all(&everything);
    const struct am_output_options team = {.files = AM_OUTPUT_CALENDARS,
                                           .views = 1U << AM_CALENDAR_TEAM};
    write_all(&team);
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
    char *index = content(inside("private/index.csv"));
    assert_non_null(strstr(index, "supervisor-S1.ics"));
    free(index);
}

static void registers_are_written_if_asked_for_and_the_old_ones_go(void **state)
{
    (void)state;
    struct am_output_options options = everything;
    write_all(&options);
    assert_false(exists("registers"));
    options.files = AM_OUTPUT_REGISTERS;
    write_all(&options); /* three supervisors, and a session that nobody leads */
    assert_int_equal(count_files(), FILES_OF_FIXTURE + 4);
    assert_true(exists("registers/supervisor-S1.html") && exists("registers/no-supervisor.html"));
    put_file("registers/supervisor-S9.html", "somebody else's");
    fixture.roster.sessions[0].supervisor = 2;
    write_all(&options);
    assert_false(exists("registers/supervisor-S1.html"));
    assert_true(exists("registers/supervisor-S9.html"));
    write_all(&everything); /* leaves them as they are */
    assert_int_equal(count_files(), FILES_OF_FIXTURE + 4);
    char *index = content(inside("private/index.csv"));
    assert_non_null(strstr(index, "registers/no-supervisor.html,register,\r\n"));
    free(index);
}

/* ---- when something goes wrong ---- */

/* What a child returns that writes everything under a limit on file size. */
static int write_under_limit(rlim_t bytes)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit small = {bytes, bytes};
        if (setrlimit(RLIMIT_FSIZE, &small) != 0)
            _exit(99);
        _exit((int)am_write_outputs(&fixture.context, &fixture.roster, folder, &everything, NULL));
    }
    int ended = -1;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    return WEXITSTATUS(ended);
}

static void a_disk_that_fills_up_changes_nothing_and_leaves_nothing(void **state)
{
    (void)state;
    assert_int_equal(write_under_limit(3000), AM_EIO);
    assert_int_equal(count_files(), 0);
    write_all(&everything);
    uint64_t before = sum_of_files();
    fixture.settings.seed = 2;
    assert_int_equal(write_under_limit(1500), AM_EIO);
    assert_true(sum_of_files() == before);
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
}

static void a_disk_that_fills_up_in_a_long_calendar_changes_nothing(void **state)
{
    (void)state;
    write_all(&everything);
    uint64_t before = sum_of_files();
    char *name = make_long();
    assert_int_equal(write_under_limit(1500000), AM_EIO);
    assert_true(sum_of_files() == before);
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
    free(name);
}

static void an_interrupt_changes_nothing_and_leaves_nothing(void **state)
{
    (void)state;
    write_all(&everything);
    uint64_t before = sum_of_files();
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        sigset_t held;
        am_signals_hold(&held);
        (void)raise(SIGTERM);
        fixture.settings.seed = 2;
        if (am_write_outputs(&fixture.context, &fixture.roster, folder, &everything, NULL) !=
            AM_EINTERRUPTED)
            _exit(1);
        am_signals_release(&held);
        _exit(2);
    }
    int ended = -1;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGTERM);
    assert_true(sum_of_files() == before);
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
}

/* What any run does first. */
static void finish_earlier(void)
{
    struct am_staged_set set;
    struct am_err err = {0};
    am_status status = am_staged_open(&set, folder, &err);
    assert_string_equal(err.msg, "");
    assert_int_equal(status, AM_OK);
    am_staged_close(&set);
    assert_false(exists("INCOMPLETE.txt"));
    assert_false(exists(".amends-new"));
}

static void a_journal_that_leads_out_of_the_folder_is_not_followed(void **state)
{
    (void)state;
    static const char *const journals[] = {"remove ../amends-elsewhere\nend\n",
                                           "remove calendars/../../amends-elsewhere\nend\n",
                                           "remove /etc/amends-elsewhere\nend\n",
                                           "put \nend\n",
                                           "remove mine.txt\n",
                                           "erase mine.txt\nend\n",
                                           "remove mine.txt\nend\nremove mine.txt\n"};
    write_all(&everything);
    put_file("mine.txt", "mine");
    for (size_t i = 0; i < sizeof journals / sizeof *journals; i++) {
        assert_int_equal(mkdir(inside(".amends-new"), 0700), 0);
        put_file(".amends-new/publish", journals[i]);
        finish_earlier();
        assert_true(exists("mine.txt"));
        assert_int_equal(count_files(), FILES_OF_FIXTURE + 1);
    }
    assert_int_equal(mkdir(inside(".amends-new"), 0700), 0);
    put_file(".amends-new/publish", "remove mine.txt\nend\n"); /* so it does look */
    finish_earlier();
    assert_false(exists("mine.txt"));
}

static void a_run_cut_short_leaves_a_note_and_the_next_one_finishes_it(void **state)
{
    (void)state;
    struct am_err err = {0};
    assert_int_equal(mkdir(inside("roster.html"), 0700), 0); /* in the way of the renaming */
    assert_int_equal(am_write_outputs(&fixture.context, &fixture.roster, folder, &everything, &err),
                     AM_EIO);
    assert_non_null(strstr(err.msg, "roster.html"));
    assert_true(exists("INCOMPLETE.txt"));
    assert_true(exists(".amends-new"));
    assert_int_equal(rmdir(inside("roster.html")), 0);
    finish_earlier();
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
    assert_int_equal(mkdir(inside(".amends-new"), 0700), 0); /* of a process that was killed */
    put_file(".amends-new/roster.json", "half");
    write_all(&everything);
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
}

/* Is the file of the later of two days' data? Each file tells it in its way. */
static bool tells(const char *name, const char *later, const char *earlier)
{
    char *bytes = content(inside(name));
    bool is_later = strstr(bytes, later), is_earlier = strstr(bytes, earlier);
    free(bytes);
    assert_true(is_later != is_earlier);
    return is_later;
}

/* All files are of one run, unless the note says otherwise. */
static void check_one_set(void)
{
    if (exists("INCOMPLETE.txt"))
        finish_earlier();
    bool later = tells("roster.json", "\"2027-03-18\"", "\"2027-03-17\"");
    assert_int_equal(tells("roster.html", "18 March 2027", "17 March 2027"), later);
    assert_int_equal(tells("calendars/team.ics", "DTSTAMP:20270318", "DTSTAMP:20270317"), later);
    assert_int_equal(tells("calendars/project-P01.ics", "DTSTAMP:20270318", "DTSTAMP:20270317"),
                     later);
}

static void a_kill_at_any_moment_leaves_one_set_or_the_note(void **state)
{
    (void)state;
    write_all(&everything);
    for (long i = 0; i < 15; i++) {
        const struct timespec pause = {0, (1 + i * i) * 500000L};
        pid_t child = fork();
        assert_true(child >= 0);
        while (child == 0) { /* from one day's data to the other's and back, until killed */
            fixture.caseload.as_of ^= 1;
            if (am_write_outputs(&fixture.context, &fixture.roster, folder, &everything, NULL))
                _exit(1);
        }
        (void)nanosleep(&pause, NULL);
        assert_int_equal(kill(child, SIGKILL), 0);
        int ended = -1;
        assert_int_equal(waitpid(child, &ended, 0), child);
        assert_true(WIFSIGNALED(ended));
        check_one_set();
    }
    write_all(&everything);
    check_one_set();
    assert_int_equal(count_files(), FILES_OF_FIXTURE);
}

static void two_processes_do_not_write_at_once(void **state)
{
    (void)state;
    struct am_staged_set set;
    assert_int_equal(am_staged_open(&set, folder, NULL), AM_OK);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct am_err err = {0};
        am_status status =
            am_write_outputs(&fixture.context, &fixture.roster, folder, &everything, &err);
        _exit(status == AM_EIO && strstr(err.msg, "another run") ? 0 : 1);
    }
    int ended = -1;
    assert_int_equal(waitpid(child, &ended, 0), child);
    am_staged_close(&set);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 0);
    write_all(&everything);
}

static void an_hour_that_the_clock_change_skips_is_refused_by_name(void **state)
{
    (void)state;
    struct am_err err = {0};
    fixture.sessions[7].start = 90; /* 01:30 on 28 March 2027 */
    assert_int_equal(am_write_outputs(&fixture.context, &fixture.roster, folder, &everything, &err),
                     AM_EINVALID);
    assert_non_null(strstr(err.msg, "HALL"));
    assert_int_equal(count_files(), 0);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(everything_is_written_and_nothing_beside_it),
        IN_FOLDER(files_are_for_their_owner_alone),
        IN_FOLDER(the_same_roster_gives_the_same_bytes),
        IN_FOLDER(a_file_that_stays_the_same_is_left_alone),
        IN_FOLDER(a_calendar_too_long_to_hold_is_written_in_parts),
        IN_FOLDER(no_name_is_in_any_file_unless_asked_for),
        IN_FOLDER(a_limited_access_case_is_never_named_and_in_no_calendar),
        IN_FOLDER(heads_only_means_no_crn_in_calendars_and_on_the_page),
        IN_FOLDER(a_key_gives_other_files_for_people_and_the_old_ones_go),
        IN_FOLDER(only_files_that_our_index_lists_are_removed),
        IN_FOLDER(views_left_out_stay_as_they_are),
        IN_FOLDER(registers_are_written_if_asked_for_and_the_old_ones_go),
        IN_FOLDER(a_disk_that_fills_up_changes_nothing_and_leaves_nothing),
        IN_FOLDER(a_disk_that_fills_up_in_a_long_calendar_changes_nothing),
        IN_FOLDER(an_interrupt_changes_nothing_and_leaves_nothing),
        IN_FOLDER(a_run_cut_short_leaves_a_note_and_the_next_one_finishes_it),
        IN_FOLDER(a_journal_that_leads_out_of_the_folder_is_not_followed),
        IN_FOLDER(a_kill_at_any_moment_leaves_one_set_or_the_note),
        IN_FOLDER(two_processes_do_not_write_at_once),
        IN_FOLDER(an_hour_that_the_clock_change_skips_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
