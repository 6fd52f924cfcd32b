/*
 * write_events FOLDER MONDAY START < VALUES: a calendar of one supervisor, with
 * an event for each value that standard input holds (any bytes, each ended by
 * a NUL). The value is the name of its project, the address of its place, and
 * the id of its session; so it comes back in SUMMARY, LOCATION and DESCRIPTION.
 * The events are spread over the week of that Monday, and begin at that minute
 * of the day.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "io/outputs.h"
#include "tests/support/event_fixture.h"

struct input {
    char *bytes;
    size_t size, room;
    int count; /* of values */
};

static bool read_input(struct input *input)
{
    void *data = NULL;
    for (int c; (c = getchar()) != EOF;) {
        if (!am_grow(&data, &input->room, input->size + 1, 1))
            return false;
        input->bytes = data;
        input->bytes[input->size++] = (char)c;
        input->count += c == '\0';
    }
    return input->count > 0 && input->bytes[input->size - 1] == '\0';
}

static void use_values(struct event_fixture *fixture, const char *value, int start)
{
    for (int i = 0; i < fixture->caseload.session_count; i++) {
        fixture->caseload.projects[i].name = value;
        fixture->caseload.places[i].address = value;
        fixture->caseload.sessions[i].id = value;
        fixture->caseload.sessions[i].start = (int16_t)start;
        while (*value)
            value++;
        value++;
    }
}

int main(int argc, char **argv)
{
    struct input input = {0};
    struct event_fixture fixture;
    struct am_err err = {0};
    const struct am_output_options options = {.files = AM_OUTPUT_CALENDARS,
                                              .views = 1U << AM_CALENDAR_SUPERVISOR};
    am_date monday;
    int start;
    if (argc != 4 || !am_date_parse(argv[2], &monday) || !am_minute_parse(argv[3], &start) ||
        !read_input(&input)) {
        (void)fprintf(stderr, "usage: write_events FOLDER MONDAY START < VALUES\n");
        return 2;
    }
    event_fixture_init(&fixture, monday, input.count, 0);
    use_values(&fixture, input.bytes, start);
    am_status status = am_write_outputs(&fixture.context, &fixture.roster, argv[1], &options, &err);
    event_fixture_release(&fixture);
    free(input.bytes);
    if (status)
        (void)fprintf(stderr, "%s\n", err.msg);
    return status ? 1 : 0;
}
