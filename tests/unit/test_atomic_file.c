/* Files are written whole or not at all. */
#include "io/atomic_file.h"

#include <dirent.h>
#include <errno.h>
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

static char folder[64];

static int make_scratch(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/amends-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

/* Entries of a folder, "." and ".." left out. */
static int entries(const char *path)
{
    DIR *directory = opendir(path);
    int count = 0;
    assert_non_null(directory);
    while (readdir(directory))
        count++;
    (void)closedir(directory);
    return count - 2;
}

static char *inside(const char *name)
{
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int remove_scratch(void **state)
{
    (void)state;
    DIR *directory = opendir(folder);
    struct dirent *entry;
    while (directory && (entry = readdir(directory)))
        (void)unlink(inside(entry->d_name));
    if (directory)
        (void)closedir(directory);
    return rmdir(folder);
}

static void assert_content(const char *path, const char *expected)
{
    char *bytes;
    size_t size;
    assert_int_equal(am_read_file(path, 1 << 20, &bytes, &size, NULL), AM_OK);
    assert_int_equal(size, strlen(expected));
    assert_string_equal(bytes, expected);
    free(bytes);
}

static void a_file_is_written_with_mode_0600_and_replaces_the_old_one(void **state)
{
    (void)state;
    char *path = inside("plan.json");
    struct stat found;
    assert_int_equal(am_atomic_write(path, "one", 3, NULL), AM_OK);
    assert_content(path, "one");
    assert_int_equal(am_atomic_write(path, "", 0, NULL), AM_OK);
    assert_content(path, "");
    assert_int_equal(am_atomic_write(path, "second", 6, NULL), AM_OK);
    assert_content(path, "second");
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 07777, 0600);
    assert_int_equal(entries(folder), 1);
}

static void what_is_given_up_leaves_nothing_and_the_old_file_untouched(void **state)
{
    (void)state;
    char *path = inside("plan.json");
    struct am_atomic_file file;
    assert_int_equal(am_atomic_write(path, "old", 3, NULL), AM_OK);
    assert_int_equal(am_atomic_open(&file, path, NULL), AM_OK);
    assert_true(fputs("half of the new", file.stream) >= 0);
    assert_int_equal(entries(folder), 2);
    am_atomic_abandon(&file);
    am_atomic_abandon(&file);
    assert_int_equal(entries(folder), 1);
    assert_content(path, "old");
}

static void a_temporary_file_of_a_process_that_was_killed_goes_with_the_next(void **state)
{
    (void)state;
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct am_atomic_file file;
        if (am_atomic_open(&file, inside("plan.json"), NULL) != AM_OK ||
            write(ready[1], "!", 1) != 1)
            _exit(1);
        (void)pause();
        _exit(2);
    }
    char told;
    assert_int_equal(read(ready[0], &told, 1), 1);
    assert_int_equal(am_atomic_write(inside("other.json"), "x", 1, NULL), AM_OK);
    assert_int_equal(entries(folder), 2); /* it is being written, so it stays */
    assert_int_equal(kill(child, SIGKILL), 0);
    int ended = -1;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFSIGNALED(ended));
    assert_int_equal(entries(folder), 2);
    assert_int_equal(am_atomic_write(inside("plan.json"), "new", 3, NULL), AM_OK);
    assert_int_equal(entries(folder), 2);
    assert_content(inside("plan.json"), "new");
    assert_int_equal(close(ready[0]), 0);
    assert_int_equal(close(ready[1]), 0);
}

static void two_files_may_be_written_at_once(void **state)
{
    (void)state;
    struct am_atomic_file one, two;
    assert_int_equal(am_atomic_open(&one, inside("one"), NULL), AM_OK);
    assert_int_equal(am_atomic_open(&two, inside("two"), NULL), AM_OK);
    assert_int_equal(entries(folder), 2);
    assert_int_equal(am_atomic_commit(&two, NULL), AM_OK);
    assert_int_equal(am_atomic_commit(&one, NULL), AM_OK);
    assert_int_equal(entries(folder), 2);
}

/* So many processes, so many files each: whoever looks for what is left behind
 * meets files that are just being put into place. */
enum { WRITERS = 4, FILES_EACH = 150 };

