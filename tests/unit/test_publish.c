/* Events and feeds as they are published: read, marked, merged week by week. */
#include "publish/event_text.h"
#include "publish/feed_parts.h"
#include "publish/gzip.h"
#include "publish/merge.h"
#include "publish/store.h"
#include "publish/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

enum { DAY = 86400 };

static struct am_arena arena;
static struct am_err err;

/* The days that the roster speaks of: the week of Monday 2 March 2026. */
static const int64_t monday = INT64_C(20514) * DAY;

static int set_up(void **state)
{
    (void)state;
    am_arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    am_arena_release(&arena);
    return 0;
}

/* The bytes of an event on a day of March 2026, at 09:30. */
static const char *ics(const char *uid, int day, const char *summary, int sequence, int revised)
{
    char text[1024];
    (void)snprintf(text, sizeof text,
                   "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:202602%02dT000000Z\r\n"
                   "LAST-MODIFIED:202602%02dT000000Z\r\nSEQUENCE:%d\r\n"
                   "DTSTART;TZID=Europe/London:202603%02dT093000\r\n"
                   "DTEND;TZID=Europe/London:202603%02dT163000\r\nSUMMARY:%s\r\n"
                   "LOCATION:Depot\r\nDESCRIPTION:3 booked.\\nX100001\r\n and a fold\r\n"
                   "STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\n",
                   uid, revised, revised, sequence, day, day, summary);
    const char *copy = am_arena_strdup(&arena, text);
    assert_non_null(copy);
    return copy;
}

static struct am_feed_event event_of(const char *text)
{
    struct am_feed_event event;
    assert_int_equal(am_event_read(text, strlen(text), &arena, &event, &err), AM_OK);
    return event;
}

static const char *kept(struct am_text *text)
{
    assert_int_equal(am_text_status(text, &err), AM_OK);
    const char *copy = am_arena_strdup(&arena, am_text_string(text));
    am_text_release(text);
    return copy;
}

/* ---- one event ---- */

static void an_event_tells_what_it_is(void **state)
{
    struct am_feed_event event = event_of(ics("u-1", 2, "Park: 3 people", 4, 20));
    (void)state;
    assert_string_equal(event.uid, "u-1");
    assert_int_equal(event.sequence, 4);
    assert_int_equal(event.start, monday + 570 * 60);
    assert_int_equal(event.end, monday + 990 * 60);
    assert_false(event.cancelled);
}

static void times_are_those_of_london(void **state)
{
    struct am_feed_event event = event_of(ics("u-1", 30, "Park", 0, 20));
    (void)state;
    assert_int_equal(event.start, monday + 28 * DAY + 510 * 60);
}

static void the_hash_looks_past_stamps_alone(void **state)
{
    struct am_feed_event a = event_of(ics("u-1", 2, "Park: 3 people", 0, 20));
    struct am_feed_event b = event_of(ics("u-1", 2, "Park: 3 people", 7, 26));
    struct am_feed_event c = event_of(ics("u-1", 2, "Park: 4 people", 0, 20));
    (void)state;
    assert_string_equal(a.hash, b.hash);
    assert_string_not_equal(a.hash, c.hash);
}

static void an_event_without_what_we_write_is_refused(void **state)
{
    static const char *const needed[] = {"UID:", "SEQUENCE:", "LAST-MODIFIED:", "DTSTART;",
                                         "DTEND;"};
    (void)state;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        char text[1024];
        struct am_feed_event event;
        (void)snprintf(text, sizeof text, "%s", ics("u-1", 2, "Park", 0, 20));
        char *at = strstr(text, needed[i]);
        assert_non_null(at);
        *at = 'X';
        assert_int_equal(am_event_read(text, strlen(text), &arena, &event, &err), AM_EPARSE);
    }
}

