/* Addresses, credentials, answers in XML, the ledger and labels of CalDAV. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/atomic_file.h"
#include "publish/caldav_label.h"
#include "publish/caldav_ledger.h"
#include "publish/caldav_multistatus.h"
#include "publish/caldav_secret.h"
#include "publish/caldav_session.h"
#include "publish/caldav_target.h"

/* ---- addresses ---- */

static void assert_target(const char *text, const char *expected)
{
    struct am_caldav_target target;
    assert_int_equal(am_caldav_target_read(text, &target, NULL), AM_OK);
    assert_string_equal(target.url, expected);
    am_caldav_target_release(&target);
}

static void https_and_this_computer_are_reached(void **state)
{
    (void)state;
    assert_target("https://example.org/cal/team", "https://example.org/cal/team/");
    assert_target("HTTPS://example.org:8443/a%20b/", "https://example.org:8443/a%20b/");
    assert_target("http://127.0.0.1:5232/a/", "http://127.0.0.1:5232/a/");
    assert_target("http://127.3.2.1/a/", "http://127.3.2.1/a/");
    assert_target("http://localhost:5232/a/", "http://localhost:5232/a/");
    assert_target("http://[::1]:5232/a/", "http://[::1]:5232/a/");
}

static void anything_else_is_refused_without_telling_a_password_again(void **state)
{
    static const char *const wrong[] = {"http://example.org/a/",
                                        "http://127.0.0.1.example.org/a/",
                                        "http://localhost.example.org/",
                                        "http://128.0.0.1/",
                                        "https://user:hidden@example.org/",
                                        "https://user@example.org/",
                                        "http://user:hidden@127.0.0.1/",
                                        "https://user:hidden@",
                                        "ftp://example.org/",
                                        "file:///etc/passwd",
                                        "https://example.org/?a=b",
                                        "https://example.org/#a",
                                        "example.org/cal",
                                        "/cal/",
                                        ""};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct am_caldav_target target;
        struct am_err err = {0};
        assert_int_equal(am_caldav_target_read(wrong[i], &target, &err), AM_EINVALID);
        assert_null(strstr(err.msg, "hidden"));
        am_caldav_target_release(&target);
    }
}

static void a_redirection_is_followed_on_the_same_server_alone(void **state)
{
    static const char *const elsewhere[] = {
        "https://evil.example/cal/",         "http://example.org/cal/",
        "https://example.org:444/cal/",      "//evil.example/cal/",
        "https://example.org@evil.example/", "https://u:p@example.org/cal/"};
    struct am_caldav_target target, moved;
    (void)state;
    assert_int_equal(am_caldav_target_read("https://example.org/old", &target, NULL), AM_OK);
    assert_int_equal(am_caldav_target_follow(&target, "/new/cal", &moved, NULL), AM_OK);
    assert_string_equal(moved.url, "https://example.org/new/cal/");
    am_caldav_target_release(&moved);
    assert_int_equal(am_caldav_target_follow(&target, "https://EXAMPLE.org:443/b/", &moved, NULL),
                     AM_OK);
    am_caldav_target_release(&moved);
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        assert_int_equal(am_caldav_target_follow(&target, elsewhere[i], &moved, NULL), AM_EINVALID);
        am_caldav_target_release(&moved);
    }
    am_caldav_target_release(&target);
}

static void the_name_of_a_resource_has_no_way_out(void **state)
{
    (void)state;
    assert_string_equal(am_caldav_name_of("/a/b%20c.ics"), "b%20c.ics");
    assert_string_equal(am_caldav_name_of("https://example.org/a/b.ics"), "b.ics");
    assert_string_equal(am_caldav_name_of("b.ics"), "b.ics");
    assert_null(am_caldav_name_of("/a/"));
    assert_null(am_caldav_name_of("/a/.."));
    assert_null(am_caldav_name_of("/a/."));
    assert_null(am_caldav_name_of("/a/b?c"));
    assert_null(am_caldav_name_of("/a/b c"));
    assert_null(am_caldav_name_of("/a/b\nc"));
    assert_null(am_caldav_name_of("/a/\xc3\xa9"));
    assert_null(am_caldav_name_of(""));
}

/* ---- credentials ---- */

static char secret_path[64];

static int make_secret(void **state)
{
    (void)state;
    (void)snprintf(secret_path, sizeof secret_path, "/tmp/amends-secret-XXXXXX");
    int descriptor = mkstemp(secret_path);
    return descriptor >= 0 ? close(descriptor) : -1;
}

