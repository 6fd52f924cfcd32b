/* What the server says, and which bytes it sends while a folder changes under it. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "io/atomic_file.h"
#include "io/text.h"
#include "publish/serve_answer.h"

static char folder[64];
static struct am_serve_files *files;
static struct am_serve_limit *limit;

#define TOKEN "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define OTHER "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static char *inside(const char *name)
{
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const void *bytes, size_t size)
{
    assert_int_equal(am_atomic_write(inside(name), bytes, size, NULL), AM_OK);
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static void write_gzip(const char *name, const char *text)
{
    gzFile file = gzopen(inside(name), "wb");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, text, (unsigned)strlen(text)), strlen(text));
    assert_int_equal(gzclose(file), Z_OK);
}

static int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/amends-serve-XXXXXX");
    return mkdtemp(folder) && mkdir(inside("feeds"), 0700) == 0 &&
                   mkdir(inside("revoked"), 0700) == 0 &&
                   am_serve_files_new(folder, 100000, &files, NULL) == AM_OK &&
                   am_serve_limit_new(0, &limit, NULL) == AM_OK
               ? 0
               : -1;
}

static void empty(const char *name)
{
    DIR *directory = opendir(inside(name));
    char path[1024];
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        (void)snprintf(path, sizeof path, "%s/%s", inside(name), entry->d_name);
        (void)unlink(path);
    }
    if (directory)
        (void)closedir(directory);
    (void)rmdir(inside(name));
}

static int remove_folder(void **state)
{
    (void)state;
    am_serve_files_free(files);
    am_serve_limit_free(limit);
    empty("feeds");
    empty("revoked");
    return rmdir(folder);
}

static struct am_serve_answer ask_with(const struct am_serve_request *request)
{
    struct am_serve_answer answer;
    am_serve_answer(files, limit, request, &answer);
    return answer;
}

static struct am_serve_answer ask(const char *method, const char *path)
{
    return ask_with(&(struct am_serve_request){.method = method, .path = path});
}

static const char *header(const struct am_serve_answer *answer, const char *name)
{
    for (int i = 0; i < answer->header_count; i++)
        if (strcmp(answer->headers[i].name, name) == 0)
            return answer->headers[i].value;
    return "";
}

static void assert_status(struct am_serve_answer answer, int status)
{
    assert_int_equal(answer.status, status);
    assert_string_equal(header(&answer, "Cache-Control"), "private, no-cache");
    assert_string_equal(header(&answer, "Referrer-Policy"), "no-referrer");
    assert_string_equal(header(&answer, "X-Robots-Tag"), "noindex");
    assert_string_equal(header(&answer, "X-Content-Type-Options"), "nosniff");
    am_serve_body_drop(answer.body);
}

static void assert_sends(struct am_serve_answer answer, const char *expected)
{
    assert_int_equal(answer.status, 200);
    assert_non_null(answer.body);
    assert_int_equal(answer.body->size, strlen(expected));
    assert_memory_equal(answer.body->bytes, expected, strlen(expected));
    am_serve_body_drop(answer.body);
}

static void a_feed_is_sent_with_what_clients_need_to_know(void **state)
{
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    struct am_serve_answer answer = ask("GET", "/" TOKEN ".ics");
    assert_string_equal(header(&answer, "Content-Type"), "text/calendar; charset=utf-8");
    assert_string_equal(header(&answer, "Content-Encoding"), "");
    assert_string_equal(header(&answer, "Vary"), "Accept-Encoding");
    assert_string_equal(header(&answer, "ETag"),
                        "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"");
    assert_sends(answer, "abc");
    assert_status(ask("HEAD", "/" TOKEN ".ics"), 200);
}

static void who_has_these_bytes_is_told_so(void **state)
{
    struct am_serve_request request = {
        .method = "GET",
        .path = "/" TOKEN ".ics",
        .if_none_match = "\"x\", "
                         "W/\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""};
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    struct am_serve_answer answer = ask_with(&request);
    assert_string_equal(header(&answer, "Content-Type"), "");
    assert_string_not_equal(header(&answer, "ETag"), "");
    assert_status(answer, 304);
    write_text("feeds/" TOKEN ".ics", "abd");
    assert_sends(ask_with(&request), "abd");
}

static void gzip_is_sent_only_when_it_is_the_same_feed(void **state)
{
    struct am_serve_request request = {
        .method = "GET", .path = "/" TOKEN ".ics", .accept_encoding = "gzip"};
    (void)state;
    write_text("feeds/" TOKEN ".ics", "one");
    assert_sends(ask_with(&request), "one");
    write_gzip("feeds/" TOKEN ".ics.gz", "one");
    struct am_serve_answer packed = ask_with(&request);
    struct am_serve_answer plain = ask("GET", "/" TOKEN ".ics");
    assert_string_equal(header(&packed, "Content-Encoding"), "gzip");
    assert_string_not_equal(header(&packed, "ETag"), header(&plain, "ETag"));
    assert_int_equal((unsigned char)packed.body->bytes[0], 0x1f);
    am_serve_body_drop(packed.body);
    assert_sends(plain, "one");
    write_text("feeds/" TOKEN ".ics", "two"); /* and its gzip is still of the first */
    assert_sends(ask_with(&request), "two");
    write_gzip("feeds/" TOKEN ".ics.gz", "two and more");
    assert_sends(ask_with(&request), "two");
    write_text("feeds/" TOKEN ".ics.gz", "not gzip");
    assert_sends(ask_with(&request), "two");
    write_gzip("feeds/" TOKEN ".ics.gz", "two");
    packed = ask_with(&request);
    assert_true(packed.gzipped);
    assert_status(packed, 200);
}

