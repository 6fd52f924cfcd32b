/*
 * write_sheets FOLDER: registers to be printed and counted.
 *
 *   FOLDER/<n>/     one session with n people, by name, for some n
 *   FOLDER/three/   three sessions of four people
 *   FOLDER/long/    twelve people, with a place and a project of long names
 */
#include <stdio.h>

#include "io/outputs.h"
#include "tests/support/event_fixture.h"

static am_status write_one(const char *folder, const char *name, int sessions, int people,
                           const char *words)
{
    const struct am_output_options options = {.detail = AM_DETAIL_NAMES,
                                              .files = AM_OUTPUT_REGISTERS};
    struct event_fixture fixture;
    struct am_err err = {0};
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    event_fixture_init(&fixture, am_date_of(2027, 6, 7), sessions, people);
    for (int i = 0; i < sessions; i++) {
        fixture.caseload.projects[i].name = *words ? words : "Canal towpath";
        fixture.caseload.places[i].name = *words ? words : "Canal depot";
        fixture.caseload.places[i].address = "Wharf Road, Bury BL9 0AA";
    }
    am_status status = am_write_outputs(&fixture.context, &fixture.roster, path, &options, &err);
    event_fixture_release(&fixture);
    if (status)
        (void)fprintf(stderr, "%s\n", err.msg);
    return status;
}

int main(int argc, char **argv)
{
    static const char words[] =
        "St Mary\xe2\x80\x99s churchyard, the gardens of the almshouses and the lane behind "
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch \xf0\x9f\x8c\xb3 & <b>sons</b>";
    static const int sizes[] = {1, 10, 14, 17, 18, 40};
    if (argc != 2)
        return 2;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%d", sizes[i]);
        if (write_one(argv[1], name, 1, sizes[i], ""))
            return 1;
    }
    return write_one(argv[1], "three", 3, 4, "") || write_one(argv[1], "long", 1, 12, words);
}