/* The number of files that could not be written. */
static int write_files(int writer)
{
    int failed = 0;
    for (int i = 0; i < FILES_EACH; i++) {
        struct am_err err;
        char name[32];
        (void)snprintf(name, sizeof name, "%d-%d", writer, i);
        failed += am_atomic_write(inside(name), name, strlen(name), &err) != AM_OK;
    }
    return failed;
}

static void processes_that_write_into_one_folder_leave_each_others_files_alone(void **state)
{
    (void)state;
    pid_t writers[WRITERS];
    for (int w = 0; w < WRITERS; w++) {
        writers[w] = fork();
        assert_true(writers[w] >= 0);
        if (writers[w] == 0)
            _exit(write_files(w) > 0);
    }
    for (int w = 0; w < WRITERS; w++) {
        int status = 0;
        assert_int_equal(waitpid(writers[w], &status, 0), writers[w]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    assert_int_equal(entries(folder), WRITERS * FILES_EACH);
}

static void files_of_others_with_names_like_ours_stay(void **state)
{
    (void)state;
    static const char *const names[] = {".amends-notes.txt", ".amends-", ".amends-abcdef"};
    for (int i = 0; i < 3; i++) {
        FILE *file = fopen(inside(names[i]), "w");
        assert_non_null(file);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(chmod(inside(names[i]), 0644), 0); /* ours have 0600 */
    }
    assert_int_equal(mkdir(inside(".amends-ghijkl"), 0700), 0);
    assert_int_equal(am_atomic_write(inside("plan.json"), "x", 1, NULL), AM_OK);
    assert_int_equal(entries(folder), 5);
    assert_int_equal(rmdir(inside(".amends-ghijkl")), 0);
}

static void a_folder_that_is_not_there_is_named_with_the_reason(void **state)
{
    (void)state;
    struct am_err err = {0};
    assert_int_equal(am_atomic_write(inside("none/plan.json"), "x", 1, &err), AM_EIO);
    assert_non_null(strstr(err.msg, "none/plan.json"));
    assert_non_null(strstr(err.msg, strerror(ENOENT)));
}

static void a_name_of_the_greatest_length_can_be_written(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    assert_int_equal(am_atomic_write(inside(name), "x", 1, NULL), AM_OK);
    assert_int_equal(entries(folder), 1);
}

static void a_folder_in_the_way_stays_and_no_temporary_is_left(void **state)
{
    (void)state;
    char *path = inside("taken");
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(am_atomic_write(path, "x", 1, NULL), AM_EIO);
    assert_int_equal(entries(folder), 1);
    assert_int_equal(rmdir(path), 0);
}

static void a_full_device_is_an_error(void **state)
{
    (void)state;
    struct am_err err = {0};
    assert_int_equal(am_atomic_write("/dev/full", "x", 1, &err), AM_EIO);
    assert_non_null(strstr(err.msg, strerror(ENOSPC)));
}

static void a_device_is_written_in_place(void **state)
{
    (void)state;
    struct stat found;
    assert_int_equal(am_atomic_write("/dev/null", "x", 1, NULL), AM_OK);
    assert_int_equal(stat("/dev/null", &found), 0);
    assert_true(S_ISCHR(found.st_mode));
}

/* A limit on the size of files stands for a disk that fills up on the way. */
static void a_disk_that_fills_up_leaves_the_old_file_and_no_temporary(void **state)
{
    (void)state;
    char *path = inside("plan.json");
    static char large[100000];
    memset(large, 'x', sizeof large);
    assert_int_equal(am_atomic_write(path, "old", 3, NULL), AM_OK);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit small = {40000, 40000};
        if (setrlimit(RLIMIT_FSIZE, &small) != 0)
            _exit(2);
        _exit(am_atomic_write(path, large, sizeof large, NULL) == AM_EIO ? 0 : 1);
    }
    int ended = -1;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 0);
    assert_int_equal(entries(folder), 1);
    assert_content(path, "old");
}

