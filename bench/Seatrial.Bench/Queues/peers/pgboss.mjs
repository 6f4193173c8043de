// Drains pg-boss's queue in batches of 100, four at a time, result and completion in one transaction:
// node pgboss.mjs CONNECTION COUNT fill|drain
import pg from "pg";
import PgBoss from "pg-boss";

const [connectionString, count, what] = process.argv.slice(2);
const boss = new PgBoss({ connectionString, max: 8, supervise: false, schedule: false });
await boss.start();
await boss.createQueue("bench");
if (what === "fill") {
  const data = { text: "x".repeat(89) };
  for (let done = 0; done < count; done += 1000) {
    await boss.insert(Array.from({ length: 1000 }, () => ({ name: "bench", data })));
  }
} else {
  const pool = new pg.Pool({ connectionString, max: 4 });
  const drain = async () => {
    for (;;) {
      const jobs = await boss.fetch("bench", { batchSize: 100 });
      if (jobs.length === 0) return;
      const client = await pool.connect();
      await client.query("begin");
      await client.query(
        "insert into bench_results select g.id, g.result from unnest($1::uuid[], $2::jsonb[]) as g (id, result)",
        [jobs.map((job) => job.id), jobs.map((job) => JSON.stringify(job.data))]);
      await boss.complete("bench", jobs.map((job) => job.id), undefined, {
        db: { executeSql: (text, values) => client.query(text, values) },
      });
      await client.query("commit");
      client.release();
    }
  };
  await Promise.all([drain(), drain(), drain(), drain()]);
  await pool.end();
}
await boss.stop({ graceful: false });
process.exit(0);