static void what_is_no_feed_is_not_looked_for(void **state)
{
    static const char *const paths[] = {
        "",
        "/",
        "*",
        "/feeds/" TOKEN ".ics",
        "/" TOKEN,
        "/" TOKEN ".ics/",
        "/" TOKEN ".ics.gz",
        "//" TOKEN ".ics",
        "/" OTHER ".ics",
        "/00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff.ics",
        "/../../../../../../../../../../../../../../../../../etc/passwd.ics",
        "/%30112233445566778899aabbccddeeff00112233445566778899aabbccddee.ics",
        "/../feeds/8899aabbccddeeff00112233445566778899aabbccddeeff/xxxxx.ics"};
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_status(ask("GET", paths[i]), 404);
}

static void other_methods_are_refused_with_those_that_are_not(void **state)
{
    static const char *const methods[] = {"POST",     "PUT", "DELETE", "OPTIONS",
                                          "PROPFIND", "get", ""};
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        struct am_serve_answer answer = ask(methods[i], "/" TOKEN ".ics");
        assert_string_equal(header(&answer, "Allow"), "GET, HEAD");
        assert_string_equal(answer.method, "other");
        assert_status(answer, 405);
    }
}

static void a_revoked_feed_is_gone_at_once_even_if_its_file_stays(void **state)
{
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    assert_sends(ask("GET", "/" TOKEN ".ics"), "abc");
    write_text("revoked/" TOKEN, "");
    assert_status(ask("GET", "/" TOKEN ".ics"), 410);
    assert_int_equal(am_serve_kept_feeds(files), 0);
    assert_int_equal(am_serve_kept_bytes(files), 0);
}

static void a_missing_file_is_stood_in_for_a_while_and_then_unknown(void **state)
{
    struct am_serve_request request = {.method = "GET", .path = "/" TOKEN ".ics", .now_ms = 1000};
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    assert_sends(ask_with(&request), "abc");
    assert_int_equal(unlink(inside("feeds/" TOKEN ".ics")), 0);
    request.now_ms = 2000;
    struct am_serve_answer answer = ask_with(&request);
    assert_string_equal(answer.trouble, "the file is missing");
    assert_sends(answer, "abc");
    request.now_ms = 2000 + AM_SERVE_STANDIN_MS;
    assert_sends(ask_with(&request), "abc");
    request.now_ms++;
    assert_status(ask_with(&request), 404);
    request.now_ms = 3000;
    assert_status(ask_with(&request), 404);
}

static void a_file_that_comes_back_starts_the_while_anew(void **state)
{
    struct am_serve_request request = {.method = "GET", .path = "/" TOKEN ".ics"};
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    assert_sends(ask_with(&request), "abc");
    assert_int_equal(unlink(inside("feeds/" TOKEN ".ics")), 0);
    assert_sends(ask_with(&request), "abc");
    write_text("feeds/" TOKEN ".ics", "abd");
    request.now_ms = AM_SERVE_STANDIN_MS;
    assert_sends(ask_with(&request), "abd");
    assert_int_equal(unlink(inside("feeds/" TOKEN ".ics")), 0);
    request.now_ms = 2 * AM_SERVE_STANDIN_MS - 1;
    assert_sends(ask_with(&request), "abd");
}

static void what_cannot_be_read_is_stood_in_for_or_not_found(void **state)
{
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    assert_sends(ask("GET", "/" TOKEN ".ics"), "abc");
    assert_int_equal(unlink(inside("feeds/" TOKEN ".ics")), 0);
    assert_int_equal(mkdir(inside("feeds/" TOKEN ".ics"), 0700), 0);
    struct am_serve_answer answer = ask("GET", "/" TOKEN ".ics");
    assert_non_null(answer.trouble);
    assert_sends(answer, "abc");
    assert_int_equal(mkdir(inside("feeds/" OTHER ".ics"), 0700), 0);
    answer = ask("GET", "/" OTHER ".ics");
    assert_non_null(answer.trouble);
    assert_status(answer, 404);
    assert_int_equal(rmdir(inside("feeds/" TOKEN ".ics")), 0);
    assert_int_equal(rmdir(inside("feeds/" OTHER ".ics")), 0);
}

