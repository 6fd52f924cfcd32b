/* write_fixture FOLDER MONDAY DETAIL: the outputs of tests/support/output_fixture.h
 * for the week of that Monday. */
#include <stdio.h>

#include "io/outputs.h"
#include "tests/support/output_fixture.h"

int main(int argc, char **argv)
{
    static struct output_fixture fixture;
    struct am_output_options options = {.files = AM_OUTPUT_ALL};
    struct am_err err = {0};
    am_date monday;
    if (argc != 4 || !am_date_parse(argv[2], &monday) ||
        !am_detail_parse(argv[3], &options.detail)) {
        (void)fprintf(stderr, "usage: write_fixture FOLDER MONDAY DETAIL\n");
        return 2;
    }
    output_fixture_init(&fixture, monday);
    am_status status = am_write_outputs(&fixture.context, &fixture.roster, argv[1], &options, &err);
    output_fixture_release(&fixture);
    if (status)
        (void)fprintf(stderr, "%s\n", err.msg);
    return status ? 1 : 0;
}
