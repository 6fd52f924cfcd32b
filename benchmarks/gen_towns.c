/*
 * The country: towns by their coordinates, and homes and sites around them.
 *
 * A region's first borough is where small caseloads live; as a caseload grows,
 * boroughs are added in this order, then regions, so that the projects within
 * reach of a person stay about the same beyond a few thousand people.
 */
#include "benchmarks/gen.h"

const struct gen_town gen_towns[] = {
    /* Greater Manchester, north and west of the centre */
    {0, 0, "Bury", 535933, -22966, false},
    {0, 0, "Rochdale", 536158, -21562, false},
    {0, 0, "Middleton", 535480, -21987, false},
    {0, 0, "Heywood", 535923, -22257, false},
    {0, 0, "Radcliffe", 535615, -23268, false},
    {0, 0, "Prestwich", 535333, -22833, false},
    {0, 0, "Ramsbottom", 536484, -23169, false},
    {0, 1, "Bolton", 535785, -24299, false},
    {0, 1, "Farnworth", 535467, -23965, false},
    {0, 1, "Horwich", 536012, -25517, false},
    {0, 1, "Westhoughton", 535490, -25290, false},
    {0, 1, "Little Lever", 535630, -23720, false},
    {0, 2, "Manchester", 534808, -22426, true},
    {0, 2, "Cheetham Hill", 535038, -22345, false},
    {0, 2, "Blackley", 535243, -22187, false},
    {0, 2, "Newton Heath", 535004, -21790, false},
    {0, 2, "Harpurhey", 535137, -22127, false},
    {0, 3, "Salford", 534875, -22901, false},
    {0, 3, "Eccles", 534824, -23390, false},
    {0, 3, "Swinton", 535120, -23410, false},
    {0, 3, "Walkden", 535247, -23967, false},
    {0, 3, "Irlam", 534426, -24224, false},
    {0, 4, "Oldham", 535409, -21114, false},
    {0, 4, "Chadderton", 535462, -21450, false},
    {0, 4, "Royton", 535660, -21230, false},
    {0, 4, "Failsworth", 535100, -21580, false},
    {0, 4, "Shaw", 535770, -20930, false},
    /* Greater Manchester, the rest */
    {1, 0, "Ashton-under-Lyne", 534897, -20952, false},
    {1, 0, "Denton", 534554, -21122, false},
    {1, 0, "Hyde", 534510, -20800, false},
    {1, 0, "Stalybridge", 534834, -20590, false},
    {1, 0, "Droylsden", 534800, -21450, false},
    {1, 1, "Wythenshawe", 533803, -22640, false},
    {1, 1, "Moss Side", 534560, -22430, false},
    {1, 1, "Longsight", 534580, -22010, false},
    {1, 1, "Gorton", 534690, -21660, false},
    {1, 1, "Chorlton", 534420, -22770, false},
    {1, 2, "Stockport", 534106, -21575, true},
    {1, 2, "Bredbury", 534210, -21130, false},
    {1, 2, "Cheadle", 533940, -22110, false},
    {1, 2, "Marple", 533950, -20630, false},
    {1, 2, "Reddish", 534380, -21610, false},
    {1, 3, "Altrincham", 533838, -23547, false},
    {1, 3, "Sale", 534240, -23220, false},
    {1, 3, "Stretford", 534466, -23086, false},
    {1, 3, "Urmston", 534487, -23747, false},
    {1, 3, "Partington", 534190, -24290, false},
    {1, 4, "Wigan", 535448, -26318, false},
    {1, 4, "Leigh", 534975, -25150, false},
    {1, 4, "Atherton", 535230, -24930, false},
    {1, 4, "Ashton-in-Makerfield", 534870, -26400, false},
    {1, 4, "Hindley", 535330, -25800, false},
    /* West Yorkshire */
    {2, 0, "Leeds", 537997, -15492, true},
    {2, 0, "Morley", 537400, -15990, false},
    {2, 0, "Pudsey", 537970, -16620, false},
    {2, 1, "Bradford", 537950, -17594, false},
    {2, 1, "Shipley", 538330, -17770, false},
    {2, 1, "Keighley", 538670, -19110, false},
    {2, 2, "Huddersfield", 536450, -17798, false},
    {2, 2, "Halifax", 537270, -18575, false},
    {2, 2, "Brighouse", 537030, -17840, false},
    {2, 3, "Wakefield", 536830, -14977, false},
    {2, 3, "Dewsbury", 536898, -16297, false},
    {2, 3, "Castleford", 537260, -13626, false},
    {2, 3, "Pontefract", 536910, -13120, false},
    /* South Yorkshire and about */
    {3, 0, "Sheffield", 533811, -14701, true},
    {3, 0, "Hillsborough", 534110, -15010, false},
    {3, 0, "Stocksbridge", 534830, -15880, false},
    {3, 1, "Rotherham", 534326, -13635, false},
    {3, 1, "Wath-upon-Dearne", 535020, -13460, false},
    {3, 1, "Mexborough", 534940, -12920, false},
    {3, 2, "Barnsley", 535526, -14797, false},
    {3, 2, "Wombwell", 535220, -13970, false},
    {3, 3, "Doncaster", 535228, -11285, false},
    {3, 3, "Worksop", 533040, -11240, false},
    {3, 4, "Chesterfield", 532350, -14210, false},
    {3, 4, "Dronfield", 533020, -14660, false},
    /* West Midlands */
    {4, 0, "Birmingham", 524862, -18904, true},
    {4, 0, "Erdington", 525240, -18390, false},
    {4, 0, "Kings Heath", 524320, -18930, false},
    {4, 1, "Wolverhampton", 525862, -21288, false},
    {4, 1, "Walsall", 525862, -19829, false},
    {4, 1, "Willenhall", 525840, -20590, false},
    {4, 2, "Dudley", 525087, -20877, false},
    {4, 2, "Stourbridge", 524570, -21480, false},
    {4, 2, "Halesowen", 524500, -20500, false},
    {4, 3, "West Bromwich", 525190, -19950, false},
    {4, 3, "Smethwick", 524930, -19680, false},
    {4, 3, "Solihull", 524118, -17776, false},
    {4, 3, "Sutton Coldfield", 525638, -18240, false},
    /* Merseyside and about */
    {5, 0, "Liverpool", 534084, -29916, true},
    {5, 0, "Bootle", 534457, -29891, false},
    {5, 0, "Speke", 533470, -28510, false},
    {5, 1, "Birkenhead", 533934, -30148, false},
    {5, 1, "Wallasey", 534240, -30640, false},
    {5, 1, "Bebington", 533500, -30030, false},
    {5, 2, "St Helens", 534539, -27369, false},
    {5, 2, "Huyton", 534115, -28393, false},
    {5, 2, "Kirkby", 534819, -28907, false},
    {5, 3, "Warrington", 533900, -25970, false},
    {5, 3, "Runcorn", 533418, -27312, false},
    {5, 3, "Widnes", 533618, -27341, false},
    /* Tyne and Wear and about */
    {6, 0, "Newcastle", 549783, -16178, true},
    {6, 0, "Gateshead", 549526, -16034, false},
    {6, 0, "Wallsend", 549910, -15340, false},
    {6, 1, "Sunderland", 549069, -13838, false},
    {6, 1, "Washington", 549000, -15190, false},
    {6, 1, "Houghton-le-Spring", 548410, -14680, false},
    {6, 2, "South Shields", 549986, -14323, false},
    {6, 2, "North Shields", 550165, -14485, false},
    {6, 2, "Whitley Bay", 550400, -14470, false},
    {6, 3, "Durham", 547761, -15733, false},
    {6, 3, "Chester-le-Street", 548560, -15710, false},
    {6, 3, "Consett", 548510, -18330, false},
    /* East Midlands */
    {7, 0, "Nottingham", 529548, -11581, true},
    {7, 0, "Arnold", 530050, -11270, false},
    {7, 0, "Beeston", 529270, -12150, false},
    {7, 1, "Derby", 529225, -14746, false},
    {7, 1, "Long Eaton", 528980, -12710, false},
    {7, 1, "Ilkeston", 529700, -13090, false},
    {7, 2, "Mansfield", 531472, -11987, false},
    {7, 2, "Hucknall", 530380, -12030, false},
    {7, 2, "Sutton-in-Ashfield", 531250, -12610, false},
    {7, 3, "Leicester", 526369, -11398, false},
    {7, 3, "Loughborough", 527721, -12062, false},
    {7, 3, "Coalville", 527240, -13690, false},
    /* London north of the river */
    {8, 0, "Camden", 515390, -1426, true},
    {8, 0, "Islington", 515380, -1020, false},
    {8, 0, "Hackney", 515450, -553, false},
    {8, 1, "Tottenham", 515880, -720, false},
    {8, 1, "Edmonton", 516250, -610, false},
    {8, 1, "Enfield", 516520, -810, false},
    {8, 2, "Stratford", 515410, -30, false},
    {8, 2, "Ilford", 515590, 741, false},
    {8, 2, "Romford", 515750, 1830, false},
    {8, 3, "Wembley", 515520, -2960, false},
    {8, 3, "Ealing", 515130, -3050, false},
    {8, 3, "Hounslow", 514680, -3610, false},
    /* London south of the river */
    {9, 0, "Brixton", 514613, -1156, true},
    {9, 0, "Peckham", 514740, -690, false},
    {9, 0, "Lewisham", 514620, -100, false},
    {9, 1, "Croydon", 513762, -982, false},
    {9, 1, "Bromley", 514060, 150, false},
    {9, 1, "Sutton", 513610, -1930, false},
    {9, 2, "Woolwich", 514910, 690, false},
    {9, 2, "Bexleyheath", 514570, 1410, false},
    {9, 2, "Eltham", 514510, 520, false},
    {9, 3, "Tooting", 514270, -1680, false},
    {9, 3, "Wimbledon", 514210, -2070, false},
    {9, 3, "Kingston", 514100, -3010, false},
    /* Bristol and about */
    {10, 0, "Bristol", 514545, -25879, true},
    {10, 0, "Bedminster", 514390, -26010, false},
    {10, 0, "Southmead", 515010, -25990, false},
    {10, 1, "Kingswood", 514620, -25080, false},
    {10, 1, "Yate", 515400, -24180, false},
    {10, 1, "Keynsham", 514150, -24970, false},
    {10, 2, "Bath", 513811, -23590, false},
    {10, 2, "Radstock", 512930, -24480, false},
    {10, 3, "Weston-super-Mare", 513460, -29770, false},
    {10, 3, "Clevedon", 514380, -28540, false},
    {10, 3, "Portishead", 514850, -27680, false},
    /* Lancashire */
    {11, 0, "Preston", 537632, -27031, true},
    {11, 0, "Leyland", 536970, -26970, false},
    {11, 0, "Chorley", 536530, -26320, false},
    {11, 1, "Blackburn", 537480, -24820, false},
    {11, 1, "Accrington", 537530, -23640, false},
    {11, 1, "Darwen", 536980, -24610, false},
    {11, 2, "Burnley", 537890, -22480, false},
    {11, 2, "Nelson", 538370, -22140, false},
    {11, 2, "Rawtenstall", 537000, -22910, false},
    /* Teesside */
    {12, 0, "Middlesbrough", 545742, -12350, true},
    {12, 0, "Stockton-on-Tees", 545640, -13120, false},
    {12, 0, "Billingham", 546060, -12880, false},
    {12, 1, "Hartlepool", 546900, -12130, false},
    {12, 1, "Redcar", 546180, -10700, false},
    {12, 2, "Darlington", 545253, -15530, false},
    {12, 2, "Newton Aycliffe", 546180, -15730, false},
    /* Stoke and about */
    {13, 0, "Hanley", 530250, -21750, true},
    {13, 0, "Burslem", 530460, -21970, false},
    {13, 0, "Longton", 529880, -21320, false},
    {13, 1, "Newcastle-under-Lyme", 530110, -22290, false},
    {13, 1, "Kidsgrove", 530870, -22370, false},
    {13, 2, "Crewe", 530990, -24410, false},
    {13, 2, "Stafford", 528060, -21170, false},
    {13, 2, "Stone", 529040, -21480, false},
    /* Coventry and Warwickshire */
    {14, 0, "Coventry", 524066, -15122, true},
    {14, 0, "Bedworth", 524790, -14690, false},
    {14, 0, "Nuneaton", 525230, -14680, false},
    {14, 1, "Leamington", 522850, -15200, false},
    {14, 1, "Warwick", 522820, -15850, false},
    {14, 1, "Kenilworth", 523430, -15800, false},
    {14, 2, "Rugby", 523710, -12610, false},
    /* the Solent */
    {15, 0, "Portsmouth", 507989, -10912, true},
    {15, 0, "Cosham", 508430, -10670, false},
    {15, 0, "Havant", 508520, -9820, false},
    {15, 1, "Fareham", 508530, -11790, false},
    {15, 1, "Gosport", 507950, -11220, false},
    {15, 2, "Southampton", 509097, -14044, false},
    {15, 2, "Eastleigh", 509670, -13500, false},
    {15, 2, "Totton", 509190, -14900, false},
    /* Sussex coast */
    {16, 0, "Brighton", 508225, -1372, true},
    {16, 0, "Hove", 508280, -1720, false},
    {16, 0, "Portslade", 508430, -2160, false},
    {16, 1, "Worthing", 508179, -3729, false},
    {16, 1, "Shoreham", 508340, -2730, false},
    {16, 2, "Lewes", 508740, 90, false},
    {16, 2, "Newhaven", 507930, 460, false},
    /* Medway and Kent */
    {17, 0, "Chatham", 513800, 5220, true},
    {17, 0, "Gillingham", 513890, 5490, false},
    {17, 0, "Strood", 513950, 4930, false},
    {17, 1, "Maidstone", 512720, 5290, false},
    {17, 1, "Sittingbourne", 513410, 7330, false},
    {17, 2, "Gravesend", 514420, 3700, false},
    {17, 2, "Dartford", 514460, 2170, false},
    /* Luton and about */
    {18, 0, "Luton", 518787, -4200, true},
    {18, 0, "Dunstable", 518860, -5210, false},
    {18, 0, "Houghton Regis", 519030, -5250, false},
    {18, 1, "Stevenage", 519020, -2020, false},
    {18, 1, "Hitchin", 519490, -2830, false},
    {18, 2, "Bedford", 521360, -4670, false},
    {18, 2, "Kempston", 521160, -4980, false},
    /* Thames valley */
    {19, 0, "Reading", 514543, -9781, true},
    {19, 0, "Woodley", 514530, -9020, false},
    {19, 0, "Wokingham", 514110, -8330, false},
    {19, 1, "Bracknell", 514160, -7540, false},
    {19, 1, "Maidenhead", 515220, -7210, false},
    {19, 2, "Slough", 515110, -5950, false},
    {19, 2, "Windsor", 514820, -6070, false},
};
const int gen_town_count = (int)(sizeof gen_towns / sizeof *gen_towns);

