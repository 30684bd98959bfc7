import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { startPostgres } from "./postgres-server.ts";
import { ROWS_OF_A_LEAD } from "./version-locked-plan.ts";

interface Leads {
  readonly managers: readonly string[];
  readonly leads: number;
  readonly writers: number;
}

/** What came of leads: the managers' deals, and how fast they were taken. */
interface SkipLockedRun {
  readonly version: string;
  readonly perSecond: number;
  /** Between the manager with the most deals and the one with the fewest, at the end. */
  readonly spread: number;
}

/**
 * The usual design on PostgreSQL, for comparison: a lead takes the row of the manager with the fewest deals that no other
 * lead holds (`FOR UPDATE SKIP LOCKED`), or waits for one when all are held, and stores the same rows as the product in
 * one function, which is one call and one durable transaction. Its writers are those of pgbench, which has no driver.
 */
export async function skipLockedLeads(programs: string, { managers, leads, writers }: Leads): Promise<SkipLockedRun> {
  const server = await startPostgres(programs, [`max_connections=${writers + 10}`]);
  try {
    server.psql("-c", schemaOf(managers));
    const script = join(server.place, "lead.sql");
    await writeFile(script, "SELECT add_lead('lead-' || nextval('lead_numbers'));\n");
    const each = leads / writers;
    const said = server.pgbench("-n", "-c", String(writers), "-j", "2", "-t", String(each), "-f", script);
    const counted = server.psql("-A", "-t", "-F", ",", "-c", COUNTED).trim().split(",").map(Number);
    const [deals, distinct, loads, spread = Number.NaN, rows] = counted;
    const expected = [leads, leads, leads, leads * ROWS_OF_A_LEAD.length];
    if (JSON.stringify([deals, distinct, loads, rows]) !== JSON.stringify(expected))
      throw new Error(`PostgreSQL has lost leads, or has some double: ${counted.join(", ")}`);
    const perSecond = z.coerce.number().parse(/tps = ([\d.]+)/.exec(said)?.[1]);
    return { version: server.version, perSecond, spread };
  } finally {
    await server.close();
  }
}

const schemaOf = (managers: readonly string[]): string => `
  CREATE TABLE managers (manager_id text PRIMARY KEY, load integer NOT NULL);
  INSERT INTO managers VALUES ${managers.map((id) => `('${id}', 0)`).join(", ")};
  CREATE SEQUENCE lead_numbers;
  CREATE TABLE deals (deal_id bigserial PRIMARY KEY, lead_id text NOT NULL, manager_id text NOT NULL);
  CREATE TABLE rows_of_leads (kind text, lead_id text, PRIMARY KEY (kind, lead_id));
  CREATE FUNCTION add_lead(lead text) RETURNS text LANGUAGE plpgsql AS $$
  DECLARE taken text;
  BEGIN
    SELECT manager_id INTO taken FROM managers ORDER BY load, manager_id LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF taken IS NULL THEN
      SELECT manager_id INTO taken FROM managers ORDER BY load, manager_id LIMIT 1 FOR UPDATE;
    END IF;
    UPDATE managers SET load = load + 1 WHERE manager_id = taken;
    INSERT INTO deals (lead_id, manager_id) VALUES (lead, taken);
    INSERT INTO rows_of_leads
      SELECT kind, lead FROM unnest(ARRAY[${ROWS_OF_A_LEAD.map((kind) => `'${kind}'`).join(", ")}]) AS kind;
    RETURN taken;
  END $$`;

/** Deals, leads with a deal, what the managers count, and the spread; then the other rows. */
const COUNTED = `
  SELECT (SELECT count(*) FROM deals), (SELECT count(DISTINCT lead_id) FROM deals), sum(load), max(load) - min(load),
    (SELECT count(*) FROM rows_of_leads) FROM managers`;
