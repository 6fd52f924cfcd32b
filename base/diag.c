#include "base/diag.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { TEXT_BYTES = 1024 };

void am_diag_init(struct am_diag *diag)
{
    *diag = (struct am_diag){0};
    am_arena_init(&diag->arena);
}

void am_diag_release(struct am_diag *diag)
{
    am_arena_release(&diag->arena);
    am_diag_init(diag);
}

/* Beyond the limit, or without memory, a finding is counted but not kept. */
static void keep(struct am_diag *diag, const struct am_finding *found)
{
    struct am_finding *finding =
        diag->kept < AM_DIAG_LIMIT ? AM_ARENA_NEW(&diag->arena, 1, struct am_finding) : NULL;
    char *file = finding ? am_arena_strdup(&diag->arena, found->file) : NULL;
    char *path = file ? am_arena_strdup(&diag->arena, found->path) : NULL;
    char *text = path ? am_arena_strdup(&diag->arena, found->text) : NULL;
    if (!text) {
        diag->lost++;
        return;
    }
    am_utf8_disarm(path); /* it may come from a stranger's file, and be cut short */
    am_utf8_disarm(text);
    *finding = *found;
    finding->file = file;
    finding->path = path;
    finding->text = text;
    if (diag->last)
        diag->last->next = finding;
    else
        diag->first = finding;
    diag->last = finding;
    diag->kept++;
}

void am_diag_add(struct am_diag *diag, enum am_severity severity, struct am_where where,
                 const char *fmt, ...)
{
    char text[TEXT_BYTES];
    va_list args;
    va_start(args, fmt);
    if (vsnprintf(text, sizeof text, fmt, args) < 0)
        text[0] = '\0';
    va_end(args);
    if (severity == AM_ERROR)
        diag->errors++;
    else
        diag->warnings++;
    keep(diag, &(struct am_finding){
                   .severity = severity,
                   .file = where.file ? where.file : "",
                   .line = where.line,
                   .column = where.column,
                   .path = where.path ? where.path : "",
                   .text = text,
               });
}

static void print_finding(const struct am_finding *finding, FILE *out)
{
    if (finding->file[0])
        (void)fprintf(out, "%s:", finding->file);
    if (finding->line > 0)
        (void)fprintf(out, "%d:", finding->line);
    if (finding->line > 0 && finding->column > 0)
        (void)fprintf(out, "%d:", finding->column);
    (void)fprintf(out, "%s%s: ", finding->file[0] ? " " : "",
                  finding->severity == AM_ERROR ? "error" : "warning");
    if (finding->path[0])
        (void)fprintf(out, "%s: ", finding->path);
    (void)fprintf(out, "%s\n", finding->text);
}

/* A finding with its place among the others: files in the order in which they
 * were first found at fault, findings of one position as they were found. */
struct ranked {
    const struct am_finding *finding;
    int file, ordinal;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->finding->line != y->finding->line)
        return x->finding->line < y->finding->line ? -1 : 1;
    if (x->finding->column != y->finding->column)
        return x->finding->column < y->finding->column ? -1 : 1;
    return x->ordinal < y->ordinal ? -1 : 1;
}

static int file_rank(const struct ranked *ranked, int count, const char *file)
{
    for (int i = 0; i < count; i++)
        if (strcmp(ranked[i].finding->file, file) == 0)
            return ranked[i].file;
    return count;
}

void am_diag_print(const struct am_diag *diag, FILE *out)
{
    struct ranked *ranked = calloc((size_t)diag->kept + 1, sizeof *ranked);
    int count = 0;
    for (const struct am_finding *f = diag->first; f; f = f->next) {
        if (ranked) {
            int rank = file_rank(ranked, count, f->file);
            ranked[count] = (struct ranked){f, rank, count};
            count++;
        } else { /* no memory to sort: in the order found */
            print_finding(f, out);
        }
    }
    if (ranked)
        qsort(ranked, (size_t)count, sizeof *ranked, compare_ranked);
    for (int i = 0; i < count; i++)
        print_finding(ranked[i].finding, out);
    if (diag->lost > 0)
        (void)fprintf(out, "and %d more\n", diag->lost);
    free(ranked);
}
