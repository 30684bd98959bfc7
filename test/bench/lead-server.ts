import { once } from "node:events";
import { openLocalSystem } from "@regulars/local/system";

/**
 * `node test/bench/lead-server.ts FOLDER PORT`: the system that `npm start` serves, without the limits of a caller and of
 * a tenant, who would be answered 429 long before the intake is full. Until SIGTERM.
 */
const [data = "", port = ""] = process.argv.slice(2);
const system = await openLocalSystem({ data, port: Number(port), keepsDatabase: true });
const { api } = system.runtime;
if (api === undefined) throw new Error("there is no API");
Object.assign(api.rateLimit, { requests: 1_000_000, windowSeconds: 1 });
process.stdout.write("ready\n");
await once(process, "SIGTERM");
await system.close();