static void a_stamped_event_differs_in_its_stamps_alone(void **state)
{
    struct am_feed_event event = event_of(ics("u-1", 2, "Park: 3 people", 0, 20));
    struct am_text text = {0};
    (void)state;
    am_event_put_stamped(&event, 7, INT64_C(20510) * DAY, &text);
    assert_string_equal(kept(&text), ics("u-1", 2, "Park: 3 people", 7, 26));
}

static const char *tombstone(const char *summary)
{
    struct am_feed_event event = event_of(ics("u-1", 2, summary, 0, 20));
    struct am_text text = {0};
    am_event_put_tombstone(&event, &text);
    return kept(&text);
}

static void a_tombstone_says_that_it_is_off_and_nothing_of_people(void **state)
{
    const char *text = tombstone("Park (PARK): 12 people");
    (void)state;
    assert_non_null(strstr(text, "\r\nSUMMARY:CANCELLED: Park (PARK)\r\n"));
    assert_non_null(strstr(text, "\r\nSTATUS:CANCELLED\r\n"));
    assert_non_null(strstr(text, "\r\nTRANSP:TRANSPARENT\r\n"));
    assert_non_null(strstr(text, "\r\nLOCATION:Depot\r\n"));
    assert_non_null(strstr(text, "\r\nUID:u-1\r\n"));
    assert_null(strstr(text, "X100001"));
    assert_null(strstr(text, "fold"));
    assert_true(event_of(text).cancelled);
}

static void only_a_number_of_people_goes_from_a_summary(void **state)
{
    (void)state;
    assert_non_null(strstr(tombstone("Park: 1 person"), "CANCELLED: Park\r\n"));
    assert_non_null(strstr(tombstone("Help for people"), "CANCELLED: Help for people\r\n"));
    assert_non_null(strstr(tombstone("Lunch for 20 people"), "CANCELLED: Lunch for 20 people\r\n"));
    assert_non_null(strstr(tombstone("Appointment"), "CANCELLED: Appointment\r\n"));
    assert_non_null(strstr(tombstone(": 3 people"), "CANCELLED: : 3 people\r\n"));
}

static void a_long_summary_is_folded_again(void **state)
{
    char summary[600];
    (void)state;
    for (int length = 1; length < 300; length++) {
        memset(summary, 'a', (size_t)length);
        (void)snprintf(summary + length, sizeof summary - (size_t)length, ": 3 people");
        const char *text = tombstone(summary);
        size_t line = 0;
        for (const char *at = text; *at; at++) {
            line = *at == '\n' ? 0 : line + 1;
            assert_true(line <= 76); /* 75 and the CR */
        }
        assert_int_equal(event_of(text).sequence, 0);
    }
}

static void a_reminder_goes_with_the_event(void **state)
{
    struct am_text text = {0};
    char with_alarm[2048];
    const char *plain = ics("u-1", 2, "Park", 0, 20), *end = strstr(plain, "END:VEVENT");
    (void)state;
    (void)snprintf(with_alarm, sizeof with_alarm,
                   "%.*sBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT60M\r\nEND:VALARM\r\n%s",
                   (int)(end - plain), plain, end);
    struct am_feed_event event = event_of(with_alarm);
    am_event_put_tombstone(&event, &text);
    const char *buried = kept(&text);
    assert_null(strstr(buried, "VALARM"));
    assert_null(strstr(buried, "TRIGGER"));
    assert_non_null(strstr(buried, "CLASS:PRIVATE\r\nEND:VEVENT\r\n"));
}

/* ---- a feed ---- */

