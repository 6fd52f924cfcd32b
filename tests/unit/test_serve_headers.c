/* If-None-Match and Accept-Encoding, well and badly written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish/serve_headers.h"

static void a_tag_is_found_anywhere_in_a_list_strong_or_weak(void **state)
{
    (void)state;
    assert_true(am_serve_etag_listed("\"ab\"", "\"ab\""));
    assert_true(am_serve_etag_listed("  W/\"ab\" ", "\"ab\""));
    assert_true(am_serve_etag_listed("\"x\", W/\"y\" ,\"ab\"", "\"ab\""));
    assert_true(am_serve_etag_listed("\"x,\",,\t\"ab\"", "\"ab\""));
    assert_true(am_serve_etag_listed(" * ", "\"ab\""));
}

static void another_tag_is_not_found(void **state)
{
    (void)state;
    assert_false(am_serve_etag_listed(NULL, "\"ab\""));
    assert_false(am_serve_etag_listed("", "\"ab\""));
    assert_false(am_serve_etag_listed("\"abc\"", "\"ab\""));
    assert_false(am_serve_etag_listed("\"a\"", "\"ab\""));
    assert_false(am_serve_etag_listed("\"AB\"", "\"ab\""));
    assert_false(am_serve_etag_listed("\"x, \" \"", "\"x\""));
}

static void a_malformed_list_finds_nothing_beyond_its_fault(void **state)
{
    (void)state;
    assert_false(am_serve_etag_listed("ab", "\"ab\""));
    assert_false(am_serve_etag_listed("\"ab", "\"ab\""));
    assert_false(am_serve_etag_listed("x, \"ab\"", "\"ab\""));
    assert_false(am_serve_etag_listed("w/\"ab\"", "\"ab\""));
    assert_false(am_serve_etag_listed("*, \"ab\"", "\"ab\""));
    assert_true(am_serve_etag_listed("\"ab\" x", "\"ab\""));
}

static void gzip_is_taken_by_its_names_and_by_the_star(void **state)
{
    (void)state;
    assert_true(am_serve_takes_gzip("gzip"));
    assert_true(am_serve_takes_gzip("deflate, gzip;q=1.0, *;q=0.5"));
    assert_true(am_serve_takes_gzip("br , X-GZIP"));
    assert_true(am_serve_takes_gzip("GZip ; q=0.001"));
    assert_true(am_serve_takes_gzip("*"));
    assert_true(am_serve_takes_gzip("identity, *;q=0.1"));
}

static void gzip_is_refused_by_weight_zero_and_by_silence(void **state)
{
    (void)state;
    assert_false(am_serve_takes_gzip(NULL));
    assert_false(am_serve_takes_gzip(""));
    assert_false(am_serve_takes_gzip("identity"));
    assert_false(am_serve_takes_gzip("gzip;q=0"));
    assert_false(am_serve_takes_gzip("gzip; q=0.000, *"));
    assert_false(am_serve_takes_gzip("*;q=0"));
    assert_false(am_serve_takes_gzip("gzipped, notgzip"));
    assert_false(am_serve_takes_gzip(";;,,;"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tag_is_found_anywhere_in_a_list_strong_or_weak),
        cmocka_unit_test(another_tag_is_not_found),
        cmocka_unit_test(a_malformed_list_finds_nothing_beyond_its_fault),
        cmocka_unit_test(gzip_is_taken_by_its_names_and_by_the_star),
        cmocka_unit_test(gzip_is_refused_by_weight_zero_and_by_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