static int remove_secret(void **state)
{
    (void)state;
    return unlink(secret_path);
}

static void write_secret(const char *bytes, size_t size)
{
    FILE *file = fopen(secret_path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void assert_secret(const char *bytes, const char *user, const char *password)
{
    struct am_caldav_secret secret;
    write_secret(bytes, strlen(bytes));
    assert_int_equal(am_caldav_secret_read(secret_path, &secret, NULL), AM_OK);
    assert_string_equal(secret.user, user);
    assert_string_equal(secret.password, password);
    am_caldav_secret_release(&secret);
    assert_null(secret.password);
}

static void a_file_has_a_line_each(void **state)
{
    (void)state;
    assert_secret("cp\nse cret\n", "cp", "se cret");
    assert_secret("cp\r\ns:\r\n", "cp", "s:");
    assert_secret("cp\nsecret", "cp", "secret");
    assert_secret("cp\nsecret\nmore\n", "cp", "secret");
}

static void a_file_that_lacks_something_is_refused(void **state)
{
    static const char *const wrong[] = {"", "cp", "cp\n", "\nsecret\n", "cp\n\n", "c:p\nsecret\n"};
    struct am_caldav_secret secret;
    static char large[5000];
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct am_err err = {0};
        write_secret(wrong[i], strlen(wrong[i]));
        assert_int_equal(am_caldav_secret_read(secret_path, &secret, &err), AM_EINVALID);
        assert_null(strstr(err.msg, "cret\n"));
        assert_null(secret.user);
    }
    write_secret("cp\nsec\0ret\n", 11);
    assert_int_equal(am_caldav_secret_read(secret_path, &secret, NULL), AM_EINVALID);
    memset(large, 'a', sizeof large);
    write_secret(large, sizeof large);
    assert_int_equal(am_caldav_secret_read(secret_path, &secret, NULL), AM_EINVALID);
    assert_int_equal(am_caldav_secret_read("/nowhere/at/all", &secret, NULL), AM_EIO);
    assert_int_equal(am_caldav_secret_read("/tmp", &secret, NULL), AM_EINVALID);
}

static void a_file_that_others_can_read_is_refused(void **state)
{
    static const mode_t modes[] = {0640, 0604, 0620, 0602, 0610};
    struct am_caldav_secret secret;
    (void)state;
    write_secret("cp\nsecret\n", 10);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct am_err err = {0};
        assert_int_equal(chmod(secret_path, modes[i]), 0);
        assert_int_equal(am_caldav_secret_read(secret_path, &secret, &err), AM_EINVALID);
        assert_non_null(strstr(err.msg, "chmod 600"));
    }
    assert_int_equal(chmod(secret_path, 0400), 0);
    assert_int_equal(am_caldav_secret_read(secret_path, &secret, NULL), AM_OK);
    am_caldav_secret_release(&secret);
}

static void the_environment_has_both_or_none(void **state)
{
    struct am_caldav_secret secret;
    (void)state;
    assert_int_equal(unsetenv(AM_CALDAV_USER) | unsetenv(AM_CALDAV_PASSWORD), 0);
    assert_int_equal(am_caldav_secret_read(NULL, &secret, NULL), AM_OK);
    assert_null(secret.user);
    assert_int_equal(setenv(AM_CALDAV_USER, "cp", 1), 0);
    assert_int_equal(am_caldav_secret_read(NULL, &secret, NULL), AM_EINVALID);
    assert_int_equal(setenv(AM_CALDAV_PASSWORD, "secret", 1), 0);
    assert_int_equal(am_caldav_secret_read(NULL, &secret, NULL), AM_OK);
    assert_string_equal(secret.password, "secret");
    am_caldav_secret_release(&secret);
    assert_int_equal(unsetenv(AM_CALDAV_USER) | unsetenv(AM_CALDAV_PASSWORD), 0);
}

/* ---- answers ---- */

static am_status read_listing(const char *xml, struct am_arena *arena,
                              struct am_caldav_listing *listing, struct am_err *err)
{
    return am_caldav_listing_read(xml, strlen(xml), arena, listing, err);
}

