// Makes graphile-worker's schema: node graphile-schema.mjs CONNECTION
import { runMigrations } from "graphile-worker";

await runMigrations({ connectionString: process.argv[2] });