#define ID "0a0a0a0a-0b0b-8c0c-8d0d-0e0e0e0e0e0e"
static const char head[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\n"
                           "TZID:Europe/London\r\nEND:VTIMEZONE\r\n";

static const char *feed_text(void)
{
    struct am_text text = {0};
    am_feed_put_head(head, sizeof head - 1, ID, &text);
    am_text_add(&text, ics("u-1", 2, "Park", 0, 20));
    am_text_add(&text, ics("u-2", 3, "Shop", 0, 20));
    am_feed_put_end(&text);
    return kept(&text);
}

static void a_feed_reads_back(void **state)
{
    const char *text = feed_text();
    struct am_feed feed;
    (void)state;
    assert_int_equal(am_feed_parse(text, strlen(text), &arena, &feed, &err), AM_OK);
    assert_string_equal(feed.id, ID);
    assert_int_equal(feed.event_count, 2);
    assert_string_equal(feed.events[1].uid, "u-2");
    assert_int_equal(feed.size, strlen(text));
    assert_memory_equal(feed.head, text, feed.size);
}

static void a_feed_cut_short_anywhere_is_refused(void **state)
{
    const char *text = feed_text();
    struct am_feed feed;
    (void)state;
    for (size_t size = 0; size < strlen(text); size++)
        assert_int_equal(am_feed_parse(text, size, &arena, &feed, &err), AM_EPARSE);
}

/* Two events between the head and the end. */
static am_status parse_two(const char *one, const char *other)
{
    struct am_text text = {0};
    struct am_feed feed;
    am_feed_put_head(head, sizeof head - 1, ID, &text);
    am_text_add(&text, one);
    am_text_add(&text, other);
    am_feed_put_end(&text);
    const char *whole = kept(&text);
    return am_feed_parse(whole, strlen(whole), &arena, &feed, &err);
}

static void events_out_of_order_or_twice_are_not_ours(void **state)
{
    (void)state;
    assert_int_equal(parse_two(ics("u-1", 2, "A", 0, 20), ics("u-2", 2, "B", 0, 20)), AM_OK);
    assert_int_equal(parse_two(ics("u-2", 2, "A", 0, 20), ics("u-1", 2, "B", 0, 20)), AM_EPARSE);
    assert_int_equal(parse_two(ics("u-1", 3, "A", 0, 20), ics("u-2", 2, "B", 0, 20)), AM_EPARSE);
    assert_int_equal(parse_two(ics("u-1", 2, "A", 0, 20), ics("u-1", 3, "B", 0, 20)), AM_EPARSE);
}

static void an_event_alone_is_a_calendar_with_the_zone(void **state)
{
    const char *text = feed_text();
    struct am_feed feed, alone;
    struct am_text resource = {0};
    (void)state;
    assert_int_equal(am_feed_parse(text, strlen(text), &arena, &feed, &err), AM_OK);
    am_feed_put_event(&feed, 1, &resource);
    const char *bytes = kept(&resource);
    assert_non_null(strstr(bytes, "TZID:Europe/London\r\nEND:VTIMEZONE"));
    assert_int_equal(am_feed_parse(bytes, strlen(bytes), &arena, &alone, &err), AM_OK);
    assert_int_equal(alone.event_count, 1);
    assert_string_equal(alone.events[0].uid, "u-2");
}

/* ---- merging ---- */

/* What a feed held and what was known of it: from turn to turn. */
static struct am_merged merged;

/* The feed after a roster with these events, at a day of March (or, below
 * zero, before it), for the week from a day of March on. */
static void merge_week(int now_day, int from_day, const char *const *fresh)
{
    static struct am_feed_event events[8];
    int count = 0;
    for (; fresh[count]; count++)
        events[count] = event_of(fresh[count]);
    const struct am_merge merge = {.now = monday + (int64_t)(now_day - 2) * DAY,
                                   .from = monday + (int64_t)(from_day - 2) * DAY,
                                   .to = monday + (int64_t)(from_day + 5) * DAY,
                                   .published = merged.events,
                                   .published_count = merged.event_count,
                                   .fresh = events,
                                   .fresh_count = count,
                                   .known = merged.known,
                                   .known_count = merged.known_count};
    struct am_merged after;
    assert_int_equal(am_merge_events(&merge, &arena, &after, &err), AM_OK);
    merged = after;
}

static void start_with(const char *first, const char *second)
{
    merged = (struct am_merged){0};
    merge_week(-2, 2, (const char *[]){first, second, NULL});
}

static const struct am_feed_event *find(const char *uid)
{
    for (int i = 0; i < merged.event_count; i++)
        if (strcmp(merged.events[i].uid, uid) == 0)
            return &merged.events[i];
    return NULL;
}

/* The event of a UID, which must be there. */
static struct am_feed_event the(const char *uid)
{
    const struct am_feed_event *found = find(uid);
    assert_non_null(found);
    return found ? *found : (struct am_feed_event){0};
}

static void the_same_again_is_byte_for_byte_the_same(void **state)
{
    (void)state;
    start_with(ics("a", 3, "Park", 0, 20), ics("b", 4, "Shop", 0, 20));
    struct am_merged before = merged;
    merge_week(1, 2,
               (const char *[]){ics("b", 4, "Shop", 0, 26), ics("a", 3, "Park", 0, 26), NULL});
    assert_int_equal(merged.counts.same, 2);
    assert_int_equal(merged.event_count, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(merged.events[i].size, before.events[i].size);
        assert_memory_equal(merged.events[i].ics, before.events[i].ics, before.events[i].size);
    }
}

static void a_change_raises_the_sequence_and_the_stamp(void **state)
{
    (void)state;
    start_with(ics("a", 4, "Park: 3 people", 0, 20), NULL);
    int64_t stamp = the("a").last_modified;
    merge_week(3, 2, (const char *[]){ics("a", 4, "Park: 4 people", 0, 20), NULL});
    assert_int_equal(the("a").sequence, 1);
    assert_true(the("a").last_modified > stamp);
    stamp = the("a").last_modified;
    merge_week(3, 2, (const char *[]){ics("a", 4, "Park: 5 people", 0, 20), NULL});
    assert_int_equal(the("a").sequence, 2);
    assert_int_equal(the("a").last_modified, stamp + 1);
}

static void what_is_off_is_buried_and_comes_back_under_its_uid(void **state)
{
    (void)state;
    start_with(ics("a", 5, "Park", 0, 20), ics("b", 6, "Shop", 0, 20));
    merge_week(3, 2, (const char *[]){ics("b", 6, "Shop", 0, 20), NULL});
    assert_true(the("a").cancelled);
    assert_int_equal(the("a").sequence, 1);
    assert_false(the("b").cancelled);
    merge_week(3, 2,
               (const char *[]){ics("a", 5, "Park", 0, 20), ics("b", 6, "Shop", 0, 20), NULL});
    assert_false(the("a").cancelled);
    assert_int_equal(the("a").sequence, 2);
}

static void what_is_over_or_of_other_weeks_is_left_alone(void **state)
{
    (void)state;
    start_with(ics("a", 3, "Park", 0, 20), ics("b", 6, "Shop", 0, 20));
    merge_week(4, 2, (const char *[]){NULL}); /* on Wednesday, Tuesday is over */
    assert_false(the("a").cancelled);
    assert_true(the("b").cancelled);
    start_with(ics("a", 3, "Park", 0, 20), ics("b", 6, "Shop", 0, 20));
    merge_week(1, 9, (const char *[]){NULL}); /* the roster of the week after */
    assert_false(the("a").cancelled);
    assert_false(the("b").cancelled);
}

static void a_tombstone_goes_after_seven_days_and_its_uid_is_remembered(void **state)
{
    (void)state;
    start_with(ics("a", 5, "Park", 0, 20), ics("b", 8, "Shop", 0, 20));
    merge_week(3, 2, (const char *[]){ics("b", 8, "Shop", 0, 20), NULL});
    merge_week(12, 9, (const char *[]){NULL});
    assert_non_null(find("a")); /* six days and some hours after its end */
    merge_week(13, 9, (const char *[]){NULL});
    assert_null(find("a"));
    assert_int_equal(merged.known_count, 2);
    assert_int_equal(merged.known[0].state, AM_EVENT_DROPPED);
    merge_week(13, 2,
               (const char *[]){ics("a", 5, "Park", 0, 20), ics("b", 8, "Shop", 0, 20), NULL});
    assert_int_equal(the("a").sequence, 2); /* not from 0 again */
}

static void history_goes_after_28_days_but_for_the_last_of_a_feed(void **state)
{
    (void)state;
    start_with(ics("a", 2, "Park", 0, 20), ics("b", 3, "Shop", 0, 20));
    merge_week(30, 30, (const char *[]){NULL});
    assert_int_equal(merged.event_count, 2);
    merge_week(31, 30, (const char *[]){NULL});
    assert_null(find("a"));
    assert_non_null(find("b"));
    assert_false(merged.over);
    merge_week(60, 60, (const char *[]){NULL});
    assert_int_equal(merged.event_count, 1);
    assert_non_null(find("b"));
    assert_true(merged.over);
    assert_int_equal(merged.known_count, 1);
}

static void nothing_ancient_is_added(void **state)
{
    (void)state;
    merged = (struct am_merged){0};
    merge_week(60, 2, (const char *[]){ics("a", 3, "Park", 0, 20), NULL});
    assert_int_equal(merged.event_count, 0);
}

static void what_is_published_wins_where_the_ledger_is_behind(void **state)
{
    (void)state;
    start_with(ics("a", 4, "Park: 3 people", 0, 20), NULL);
    struct am_ledger_event behind = merged.known[0];
    merge_week(3, 2, (const char *[]){ics("a", 4, "Park: 4 people", 0, 20), NULL});
    struct am_feed_event whole = merged.events[0];
    merged.known = &behind; /* as when a run was killed before its ledger was in place */
    merge_week(3, 2, (const char *[]){ics("a", 4, "Park: 4 people", 0, 20), NULL});
    assert_int_equal(merged.events[0].size, whole.size);
    assert_memory_equal(merged.events[0].ics, whole.ics, whole.size);
}

static void the_ledger_wins_where_an_old_feed_was_put_back(void **state)
{
    (void)state;
    start_with(ics("a", 4, "Park: 3 people", 0, 20), NULL);
    struct am_feed_event old = merged.events[0];
    merge_week(3, 2, (const char *[]){ics("a", 4, "Park: 4 people", 0, 20), NULL});
    merged.events = &old;
    merge_week(3, 2, (const char *[]){ics("a", 4, "Park: 5 people", 0, 20), NULL});
    assert_int_equal(the("a").sequence, 2);
}

static void every_allocation_of_a_merge_may_fail(void **state)
{
    struct am_feed_event fresh[] = {event_of(ics("a", 4, "Park", 0, 20)),
                                    event_of(ics("b", 5, "Shop", 0, 20))};
    struct am_feed_event old[] = {event_of(ics("b", 5, "Shop: 3 people", 1, 20)),
                                  event_of(ics("c", 6, "Shop", 1, 20))};
    const struct am_merge merge = {.now = monday,
                                   .from = monday,
                                   .to = monday + 7 * DAY,
                                   .published = old,
                                   .published_count = 2,
                                   .fresh = fresh,
                                   .fresh_count = 2};
    am_status status = AM_ENOMEM;
    long limit = 0;
    (void)state;
    while (status == AM_ENOMEM || status == AM_EPARSE) {
        struct am_arena scarce;
        am_arena_init(&scarce);
        scarce.limit = ++limit;
        status = am_merge_events(&merge, &scarce, &merged, &err);
        am_arena_release(&scarce);
        assert_true(limit < 100);
    }
    assert_int_equal(status, AM_OK);
    assert_true(limit > 5);
}

/* ---- tokens, gzip ---- */

static void tokens_are_long_and_never_the_same(void **state)
{
    char a[AM_TOKEN_TEXT], b[AM_TOKEN_TEXT], hash[AM_DIGEST_TEXT];
    (void)state;
    assert_int_equal(am_token_make(a, &err), AM_OK);
    assert_int_equal(am_token_make(b, &err), AM_OK);
    assert_true(am_token_is_valid(a) && am_token_is_valid(b));
    assert_string_not_equal(a, b);
    am_token_hash("abc", hash);
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void anything_but_a_token_is_none(void **state)
{
    char token[AM_TOKEN_TEXT + 1];
    (void)state;
    memset(token, 'a', sizeof token);
    token[AM_TOKEN_TEXT] = '\0';
    assert_false(am_token_is_valid(token));
    token[AM_TOKEN_TEXT - 1] = '\0';
    assert_true(am_token_is_valid(token));
    token[5] = '/';
    assert_false(am_token_is_valid(token));
    token[5] = 'A';
    assert_false(am_token_is_valid(token));
    assert_false(am_token_is_valid(""));
    assert_false(am_token_is_valid("../../../etc/passwd"));
}

static void messages_do_not_tell_tokens(void **state)
{
    char token[AM_TOKEN_TEXT], message[200];
    (void)state;
    assert_int_equal(am_token_make(token, &err), AM_OK);
    (void)snprintf(message, sizeof message, "DIR/feeds/%s.ics: cannot be read: beef", token);
    am_store_hide_tokens(message);
    assert_null(strstr(message, token));
    assert_non_null(strstr(message, "DIR/feeds/....."));
    assert_non_null(strstr(message, ".ics: cannot be read: beef"));
}

static void gzip_has_no_date_and_reads_back(void **state)
{
    static char bytes[100000], back[sizeof bytes];
    struct am_text zipped = {0}, again = {0};
    z_stream stream = {0};
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)('a' + i * i % 23);
    assert_int_equal(am_gzip(bytes, sizeof bytes, &zipped, &err), AM_OK);
    assert_int_equal(am_gzip(bytes, sizeof bytes, &again, &err), AM_OK);
    assert_int_equal(zipped.size, again.size);
    assert_memory_equal(zipped.bytes, again.bytes, again.size);
    assert_memory_equal(zipped.bytes, "\x1f\x8b\x08\x00\x00\x00\x00\x00", 8);
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = (Bytef *)zipped.bytes;
    stream.avail_in = (uInt)zipped.size;
    stream.next_out = (Bytef *)back;
    stream.avail_out = sizeof back;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, sizeof bytes);
    assert_memory_equal(back, bytes, sizeof bytes);
    (void)inflateEnd(&stream);
    am_text_release(&zipped);
    am_text_release(&again);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_event_tells_what_it_is),
        TEST(times_are_those_of_london),
        TEST(the_hash_looks_past_stamps_alone),
        TEST(an_event_without_what_we_write_is_refused),
        TEST(a_stamped_event_differs_in_its_stamps_alone),
        TEST(a_tombstone_says_that_it_is_off_and_nothing_of_people),
        TEST(only_a_number_of_people_goes_from_a_summary),
        TEST(a_long_summary_is_folded_again),
        TEST(a_reminder_goes_with_the_event),
        TEST(a_feed_reads_back),
        TEST(a_feed_cut_short_anywhere_is_refused),
        TEST(events_out_of_order_or_twice_are_not_ours),
        TEST(an_event_alone_is_a_calendar_with_the_zone),
        TEST(the_same_again_is_byte_for_byte_the_same),
        TEST(a_change_raises_the_sequence_and_the_stamp),
        TEST(what_is_off_is_buried_and_comes_back_under_its_uid),
        TEST(what_is_over_or_of_other_weeks_is_left_alone),
        TEST(a_tombstone_goes_after_seven_days_and_its_uid_is_remembered),
        TEST(history_goes_after_28_days_but_for_the_last_of_a_feed),
        TEST(nothing_ancient_is_added),
        TEST(what_is_published_wins_where_the_ledger_is_behind),
        TEST(the_ledger_wins_where_an_old_feed_was_put_back),
        TEST(every_allocation_of_a_merge_may_fail),
        TEST(tokens_are_long_and_never_the_same),
        TEST(anything_but_a_token_is_none),
        TEST(messages_do_not_tell_tokens),
        TEST(gzip_has_no_date_and_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
