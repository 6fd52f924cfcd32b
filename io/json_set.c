#include "io/json_set.h"

/* cJSON 1.7.15 replaces a member although it has no memory for its key, which is
 * then missing; and says nothing. */
bool am_json_set(cJSON *object, const char *key, cJSON *value)
{
    if (!value)
        return false;
    bool there = cJSON_GetObjectItemCaseSensitive(object, key) != NULL;
    if (there && cJSON_ReplaceItemInObjectCaseSensitive(object, key, value) && value->string)
        return true;
    if (!there && cJSON_AddItemToObject(object, key, value))
        return true;
    if (there && !value->string) /* it is in the tree by now */
        cJSON_DetachItemViaPointer(object, value);
    cJSON_Delete(value);
    return false;
}