static void a_link_is_not_followed_out_of_the_folder(void **state)
{
    (void)state;
    assert_int_equal(symlink("/etc/passwd", inside("feeds/" TOKEN ".ics")), 0);
    assert_status(ask("GET", "/" TOKEN ".ics"), 404);
}

static void a_body_outlives_the_file_and_what_is_kept(void **state)
{
    (void)state;
    write_text("feeds/" TOKEN ".ics", "first");
    struct am_serve_answer first = ask("GET", "/" TOKEN ".ics");
    write_text("feeds/" TOKEN ".ics", "second");
    assert_sends(ask("GET", "/" TOKEN ".ics"), "second");
    write_text("revoked/" TOKEN, "");
    assert_status(ask("GET", "/" TOKEN ".ics"), 410);
    assert_sends(first, "first");
}

static void what_was_not_asked_for_longest_is_forgotten(void **state)
{
    static char bytes[40000];
    char path[128];
    struct am_serve_request request = {.method = "GET", .path = path};
    (void)state;
    memset(bytes, 'a', sizeof bytes);
    for (int i = 0; i < 8; i++) {
        char name[128];
        (void)snprintf(name, sizeof name, "feeds/%064x.ics", i);
        (void)snprintf(path, sizeof path, "/%064x.ics", i);
        write_file(name, bytes, sizeof bytes);
        request.now_ms = i;
        assert_status(ask_with(&request), 200);
        assert_true(am_serve_kept_bytes(files) <= 100000);
    }
    assert_int_equal(am_serve_kept_feeds(files), 2);
    assert_int_equal(unlink(inside("feeds/0000000000000000000000000000000000000000000000000000"
                                   "000000000007.ics")),
                     0);
    assert_status(ask_with(&request), 200); /* the latest is still kept */
}

static void who_asks_too_often_has_to_wait(void **state)
{
    (void)state;
    am_serve_limit_free(limit);
    assert_int_equal(am_serve_limit_new(2, &limit, NULL), AM_OK);
    assert_status(ask("GET", "/" OTHER ".ics"), 404);
    assert_status(ask("POST", "/" OTHER ".ics"), 405);
    struct am_serve_answer answer = ask("GET", "/" OTHER ".ics");
    assert_string_equal(header(&answer, "Retry-After"), "30");
    assert_status(answer, 429);
}

static void the_log_tells_all_but_the_token(void **state)
{
    struct am_text text = {0};
    (void)state;
    write_text("feeds/" TOKEN ".ics", "abc");
    struct am_serve_answer answer = ask("GET", "/" TOKEN ".ics");
    am_serve_log_line(&text, &answer, "192.0.2.1", 1772440200, 3, false);
    assert_string_equal(am_text_string(&text),
                        "2026-03-02T08:30:00Z 192.0.2.1 GET 2a8abfa8cb99 200 3\n");
    am_serve_body_drop(answer.body);
    am_text_clear(&text);
    answer = ask("EVIL\n", "/" TOKEN);
    am_serve_log_line(&text, &answer, "192.0.2.1", 0, 0, true);
    assert_string_equal(am_text_string(&text),
                        "1970-01-01T00:00:00Z 192.0.2.1 other - 405 0 cut\n");
    am_text_release(&text);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_feed_is_sent_with_what_clients_need_to_know),
        IN_FOLDER(who_has_these_bytes_is_told_so),
        IN_FOLDER(gzip_is_sent_only_when_it_is_the_same_feed),
        IN_FOLDER(what_is_no_feed_is_not_looked_for),
        IN_FOLDER(other_methods_are_refused_with_those_that_are_not),
        IN_FOLDER(a_revoked_feed_is_gone_at_once_even_if_its_file_stays),
        IN_FOLDER(a_missing_file_is_stood_in_for_a_while_and_then_unknown),
        IN_FOLDER(a_file_that_comes_back_starts_the_while_anew),
        IN_FOLDER(what_cannot_be_read_is_stood_in_for_or_not_found),
        IN_FOLDER(a_link_is_not_followed_out_of_the_folder),
        IN_FOLDER(a_body_outlives_the_file_and_what_is_kept),
        IN_FOLDER(what_was_not_asked_for_longest_is_forgotten),
        IN_FOLDER(who_asks_too_often_has_to_wait),
        IN_FOLDER(the_log_tells_all_but_the_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
