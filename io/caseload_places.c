/* Places, and homes that are given by coordinates alone. */
#include "io/caseload_reader.h"

enum { P_ID, P_NAME, P_ADDRESS, P_LAT, P_LON, P_COUNT };

static const struct am_json_key place_keys[P_COUNT] = {
    [P_ID] = {"id", true},    [P_NAME] = {"name", false}, [P_ADDRESS] = {"address", false},
    [P_LAT] = {"lat", false}, [P_LON] = {"lon", false},
};

/* The United Kingdom, generously: what lies outside is most likely lat and lon
 * changed about. */
enum { SOUTH = 49000000, NORTH = 61500000, WEST = -9000000, EAST = 2500000 };

static void read_point(struct am_reader *reader, const cJSON *lat, const cJSON *lon,
                       struct am_place *place)
{
    struct am_json *json = &reader->json;
    bool known = am_json_micro(json, lat, -90, 90, &place->lat_micro);
    known = am_json_micro(json, lon, -180, 180, &place->lon_micro) && known;
    place->has_point = known;
    if (known && (place->lat_micro < SOUTH || place->lat_micro > NORTH || place->lon_micro < WEST ||
                  place->lon_micro > EAST))
        am_json_warning(json, lat, "this point is not in the United Kingdom");
}

static void read_place(struct am_reader *reader, const cJSON *value, int index)
{
    struct am_json *json = &reader->json;
    struct am_place *place = &reader->caseload->places[index];
    const cJSON *key[P_COUNT];
    *place = (struct am_place){.id = "", .name = "", .address = ""};
    if (!am_json_keys(json, value, place_keys, P_COUNT, key))
        return;
    place->id = am_ids_add(reader, &reader->places, key[P_ID], index);
    place->name = am_json_text(json, key[P_NAME]);
    place->address = am_json_text(json, key[P_ADDRESS]);
    if (!key[P_LAT] != !key[P_LON])
        am_json_error(json, value, "\"%s\" is missing: a point has both",
                      key[P_LAT] ? "lon" : "lat");
    read_point(reader, key[P_LAT], key[P_LON], place);
}

void am_read_places(struct am_reader *reader)
{
    struct am_caseload *caseload = reader->caseload;
    int length, people;
    const cJSON *at = am_json_list(&reader->json, reader->top[AM_TOP_PLACES], &length);
    people = cJSON_GetArraySize(reader->top[AM_TOP_PEOPLE]);
    caseload->places = AM_KEEP(reader, (size_t)length + (size_t)people, struct am_place);
    am_ids_init(reader, &reader->places, "place", length);
    if (reader->status != AM_OK)
        return;
    for (int i = 0; at; at = at->next)
        read_place(reader, at, i++);
    caseload->place_count = reader->listed_places = length;
}

enum { H_LAT, H_LON, H_COUNT };

static const struct am_json_key home_keys[H_COUNT] = {
    [H_LAT] = {"lat", true},
    [H_LON] = {"lon", true},
};

int am_read_home(struct am_reader *reader, const cJSON *value)
{
    struct am_caseload *caseload = reader->caseload;
    const cJSON *key[H_COUNT];
    if (!cJSON_IsObject(value))
        return am_ids_refer(reader, &reader->places, value);
    if (!am_json_keys(&reader->json, value, home_keys, H_COUNT, key))
        return -1;
    struct am_place home = {.id = "", .name = "", .address = ""};
    read_point(reader, key[H_LAT], key[H_LON], &home);
    if (!home.has_point)
        return -1;
    caseload->places[caseload->place_count] = home;
    return caseload->place_count++;
}