/* ---- distances ---- */

static int64_t square_root(int64_t n)
{
    int64_t root = 0;
    for (int64_t bit = INT64_C(1) << 31; bit > 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= n)
            root += bit;
    return root;
}

/* Ten-thousandths of the cosine of a latitude between 50 and 56 degrees, by
 * straight lines between whole degrees. */
static int64_t cosine(int32_t lat_micro)
{
    static const int at[] = {6428, 6293, 6157, 6018, 5878, 5736, 5592};
    int degree = lat_micro / 1000000 - 50;
    degree = degree < 0 ? 0 : degree > 5 ? 5 : degree;
    int64_t part = lat_micro - (degree + 50) * INT64_C(1000000);
    return at[degree] + (at[degree + 1] - at[degree]) * part / 1000000;
}

int gen_metres(int32_t lat1, int32_t lon1, int32_t lat2, int32_t lon2)
{
    int64_t north = (int64_t)(lat2 - lat1) * 11132 / 100000;
    int64_t east = (int64_t)(lon2 - lon1) * 11132 / 100000 * cosine(lat1) / 10000;
    return (int)square_root(north * north + east * east);
}

/* ---- boroughs ---- */

static struct gen_range towns_of(int region, int borough)
{
    struct gen_range towns = {0, 0};
    for (int t = 0; t < gen_town_count; t++) {
        if (gen_towns[t].region != region || gen_towns[t].borough != borough)
            continue;
        if (towns.count == 0)
            towns.first = t;
        towns.count++;
    }
    return towns;
}

