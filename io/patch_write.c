/* The tree as text again: what was not touched byte for byte as it stood, one
 * entry of the lists at the top a line. */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "io/emit_json.h"
#include "io/patch_tree.h"

struct writer {
    const struct am_patch *patch;
    struct am_text *text;
    struct am_patch_pieces *pieces;
};

static void begin_piece(struct writer *writer, int64_t origin)
{
    struct am_patch_pieces *pieces = writer->pieces;
    if (!am_grow((void **)&pieces->at, &pieces->room, pieces->count + 1, sizeof *pieces->at)) {
        writer->text->failed = true;
        return;
    }
    pieces->at[pieces->count++] = (struct am_patch_piece){writer->text->size, origin};
}

/* The bytes of the value that begins here; the text is JSON. */
static size_t value_length(const char *text)
{
    size_t length = 0;
    int depth = 0;
    do {
        char c = text[length];
        if (c == '"') {
            for (length++; text[length] != '"'; length++)
                length += text[length] == '\\';
            length++;
        } else if (c == '{' || c == '[' || c == '}' || c == ']') {
            depth += c == '{' || c == '[' ? 1 : -1;
            length++;
        } else {
            length += depth > 0 ? strcspn(text + length + 1, "\"{}[]") + 1
                                : strcspn(text + length, ",]} \t\r\n");
        }
    } while (depth > 0);
    return length;
}

static void write_as_it_stood(struct writer *writer, const cJSON *node)
{
    const struct am_patch *patch = writer->patch;
    bool of_base = node->valueint < patch->shift;
    const char *text = of_base ? patch->base.text + node->valueint
                               : patch->scenario.text + (node->valueint - patch->shift);
    begin_piece(writer, node->valueint);
    am_text_bytes(writer->text, text, value_length(text));
}

static void write_scalar(struct writer *writer, const cJSON *node)
{
    if (cJSON_IsString(node))
        am_text_json_string(writer->text, node->valuestring);
    else if (cJSON_IsNumber(node))
        am_text_format(writer->text, "%.0f", node->valuedouble);
    else if (cJSON_IsNull(node))
        am_text_add(writer->text, "null");
    else
        am_text_add(writer->text, cJSON_IsTrue(node) ? "true" : "false");
}

/* What stands between two values at this depth, and before the first. */
static const char *gap(const cJSON *node, int depth, bool first)
{
    if (depth == 0)
        return first ? "\n  " : ",\n  ";
    if (depth == 1 && cJSON_IsArray(node) && cJSON_IsObject(node->child))
        return first ? "\n    " : ",\n    ";
    return first ? "" : ", ";
}

static void write_node(struct writer *writer, const cJSON *node, int depth);

static void write_children(struct writer *writer, const cJSON *node, int depth)
{
    bool object = cJSON_IsObject(node);
    am_text_char(writer->text, object ? '{' : '[');
    for (const cJSON *child = node->child; child; child = child->next) {
        begin_piece(writer, node->valueint);
        am_text_add(writer->text, gap(node, depth, child == node->child));
        if (object) {
            begin_piece(writer, child->valueint);
            am_text_json_string(writer->text, child->string);
            am_text_add(writer->text, ": ");
        }
        write_node(writer, child, depth + 1);
    }
    begin_piece(writer, node->valueint);
    const char *last = gap(node, depth, true);
    if (node->child && *last) /* the line of the closing bracket is that of what it closes */
        am_text_bytes(writer->text, last, strlen(last) - 2);
    am_text_char(writer->text, object ? '}' : ']');
}

static void write_node(struct writer *writer, const cJSON *node, int depth)
{
    if (node->valueint >= 0) {
        write_as_it_stood(writer, node);
        return;
    }
    begin_piece(writer, node->valueint);
    if (cJSON_IsObject(node) || cJSON_IsArray(node))
        write_children(writer, node, depth);
    else
        write_scalar(writer, node);
}

am_status am_patch_write(const struct am_patch *patch, struct am_text *text,
                         struct am_patch_pieces *pieces, struct am_err *err)
{
    struct writer writer = {patch, text, pieces};
    write_node(&writer, patch->base.root, 0);
    am_text_char(text, '\n');
    return am_text_status(text, err);
}