static void an_interrupt_waits_until_the_file_is_in_place(void **state)
{
    (void)state;
    char *path = inside("plan.json");
    assert_int_equal(am_atomic_write(path, "old", 3, NULL), AM_OK);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct am_atomic_file file;
        /* a shell ignores it for what it runs in the background */
        if (signal(SIGINT, SIG_DFL) == SIG_ERR || am_atomic_open(&file, path, NULL) != AM_OK)
            _exit(2);
        if (raise(SIGINT) != 0 || fputs("new", file.stream) < 0)
            _exit(3);
        (void)!am_atomic_commit(&file, NULL);
        _exit(4);
    }
    int ended = -1;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFSIGNALED(ended));
    assert_int_equal(WTERMSIG(ended), SIGINT);
    assert_int_equal(entries(folder), 1);
    assert_content(path, "new");
}

static void folders_are_made_with_their_parents_for_the_owner_alone(void **state)
{
    (void)state;
    struct stat found;
    char *path = inside("a/b");
    assert_int_equal(am_make_folder(path, NULL), AM_OK);
    assert_int_equal(am_make_folder(path, NULL), AM_OK);
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 07777, 0700);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(am_make_folder(inside("a/"), NULL), AM_OK);
    assert_int_equal(rmdir(inside("a")), 0);
}

static void a_folder_cannot_be_made_where_a_file_is(void **state)
{
    (void)state;
    struct am_err err = {0};
    assert_int_equal(am_atomic_write(inside("file"), "x", 1, NULL), AM_OK);
    assert_int_equal(am_make_folder(inside("file"), &err), AM_EIO);
    assert_non_null(strstr(err.msg, strerror(ENOTDIR)));
}

static void reading_gives_every_byte_or_the_reason(void **state)
{
    (void)state;
    struct am_err err = {0};
    char *bytes;
    size_t size;
    char *path = inside("zero");
    assert_int_equal(am_atomic_write(path, "a\0b", 3, NULL), AM_OK);
    assert_int_equal(am_read_file(path, 3, &bytes, &size, NULL), AM_OK);
    assert_int_equal(size, 3);
    assert_memory_equal(bytes, "a\0b", 4);
    free(bytes);
    assert_int_equal(am_read_file(path, 2, &bytes, &size, &err), AM_EINVALID);
    assert_null(bytes);
    assert_int_equal(am_read_file(inside("missing"), 2, &bytes, &size, &err), AM_EIO);
    assert_non_null(strstr(err.msg, strerror(ENOENT)));
    assert_int_equal(am_read_file(folder, 2, &bytes, &size, &err), AM_EIO);
}

static void a_large_file_is_read_whole(void **state)
{
    (void)state;
    enum { SIZE = 300001 };
    char *large = malloc(SIZE), *bytes;
    size_t size;
    assert_non_null(large);
    for (size_t i = 0; i < SIZE; i++)
        large[i] = (char)('a' + i % 23);
    assert_int_equal(am_atomic_write(inside("large"), large, SIZE, NULL), AM_OK);
    assert_int_equal(am_read_file(inside("large"), SIZE, &bytes, &size, NULL), AM_OK);
    assert_int_equal(size, SIZE);
    assert_memory_equal(bytes, large, SIZE);
    free(bytes);
    free(large);
}

#define SCRATCH(test) cmocka_unit_test_setup_teardown(test, make_scratch, remove_scratch)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH(a_file_is_written_with_mode_0600_and_replaces_the_old_one),
        SCRATCH(what_is_given_up_leaves_nothing_and_the_old_file_untouched),
        SCRATCH(a_temporary_file_of_a_process_that_was_killed_goes_with_the_next),
        SCRATCH(two_files_may_be_written_at_once),
        SCRATCH(processes_that_write_into_one_folder_leave_each_others_files_alone),
        SCRATCH(files_of_others_with_names_like_ours_stay),
        SCRATCH(a_folder_that_is_not_there_is_named_with_the_reason),
        SCRATCH(a_name_of_the_greatest_length_can_be_written),
        SCRATCH(a_folder_in_the_way_stays_and_no_temporary_is_left),
        SCRATCH(a_full_device_is_an_error),
        SCRATCH(a_device_is_written_in_place),
        SCRATCH(a_disk_that_fills_up_leaves_the_old_file_and_no_temporary),
        SCRATCH(an_interrupt_waits_until_the_file_is_in_place),
        SCRATCH(folders_are_made_with_their_parents_for_the_owner_alone),
        SCRATCH(a_folder_cannot_be_made_where_a_file_is),
        SCRATCH(reading_gives_every_byte_or_the_reason),
        SCRATCH(a_large_file_is_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
