// Enqueues one job at a time into an idle worker and prints, for each, the milliseconds to its start:
// node graphile-latency.mjs CONNECTION COUNT
import { run, makeWorkerUtils } from "graphile-worker";

const [connectionString, count] = process.argv.slice(2);
let started = () => {};
const runner = await run({
  preset: { worker: { connectionString, concurrentJobs: 4 } },
  noHandleSignals: true,
  taskList: { noop: async () => started() },
});
const utils = await makeWorkerUtils({ connectionString });
for (let i = -200; i < Number(count); i++) {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  const begun = new Promise((resolve) => (started = resolve));
  const at = performance.now();
  await utils.addJob("noop", { text: "p".repeat(89) });
  await begun;
  if (i >= 0) console.log("latency", performance.now() - at);
}
await runner.stop();
process.exit(0);
