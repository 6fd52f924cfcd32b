#include <errno.h>
#include <inttypes.h>
#include <limits.h>

#include "benchmarks/gen.h"

enum { PEOPLE_MIN = 20, PEOPLE_MAX = GEN_REGION_COUNT * GEN_REGION_PEOPLE, AS_OF_DAYS_BEFORE = 4 };

static const char usage[] =
    "usage: gen --people N --seed S [--weeks W] [--supervisors PERCENT | --no-supervisors] "
    "[--plant]\n"
    "           [-o FILE]\n"
    "Writes a made-up caseload of N (20 to 50000) people; the same options give the same bytes.\n"
    "  --weeks W              weeks of the window, 1 to 8 (default 1)\n"
    "  --supervisors PERCENT  of the usual number, 10 to 400 (default 100)\n"
    "  --no-supervisors       no session is supervised, and nobody demands a supervisor\n"
    "  --plant                a caseload whose optimum is known: x-planted tells it\n"
    "  -o FILE                write there, not to the standard output\n";

static bool number_in(const char *text, int64_t low, int64_t high, int64_t *value)
{
    char *end = NULL;
    errno = 0;
    long long parsed = text == NULL ? 0 : strtoll(text, &end, 10);
    if (text == NULL || errno != 0 || end == text || *end != '\0' || parsed < low || parsed > high)
        return false;
    *value = parsed;
    return true;
}

static bool number_option(struct gen_options *options, const char *name, const char *text)
{
    int64_t value = 0;
    if (strcmp(name, "--people") == 0 && number_in(text, PEOPLE_MIN, PEOPLE_MAX, &value))
        options->people = (int)value;
    else if (strcmp(name, "--seed") == 0 && number_in(text, 0, INT64_MAX, &value))
        options->seed = (uint64_t)value;
    else if (strcmp(name, "--weeks") == 0 && number_in(text, 1, 8, &value))
        options->weeks = (int)value;
    else if (strcmp(name, "--supervisors") == 0 && number_in(text, 10, 400, &value))
        options->supervisors_percent = (int)value;
    else
        return false;
    return true;
}

static bool parse(int argc, char **argv, struct gen_options *options)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--plant") == 0) {
            options->plant = true;
            continue;
        }
        if (strcmp(argv[i], "--no-supervisors") == 0) {
            options->supervisors_percent = 0;
            continue;
        }
        if (strcmp(argv[i], "-o") == 0 && value != NULL)
            options->output = value;
        else if (!number_option(options, argv[i], value))
            return false;
        i++;
    }
    return options->people > 0;
}

static void demand_no_supervisor(struct gen_world *world)
{
    for (int p = 0; p < world->options.people; p++)
        world->people[p].supervisor_gender = -1;
}

static bool make_world(struct gen_world *world)
{
    world->from = am_date_of(2026, 3, 2);
    world->as_of = world->from - AS_OF_DAYS_BEFORE;
    if (!gen_make_country(world) || !gen_make_projects(world) || !gen_make_supervisors(world) ||
        !gen_make_people(world))
        return false;
    if (world->options.supervisors_percent == 0)
        demand_no_supervisor(world);
    gen_make_allocations(world);
    return true;
}

static bool write_caseload(const struct gen_options *options, FILE *out)
{
    if (options->plant)
        return gen_write_planted(options, out);
    struct gen_world world = {.options = *options};
    am_arena_init(&world.arena);
    bool made = make_world(&world);
    if (made)
        gen_write(&world, out);
    am_arena_release(&world.arena);
    return made;
}

int main(int argc, char **argv)
{
    struct gen_options options = {.weeks = 1, .supervisors_percent = 100};
    if (!parse(argc, argv, &options)) {
        fputs(usage, stderr);
        return 2;
    }
    FILE *out = options.output == NULL ? stdout : fopen(options.output, "wb");
    if (out == NULL) {
        fprintf(stderr, "gen: %s: %s\n", options.output, strerror(errno));
        return 1;
    }
    bool written = write_caseload(&options, out) && ferror(out) == 0;
    if (fclose(out) != 0 || !written) {
        fputs("gen: the caseload could not be written, or there is no memory for it\n", stderr);
        return 1;
    }
    return 0;
}