static int boroughs_in(int region)
{
    int count = 0;
    while (towns_of(region, count).count > 0)
        count++;
    return count;
}

/* A region of so many people: one borough for every 500, as far as it has them. */
static void settle_region(struct gen_world *world, int region, int people)
{
    int count = (people + GEN_BOROUGH_PEOPLE - 1) / GEN_BOROUGH_PEOPLE, room = boroughs_in(region);
    if (count > room)
        count = room;
    world->regions[region] = (struct gen_range){world->borough_count, count};
    for (int b = 0; b < count; b++) {
        int share = people / count + (b < people % count);
        world->boroughs[world->borough_count++] = (struct gen_borough){
            .region = region, .towns = towns_of(region, b), .people = {world->person_count, share}};
        world->person_count += share;
    }
}

/* Somewhere near a town: the mean of two draws, so that most live near its middle. */
static struct gen_place place_near(struct gen_random *random, int town, int radius_m)
{
    int north =
        (gen_between(random, -radius_m, radius_m) + gen_between(random, -radius_m, radius_m)) / 2;
    int east =
        (gen_between(random, -radius_m, radius_m) + gen_between(random, -radius_m, radius_m)) / 2;
    int32_t lat = gen_towns[town].lat * 100 + north * 9;
    return (struct gen_place){.town = town,
                              .lat = lat,
                              .lon = gen_towns[town].lon * 100 +
                                     (int32_t)(east * INT64_C(90000) / cosine(lat)),
                              .access_min = gen_between(random, 3, 10)};
}

