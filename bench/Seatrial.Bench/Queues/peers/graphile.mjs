// Drains graphile-worker's queue with a task that does nothing: node graphile.mjs CONNECTION batched|standard
import { run } from "graphile-worker";

const [connectionString, mode] = process.argv.slice(2);
const batched = { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };
await run({
  preset: { worker: { connectionString, maxPoolSize: 24, concurrentJobs: 24, ...(mode === "batched" ? batched : {}) } },
  noHandleSignals: true,
  logger: undefined,
  taskList: { noop: async () => {} },
});
