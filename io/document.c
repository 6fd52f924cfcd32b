#include "io/document.h"

#include <stdlib.h>
#include <string.h>

char *am_document_copy(const struct am_document *document)
{
    char *text = malloc(document->size + 1);
    if (!text)
        return NULL;
    memcpy(text, document->bytes, document->size);
    text[document->size] = '\0';
    return text;
}