static void resources_tags_and_the_calendar_itself_are_read(void **state)
{
    struct am_arena arena;
    struct am_caldav_listing listing;
    (void)state;
    am_arena_init(&arena);
    assert_int_equal(
        read_listing(
            "<?xml version=\"1.0\"?><multistatus xmlns=\"DAV:\" xmlns:K="
            "\"urn:ietf:params:xml:ns:caldav\">\n<response><href>\n /c/ </href><propstat>"
            "<prop><resourcetype><collection/><K:calendar/></resourcetype></prop>"
            "<status>HTTP/1.1 200 OK</status></propstat><propstat><prop><getetag>\"no\""
            "</getetag></prop><status>HTTP/1.1 404 Not Found</status></propstat></response>"
            "<x:odd xmlns:x=\"odd:\"><href>/not/this</href></x:odd>"
            "<response><href>/c/a.ics</href><propstat><status>HTTP/1.1 200 OK</status>"
            "<prop><getetag>&quot;a&amp;1&quot;</getetag></prop></propstat></response>"
            "<response><href>/c/b.ics</href><status>HTTP/1.1 404 Gone</status></response>"
            "</multistatus>",
            &arena, &listing, NULL),
        AM_OK);
    assert_int_equal(listing.count, 3);
    assert_string_equal(listing.resources[0].href, "/c/");
    assert_true(listing.resources[0].is_calendar);
    assert_string_equal(listing.resources[0].etag, "");
    assert_string_equal(listing.resources[1].etag, "\"a&1\"");
    assert_false(listing.resources[1].is_calendar);
    assert_false(listing.resources[1].missing);
    assert_true(listing.resources[2].missing);
    am_arena_release(&arena);
}

static void what_is_no_such_answer_is_refused(void **state)
{
    static char deep[2000], longest[20000];
    static const char *wrong[] = {
        "",
        "<html><body>Sign in</body></html>",
        "<multistatus xmlns=\"DAV:\">",
        "<multistatus xmlns=\"DAV:\"><response></multistatus>",
        "<multistatus/>",
        "<!DOCTYPE m><multistatus xmlns=\"DAV:\"/>",
        "<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        "<multistatus xmlns=\"DAV:\"><response><href>&b;</href></response></multistatus>",
        "<!DOCTYPE m [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
        "<multistatus xmlns=\"DAV:\"><response><href>&a;</href></response></multistatus>",
        "<multistatus xmlns=\"DAV:\"><response><href>&undeclared;</href></response></multistatus>",
        deep,
        longest};
    struct am_arena arena;
    struct am_caldav_listing listing;
    (void)state;
    (void)snprintf(deep, sizeof deep, "<multistatus xmlns=\"DAV:\">");
    for (int i = 0; i < 100; i++)
        memcpy(deep + strlen(deep), "<a>", 4);
    (void)snprintf(longest, sizeof longest,
                   "<multistatus xmlns=\"DAV:\"><response><href>/%018000d</href></response>"
                   "</multistatus>",
                   7);
    am_arena_init(&arena);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct am_err err = {0};
        assert_int_equal(read_listing(wrong[i], &arena, &listing, &err), AM_EPARSE);
        assert_true(*err.msg != '\0');
    }
    am_arena_release(&arena);
}

static void a_listing_without_memory_fails_cleanly(void **state)
{
    static const char xml[] =
        "<multistatus xmlns=\"DAV:\"><response><href>/a</href><propstat><prop>"
        "<getetag>b</getetag></prop><status>HTTP/1.1 200 OK</status>"
        "</propstat></response></multistatus>";
    am_status status = AM_ENOMEM;
    int failures = 0;
    (void)state;
    for (long limit = 1; status == AM_ENOMEM; limit++) {
        struct am_arena arena;
        struct am_caldav_listing listing;
        am_arena_init(&arena);
        arena.limit = limit;
        status = read_listing(xml, &arena, &listing, NULL);
        failures += status == AM_ENOMEM;
        am_arena_release(&arena);
    }
    assert_int_equal(status, AM_OK);
    assert_true(failures >= 3);
}

/* ---- the ledger ---- */

