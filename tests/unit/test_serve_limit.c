/* How often one client may ask. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "publish/serve_limit.h"

static struct am_serve_client numbered(uint32_t number)
{
    uint8_t address[4];
    memcpy(address, &number, 4);
    return am_serve_client_ipv4(address);
}

/* Requests granted of so many at one moment. */
static int granted(struct am_serve_limit *limit, struct am_serve_client client, int count,
                   int64_t now_ms)
{
    int sum = 0;
    for (int i = 0; i < count; i++)
        sum += am_serve_limit_take(limit, client, now_ms) == 0;
    return sum;
}

static void a_minutes_worth_is_granted_at_once_and_comes_back_evenly(void **state)
{
    struct am_serve_limit *limit;
    (void)state;
    assert_int_equal(am_serve_limit_new(60, &limit, NULL), AM_OK);
    assert_int_equal(granted(limit, numbered(1), 100, 5000), 60);
    assert_int_equal(granted(limit, numbered(1), 100, 5999), 0);
    assert_int_equal(granted(limit, numbered(1), 100, 6000), 1);
    assert_int_equal(granted(limit, numbered(1), 100, 16000), 10);
    assert_int_equal(granted(limit, numbered(1), 100, 10000000), 60);
    am_serve_limit_free(limit);
}

static void who_is_refused_is_told_when_to_come_again(void **state)
{
    struct am_serve_limit *limit;
    (void)state;
    assert_int_equal(am_serve_limit_new(2, &limit, NULL), AM_OK);
    assert_int_equal(granted(limit, numbered(1), 2, 0), 2);
    int32_t wait_s = am_serve_limit_take(limit, numbered(1), 0);
    assert_int_equal(wait_s, 30);
    assert_int_equal(am_serve_limit_take(limit, numbered(1), 29500), 1);
    assert_int_equal(am_serve_limit_take(limit, numbered(1), 30000), 0);
    am_serve_limit_free(limit);
}

static void one_client_does_not_use_up_anothers(void **state)
{
    struct am_serve_limit *limit;
    (void)state;
    assert_int_equal(am_serve_limit_new(5, &limit, NULL), AM_OK);
    assert_int_equal(granted(limit, numbered(1), 9, 0), 5);
    assert_int_equal(granted(limit, numbered(2), 9, 0), 5);
    am_serve_limit_free(limit);
}

static void many_clients_are_counted_and_far_more_do_no_harm(void **state)
{
    struct am_serve_limit *limit;
    int sum = 0;
    (void)state;
    assert_int_equal(am_serve_limit_new(1, &limit, NULL), AM_OK);
    for (uint32_t i = 0; i < 1000; i++)
        sum += granted(limit, numbered(i), 2, 7);
    assert_int_equal(sum, 1000);
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(am_serve_limit_take(limit, numbered(0x10000 + i), 8), 0);
    am_serve_limit_free(limit);
}

static void without_a_limit_all_is_granted(void **state)
{
    struct am_serve_limit *limit;
    (void)state;
    assert_int_equal(am_serve_limit_new(0, &limit, NULL), AM_OK);
    assert_int_equal(granted(limit, numbered(1), 10000, 0), 10000);
    am_serve_limit_free(limit);
}

static void an_ipv6_client_counts_by_its_network_and_a_mapped_one_as_ipv4(void **state)
{
    uint8_t a[16] = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
    uint8_t b[16] = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9};
    uint8_t c[16] = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1};
    uint8_t mapped[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 7};
    const uint8_t plain[4] = {192, 0, 2, 7};
    struct am_serve_client first = am_serve_client_ipv6(a), second = am_serve_client_ipv6(b);
    struct am_serve_client third = am_serve_client_ipv6(c), fourth = am_serve_client_ipv6(mapped);
    struct am_serve_client fifth = am_serve_client_ipv4(plain);
    (void)state;
    assert_memory_equal(&first, &second, sizeof first);
    assert_memory_not_equal(&first, &third, sizeof first);
    assert_memory_equal(&fourth, &fifth, sizeof fourth);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_minutes_worth_is_granted_at_once_and_comes_back_evenly),
        cmocka_unit_test(who_is_refused_is_told_when_to_come_again),
        cmocka_unit_test(one_client_does_not_use_up_anothers),
        cmocka_unit_test(many_clients_are_counted_and_far_more_do_no_harm),
        cmocka_unit_test(without_a_limit_all_is_granted),
        cmocka_unit_test(an_ipv6_client_counts_by_its_network_and_a_mapped_one_as_ipv4),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
