/* Addresses to listen at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "publish/serve_listen.h"

static void assert_reads_as(const char *text, const char *expected, bool loopback)
{
    struct am_serve_address address;
    char again[AM_SERVE_ADDRESS_TEXT];
    assert_int_equal(am_serve_address_read(text, &address, NULL), AM_OK);
    assert_string_equal(am_serve_address_format(&address, again), expected);
    assert_int_equal(address.loopback, loopback);
}

static void numbers_are_read_and_loopback_is_known(void **state)
{
    (void)state;
    assert_reads_as("127.0.0.1:8480", "127.0.0.1:8480", true);
    assert_reads_as("127.9.9.9:0", "127.9.9.9:0", true);
    assert_reads_as("[::1]:65535", "[::1]:65535", true);
    assert_reads_as("0.0.0.0:80", "0.0.0.0:80", false);
    assert_reads_as("192.0.2.1:80", "192.0.2.1:80", false);
    assert_reads_as("[::]:80", "[::]:80", false);
    assert_reads_as("[2001:db8::1]:80", "[2001:db8::1]:80", false);
    assert_reads_as("[::ffff:127.0.0.1]:80", "[::ffff:127.0.0.1]:80", false);
}

static void anything_else_is_refused(void **state)
{
    static const char *const wrong[] = {"",
                                        "127.0.0.1",
                                        "127.0.0.1:",
                                        ":8480",
                                        "localhost:8480",
                                        "::1:8480",
                                        "[::1]",
                                        "[127.0.0.1]:80",
                                        "[::1:80",
                                        "[]:80",
                                        "1.2.3:80",
                                        "127.0.0.1:65536",
                                        "127.0.0.1:-1",
                                        "a:b",
                                        "127.0.0.1:80 ",
                                        "127.0.0.1:8x",
                                        "[::1]x:80",
                                        "127.0.0.1:999999"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct am_serve_address address;
        struct am_err err = {0};
        assert_int_equal(am_serve_address_read(wrong[i], &address, &err), AM_EINVALID);
        assert_non_null(strstr(err.msg, "127.0.0.1:8480"));
    }
}

static void port_0_becomes_a_true_one_that_is_then_taken(void **state)
{
    struct am_serve_address address;
    struct am_err err = {0};
    int first, second;
    char text[AM_SERVE_ADDRESS_TEXT];
    (void)state;
    assert_int_equal(am_serve_address_read("127.0.0.1:0", &address, NULL), AM_OK);
    assert_int_equal(am_serve_listen(&address, &first, NULL), AM_OK);
    assert_string_not_equal(am_serve_address_format(&address, text), "127.0.0.1:0");
    assert_int_equal(am_serve_listen(&address, &second, &err), AM_EIO);
    assert_non_null(strstr(err.msg, text));
    assert_int_equal(close(first), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_and_loopback_is_known),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(port_0_becomes_a_true_one_that_is_then_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