static const char hash[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static void put(struct am_caldav_ledger *ledger, const char *uid, const char *etag)
{
    struct am_caldav_entry entry = {uid, "n.ics", etag, hash};
    assert_int_equal(am_caldav_ledger_put(ledger, &entry, NULL), AM_OK);
}

static void write_ledger(struct am_arena *arena)
{
    struct am_caldav_ledger ledger;
    am_caldav_ledger_init(&ledger, arena, "https://example.org/c/");
    put(&ledger, "b", "\"2\"");
    put(&ledger, "a", "");
    put(&ledger, "c", "\"odd tag\"");
    put(&ledger, "b", "\"3\"");
    am_caldav_ledger_remove(&ledger, "none");
    assert_int_equal(am_caldav_ledger_write(&ledger, secret_path, NULL), AM_OK);
}

static am_status read_ledger(struct am_arena *arena, struct am_caldav_ledger *ledger,
                             const char *url, bool *damaged, struct am_err *err)
{
    bool missing;
    am_caldav_ledger_init(ledger, arena, url);
    am_status status = am_caldav_ledger_read(ledger, secret_path, &missing, damaged, err);
    assert_false(missing);
    return status;
}

static void a_ledger_comes_back_as_it_was(void **state)
{
    struct am_arena arena;
    struct am_caldav_ledger ledger;
    bool damaged;
    (void)state;
    am_arena_init(&arena);
    write_ledger(&arena);
    assert_int_equal(read_ledger(&arena, &ledger, "https://example.org/c/", &damaged, NULL), AM_OK);
    assert_false(damaged);
    assert_int_equal(ledger.count, 3);
    assert_string_equal(ledger.entries[0].uid, "a");
    assert_string_equal(ledger.entries[0].etag, "");
    assert_string_equal(am_caldav_ledger_find(&ledger, "b")->etag, "\"3\"");
    assert_string_equal(am_caldav_ledger_find(&ledger, "c")->etag, "\"odd tag\"");
    assert_string_equal(am_caldav_ledger_find(&ledger, "c")->hash, hash);
    am_caldav_ledger_remove(&ledger, "b");
    assert_null(am_caldav_ledger_find(&ledger, "b"));
    assert_int_equal(ledger.count, 2);
    am_arena_release(&arena);
}

static void any_damage_to_a_ledger_is_seen(void **state)
{
    struct am_arena arena;
    struct am_caldav_ledger ledger;
    char *bytes;
    size_t size;
    bool damaged;
    (void)state;
    am_arena_init(&arena);
    write_ledger(&arena);
    assert_int_equal(am_read_file(secret_path, 100000, &bytes, &size, NULL), AM_OK);
    for (size_t at = 0; at < size; at++) {
        bytes[at] = (char)(bytes[at] ^ 1);
        write_secret(bytes, size);
        bytes[at] = (char)(bytes[at] ^ 1);
        assert_int_equal(read_ledger(&arena, &ledger, "https://example.org/c/", &damaged, NULL),
                         AM_OK);
        assert_true(damaged);
        assert_int_equal(ledger.count, 0);
        write_secret(bytes, at); /* cut short */
        assert_int_equal(read_ledger(&arena, &ledger, "https://example.org/c/", &damaged, NULL),
                         AM_OK);
        assert_true(damaged);
    }
    write_secret(bytes, size);
    assert_int_equal(read_ledger(&arena, &ledger, "https://example.org/other/", &damaged, NULL),
                     AM_OK);
    assert_true(damaged);
    free(bytes);
    am_arena_release(&arena);
}

static void a_ledger_of_a_newer_version_is_left_alone(void **state)
{
    static const char newer[] = "amends-caldav-ledger/2\nx\n";
    struct am_arena arena;
    struct am_caldav_ledger ledger;
    struct am_digest digest;
    char sum[AM_DIGEST_TEXT], text[200];
    struct am_err err = {0};
    bool damaged;
    (void)state;
    am_digest_init(&digest);
    am_digest_add(&digest, newer, strlen(newer));
    am_digest_finish(&digest, sum);
    (void)snprintf(text, sizeof text, "%s%s\n", newer, sum);
    write_secret(text, strlen(text));
    am_arena_init(&arena);
    assert_int_equal(read_ledger(&arena, &ledger, "x", &damaged, &err), AM_EINVALID);
    assert_non_null(strstr(err.msg, "newer version"));
    am_arena_release(&arena);
}

/* ---- patience ---- */

struct script {
    int statuses[8];
    int32_t wait_s;
    int at, paused;
    int32_t pauses[8];
};

static am_status scripted(void *context, const struct am_caldav_request *request,
                          struct am_caldav_reply *reply, struct am_err *err)
{
    struct script *script = context;
    (void)request;
    (void)err;
    reply->status = script->statuses[script->at++];
    reply->passing = reply->status == 0;
    reply->wait_s = script->wait_s;
    return AM_OK;
}

static void remember_pause(void *context, int32_t seconds)
{
    struct script *script = context;
    script->pauses[script->paused++] = seconds;
}

static int ask_scripted(struct script *script)
{
    struct am_caldav_session session = {{scripted, script}, 3, remember_pause, script, NULL};
    struct am_caldav_request request = {.method = "PUT", .url = "x"};
    struct am_caldav_reply reply;
    assert_int_equal(am_caldav_ask(&session, &request, &reply, NULL), AM_OK);
    return reply.status;
}

static void what_passes_is_asked_again_after_longer_and_longer(void **state)
{
    struct script script = {.statuses = {503, 0, 429, 201}};
    (void)state;
    assert_int_equal(ask_scripted(&script), 201);
    assert_int_equal(script.paused, 3);
    assert_int_equal(script.pauses[0], 1);
    assert_int_equal(script.pauses[1], 2);
    assert_int_equal(script.pauses[2], 4);
}

static void patience_ends(void **state)
{
    struct script script = {.statuses = {503, 503, 503, 503, 201}};
    (void)state;
    assert_int_equal(ask_scripted(&script), 503);
    assert_int_equal(script.at, 4);
}

static void the_server_says_how_long_to_wait_within_reason(void **state)
{
    struct script patient = {.statuses = {503, 201}, .wait_s = 17};
    struct script hopeless = {.statuses = {503, 201}, .wait_s = AM_CALDAV_WAIT_MOST_S + 1};
    (void)state;
    assert_int_equal(ask_scripted(&patient), 201);
    assert_int_equal(patient.pauses[0], 17);
    assert_int_equal(ask_scripted(&hopeless), 503);
    assert_int_equal(hopeless.paused, 0);
}

static void what_is_refused_is_not_asked_again(void **state)
{
    static const int statuses[] = {200, 301, 400, 401, 403, 404, 409, 412, 500, 501, 507};
    (void)state;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        struct script script = {.statuses = {statuses[i], 201}};
        assert_int_equal(ask_scripted(&script), statuses[i]);
    }
}

