#include "io/ledger_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/reading.h"

#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static struct am_ledger_event events[] = {
    {.uid = "u-1",
     .hash = HASH_A,
     .sequence = 3,
     .last_modified = 1772721000,
     .end = 1772800000,
     .state = AM_EVENT_LIVE},
    {.uid = "u-2",
     .hash = HASH_B,
     .last_modified = 1772721000,
     .end = 1772900000,
     .state = AM_EVENT_DROPPED},
};
static struct am_ledger_feed feeds[] = {
    {.id = "f-1", .name = "team", .token_hash = HASH_B, .events = events, .event_count = 2},
    {.id = "f-2", .name = "supervisor:S\"1, Ŵ", .revoked = true},
};
static const struct am_ledger ledger = {
    .now = 1772721000, .key = HASH_A, .feeds = feeds, .feed_count = 2};

/* The ledger above as text, after somebody changed it. */
static struct am_text text_of(const char *from, const char *to)
{
    struct am_text text = {0}, changed = {0};
    struct am_err err;
    assert_int_equal(am_ledger_json(&ledger, &text, &err), AM_OK);
    const char *at = from ? strstr(am_text_string(&text), from) : NULL;
    if (!from)
        return text;
    assert_non_null(at);
    am_text_bytes(&changed, text.bytes, (size_t)(at - text.bytes));
    am_text_add(&changed, to);
    am_text_add(&changed, at + strlen(from));
    am_text_release(&text);
    return changed;
}

static am_status read_text(const struct am_text *text, struct am_arena *arena,
                           struct am_ledger *read, struct am_err *err)
{
    return am_ledger_read(read, reading_scratch("ledger.json", am_text_string(text)), arena, err);
}

static void it_reads_back_as_it_was_written(void **state)
{
    struct am_text text = text_of(NULL, NULL);
    struct am_ledger read;
    struct am_arena arena;
    struct am_err err;
    (void)state;
    am_arena_init(&arena);
    assert_int_equal(read_text(&text, &arena, &read, &err), AM_OK);
    assert_int_equal(read.now, ledger.now);
    assert_string_equal(read.key, ledger.key);
    assert_int_equal(read.feed_count, 2);
    assert_string_equal(read.feeds[1].name, feeds[1].name);
    assert_true(read.feeds[1].revoked);
    assert_string_equal(read.feeds[1].token_hash, "");
    assert_int_equal(read.feeds[0].event_count, 2);
    assert_string_equal(read.feeds[0].token_hash, HASH_B);
    assert_int_equal(read.feeds[0].events[0].sequence, 3);
    assert_int_equal(read.feeds[0].events[0].end, 1772800000);
    assert_int_equal(read.feeds[0].events[1].state, AM_EVENT_DROPPED);
    assert_string_equal(read.feeds[0].events[1].hash, HASH_B);
    am_text_release(&text);
    am_arena_release(&arena);
}

static void expect(const char *from, const char *to, am_status status, const char *says)
{
    struct am_text text = text_of(from, to);
    struct am_ledger read;
    struct am_arena arena;
    struct am_err err = {.msg = ""};
    am_arena_init(&arena);
    assert_int_equal(read_text(&text, &arena, &read, &err), status);
    assert_non_null(strstr(err.msg, says));
    am_text_release(&text);
    am_arena_release(&arena);
}

static void any_byte_that_was_changed_is_noticed(void **state)
{
    struct am_text text = text_of(NULL, NULL);
    struct am_arena arena;
    struct am_ledger read;
    struct am_err err;
    (void)state;
    am_arena_init(&arena);
    for (size_t i = 0; i < text.size; i++) {
        char kept = text.bytes[i];
        text.bytes[i] = kept == 'x' ? 'y' : 'x';
        am_status status = read_text(&text, &arena, &read, &err);
        assert_int_equal(status, AM_EPARSE);
        text.bytes[i] = kept;
    }
    am_text_release(&text);
    am_arena_release(&arena);
}

static void one_cut_short_is_noticed(void **state)
{
    struct am_text text = text_of(NULL, NULL);
    struct am_arena arena;
    struct am_ledger read;
    struct am_err err;
    (void)state;
    am_arena_init(&arena);
    for (size_t i = 0; i < text.size; i++) {
        char kept = text.bytes[i];
        text.bytes[i] = '\0';
        assert_int_equal(read_text(&text, &arena, &read, &err), AM_EPARSE);
        text.bytes[i] = kept;
    }
    am_text_release(&text);
    am_arena_release(&arena);
}

static void a_newer_version_is_told_from_damage(void **state)
{
    (void)state;
    expect("amends-ledger/1", "amends-ledger/2", AM_EINVALID, "newer version");
    expect("amends-ledger/1", "amends-ledger/10", AM_EINVALID, "amends-ledger/10");
    expect("amends-ledger/1", "amends-ledger/x", AM_EPARSE, "checksum");
}

static void a_file_that_is_not_there_is_an_error_of_reading(void **state)
{
    struct am_arena arena;
    struct am_ledger read;
    struct am_err err;
    (void)state;
    am_arena_init(&arena);
    assert_int_equal(am_ledger_read(&read, "/nowhere/ledger.json", &arena, &err), AM_EIO);
    am_arena_release(&arena);
}

static void every_allocation_may_fail(void **state)
{
    struct am_text text = text_of(NULL, NULL);
    am_status status = AM_ENOMEM;
    long limit = 0;
    (void)state;
    while (status == AM_ENOMEM) {
        struct am_arena arena;
        struct am_ledger read;
        struct am_err err;
        am_arena_init(&arena);
        arena.limit = ++limit;
        status = read_text(&text, &arena, &read, &err);
        am_arena_release(&arena);
    }
    assert_int_equal(status, AM_OK);
    assert_true(limit > 5);
    am_text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_reads_back_as_it_was_written),
        cmocka_unit_test(any_byte_that_was_changed_is_noticed),
        cmocka_unit_test(one_cut_short_is_noticed),
        cmocka_unit_test(a_newer_version_is_told_from_damage),
        cmocka_unit_test(a_file_that_is_not_there_is_an_error_of_reading),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