/* The first town of a borough is its largest. */
static int town_for(struct gen_random *random, const struct gen_borough *borough)
{
    int t = gen_below(random, borough->towns.count + 2);
    return borough->towns.first + (t < borough->towns.count ? t : 0);
}

static void settle_homes(struct gen_world *world, struct gen_borough *borough, int index)
{
    struct gen_random random = gen_stream(world->options.seed, GEN_HOMES, index);
    borough->homes = (struct gen_range){world->home_count, 5 + borough->people.count / 10};
    for (int h = 0; h < borough->homes.count; h++) {
        struct gen_place home = place_near(&random, town_for(&random, borough), 3000);
        home.number = h + 1;
        world->homes[world->home_count++] = home;
    }
}

static void settle_sites(struct gen_world *world, struct gen_borough *borough, int index)
{
    struct gen_random random = gen_stream(world->options.seed, GEN_SITES, index);
    borough->sites = (struct gen_range){world->site_count, 4 + borough->people.count / 10};
    for (int s = 0; s < borough->sites.count; s++) {
        /* the first is the office, in the middle of the largest town */
        int town = s == 0 ? borough->towns.first : town_for(&random, borough);
        struct gen_place site = place_near(&random, town, s == 0 ? 200 : 3500);
        site.number = s + 1;
        world->sites[world->site_count++] = site;
    }
}

bool gen_make_country(struct gen_world *world)
{
    int people = world->options.people, room = people / 10 + 8 * gen_town_count;
    world->boroughs = AM_ARENA_NEW(&world->arena, (size_t)gen_town_count, struct gen_borough);
    world->homes = AM_ARENA_NEW(&world->arena, (size_t)room, struct gen_place);
    world->sites = AM_ARENA_NEW(&world->arena, (size_t)room, struct gen_place);
    if (world->boroughs == NULL || world->homes == NULL || world->sites == NULL)
        return false;
    for (int region = 0; people > 0; region++) {
        int share = people < GEN_REGION_PEOPLE ? people : GEN_REGION_PEOPLE;
        settle_region(world, region, share);
        world->region_count = region + 1;
        people -= share;
    }
    for (int b = 0; b < world->borough_count; b++) {
        settle_homes(world, &world->boroughs[b], b);
        settle_sites(world, &world->boroughs[b], b);
    }
    return true;
}
