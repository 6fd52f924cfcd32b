// Solve an MPS model with HiGHS compiled to WebAssembly and print what came, as one line of JSON:
//   node highs.mjs MODEL.mps SECONDS ABSOLUTE_GAP
import { readFileSync } from "node:fs";
import loadHighs from "highs";

const [file, seconds, gap] = process.argv.slice(2);
const highs = await loadHighs();
highs.withModel({ format: "mps", data: readFileSync(file) }, (model) => {
  model.options.set({
    output_flag: false,
    time_limit: Number(seconds),
    mip_rel_gap: 0,
    mip_abs_gap: Number(gap),
  });
  const began = performance.now();
  model.run();
  const found = model.info.get("primal_solution_status") === 2;
  const statuses = Object.entries(highs.constants.modelStatus);
  const status = statuses.find(([, value]) => value === model.getModelStatus());
  console.log(JSON.stringify({
    status: status === undefined ? "unknown" : status[0],
    objective: found ? model.info.get("objective_function_value") : null,
    bound: model.info.get("mip_dual_bound"),
    seconds: (performance.now() - began) / 1000,
  }));
});
