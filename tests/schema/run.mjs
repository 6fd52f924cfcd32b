// Do the JSON Schemas and amends agree on every file of the corpus?
//
// Prints TAP. Each pair of pairs.json changes one thing of files/good.json: the good file must
// pass both, the bad one (the value changed, or, where none is given, left
// out) must fail both. usage: node run.mjs AMENDS
import { readFileSync, readdirSync, writeFileSync, mkdtempSync, rmSync, cpSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const amends = resolve(process.argv[2]);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false,
                          strictTypes: false });
addFormats(ajv);
const caseload = { validate: ajv.compile(read(join(root, "docs/caseload.schema.json"))),
                   command: (path) => ["check", path] };
const scenario = { validate: ajv.compile(read(join(root, "docs/scenario.schema.json"))),
                   command: (path) => ["scenario", join(root, "examples/tiny.json"), path,
                                       "--write-caseload", join(folder, "changed.json")] };
const candidates = { validate: ajv.compile(read(join(root, "docs/candidates.schema.json"))),
                     command: (path) => ["scenario", join(root, "examples/tiny.json"), "-q",
                                         "--open", path, "--budget", "0", "--rosters", "2"] };

const folder = mkdtempSync(join(tmpdir(), "amends-schema-"));
cpSync(join(here, "files"), folder, { recursive: true });
let files = 0;
let disagreements = 0;

function judge(name, path, expected, kind = caseload) {
  const bySchema = kind.validate(read(path));
  const errors = bySchema ? "" : ajv.errorsText(kind.validate.errors);
  const run = spawnSync(amends, kind.command(path), { encoding: "utf8" });
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`${name}: amends ended with ${run.status ?? run.signal}`);
  const byCheck = run.status === 0;
  files++;
  const agree = bySchema === expected && byCheck === expected;
  console.log(`${agree ? "ok" : "not ok"} ${files} - ${name}`);
  if (agree)
    return;
  disagreements++;
  console.log(`# expected ${expected ? "good" : "bad"}`);
  console.log(`# schema: ${bySchema ? "good" : "bad: " + errors}`);
  console.log(`# amends: ${byCheck ? "good" : "bad: " + run.stderr.trim().replaceAll("\n", "; ")}`);
}

// Set what a JSON pointer names, or take it away (undefined).
function change(document, pointer, value) {
  const keys = pointer.split("/").slice(1);
  const last = keys.pop();
  const parent = keys.reduce((at, key) => at[key], document);
  if (value === undefined)
    delete parent[last];
  else
    parent[last] = value;
}

function put(name, document) {
  const path = join(folder, name + ".json");
  writeFileSync(path, JSON.stringify(document, null, 2));
  return path;
}

const names = new Set();
for (const pair of read(join(here, "pairs.json"))) {
  if (names.has(pair.name))
    throw new Error(`two pairs are called ${pair.name}`);
  names.add(pair.name);
  const good = read(join(here, "files/good.json"));
  change(good, pair.at, pair.good);
  judge(`${pair.name} (good)`, put(`${pair.name}.good`, good), true);
  const bad = read(join(here, "files/good.json"));
  const value = "bad_repeat" in pair ? "a".repeat(pair.bad_repeat) : pair.bad;
  change(bad, pair.bad_at ?? pair.at, value);
  judge(`${pair.name} (bad)`, put(`${pair.name}.bad`, bad), false);
}
judge("good.json", put("good", read(join(here, "files/good.json"))), true);
for (const example of process.argv.slice(3))
  judge(basename(example), resolve(example), true);

const page = readFileSync(join(root, "docs/format.md"), "utf8");
const example = /```json\n(\{\n  "format"[^]*?)```/.exec(page)[1];
judge("the example of docs/format.md", put("page", JSON.parse(example)), true);

// What is written, to standard output or to a file, obeys its own schema.
function judgeOutput(name, schema, args, path) {
  const text = read(join(root, "docs", schema));
  const obeys = ajv.getSchema(text.$id) ?? ajv.compile(text);
  const run = spawnSync(amends, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const agree = run.status === 0 && obeys(path ? read(path) : JSON.parse(run.stdout));
  files++;
  console.log(`${agree ? "ok" : "not ok"} ${files} - ${name}`);
  if (agree)
    return;
  disagreements++;
  console.log(`# ${run.status === 0 ? ajv.errorsText(obeys.errors) : run.stderr.trim()}`);
}

const tiny = join(root, "examples/tiny.json");
judgeOutput("a forecast", "forecast.schema.json", ["forecast", tiny, "--futures", "50"]);
judgeOutput("a forecast without futures", "forecast.schema.json",
            ["forecast", tiny, "--futures", "0", "--arrivals", "1"]);

// A completion plan, and the roster that aims at it.
const year = join(folder, "year");
const plan = join(year, "plan.json");
judgeOutput("a completion plan", "plan.schema.json",
            ["forecast", tiny, "-q", "-o", year, "--futures", "0", "--arrivals", "1"], plan);
judgeOutput("a roster that aims at it", "roster.schema.json",
            ["roster", tiny, "-q", "-o", year, "--plan", plan], join(year, "roster.json"));

const sweep = join(folder, "sweep");
for (const [name, args] of [
  ["a sweep", ["--sweep", "add_places:SHOP=0..2"]],
  ["a sweep of a weight, whose points do not compare",
   ["--sweep", "policy:travel_limit_minutes=60,90", "--sweep", "scale_arrivals=100,200"]],
  ["sweeps of scenarios, with costs and a worth",
   [join(root, "examples/scenarios/close-park.json"), "--sweep", "add_places:SHOP=0..1@5",
    "--sweep", "add_session:SHOP-A=0,1@9", "--worth", "0.5"]]])
  judgeOutput(name, "sweep.schema.json", ["scenario", tiny, "-q", "-o", sweep, ...args],
              join(sweep, "sweep.json"));

for (const { name, scenario: document, good } of read(join(here, "scenarios.json")))
  judge(name, put("scenario", document), good, scenario);
const scenarios = join(root, "examples/scenarios");
for (const example of readdirSync(scenarios).sort())
  judge(`scenario ${example}`, join(scenarios, example), true, scenario);


for (const { name, candidates: document, good } of read(join(here, "candidates.json")))
  judge(name, put("candidates", document), good, candidates);
const open = join(root, "examples/open");
for (const example of readdirSync(open).sort())
  judge(`candidates ${example}`, join(open, example), true, candidates);
const many = read(join(open, "candidates.json"));
many.candidates = Array.from({ length: 65 }, (_, i) => ({ ...many.candidates[0], name: `c${i}` }));
judge("candidates: 65 of them", put("candidates", many), false, candidates);

rmSync(folder, { recursive: true });
console.log(`1..${files}`);
process.exit(disagreements > 0 ? 1 : 0);