/* ---- labels ---- */

static void an_event_is_named_by_start_and_summary(void **state)
{
    static const char ics[] =
        "BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Europe/London:"
        "20260302T093000\r\nSUMMARY:Canal\\, path\\; on\\n e si\r\n de\x1b[31m"
        "\r\nEND:VEVENT\r\n";
    struct am_feed_event event = {.ics = ics, .size = sizeof ics - 1};
    struct am_feed_event bare = {.ics = "BEGIN:VEVENT\r\nEND:VEVENT\r\n", .size = 26};
    struct am_text text = {0};
    (void)state;
    am_caldav_put_label(&event, &text);
    assert_string_equal(am_text_string(&text), "2026-03-02 09:30 Canal, path; on  e side[31m");
    am_text_clear(&text);
    am_caldav_put_label(&bare, &text);
    assert_int_equal(text.size, 0);
    am_text_release(&text);
}

#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, make_secret, remove_secret)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(https_and_this_computer_are_reached),
        cmocka_unit_test(anything_else_is_refused_without_telling_a_password_again),
        cmocka_unit_test(a_redirection_is_followed_on_the_same_server_alone),
        cmocka_unit_test(the_name_of_a_resource_has_no_way_out),
        WITH_FILE(a_file_has_a_line_each),
        WITH_FILE(a_file_that_lacks_something_is_refused),
        WITH_FILE(a_file_that_others_can_read_is_refused),
        cmocka_unit_test(the_environment_has_both_or_none),
        cmocka_unit_test(resources_tags_and_the_calendar_itself_are_read),
        cmocka_unit_test(what_is_no_such_answer_is_refused),
        cmocka_unit_test(a_listing_without_memory_fails_cleanly),
        WITH_FILE(a_ledger_comes_back_as_it_was),
        WITH_FILE(any_damage_to_a_ledger_is_seen),
        WITH_FILE(a_ledger_of_a_newer_version_is_left_alone),
        cmocka_unit_test(what_passes_is_asked_again_after_longer_and_longer),
        cmocka_unit_test(patience_ends),
        cmocka_unit_test(the_server_says_how_long_to_wait_within_reason),
        cmocka_unit_test(what_is_refused_is_not_asked_again),
        cmocka_unit_test(an_event_is_named_by_start_and_summary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
