import { setTimeout as sleep } from "node:timers/promises";
import { Operations } from "@regulars/store/engine/operations";
import { type Table, noUsage } from "@regulars/store/engine/table";
import * as z from "zod";

const planSchema = z.object({ version: z.int(), loads: z.record(z.string(), z.int()) });
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 500;

/** The rows stored with a lead's deal: as many as the product stores. */
export const ROWS_OF_A_LEAD = ["LOG", "KEY", "OPEN", "PERSON", "IDENTITY"];

/**
 * The usual design, for comparison: the plan is one item with a version. A lead reads it, picks the manager with the
 * fewest deals, and writes deal, log, key, person and plan on the condition that the version is unchanged; else it
 * tries again after a pause.
 */
export class VersionLockedPlan {
  readonly #operations: Operations;
  readonly #pk: string;

  private constructor(table: Table, pk: string) {
    this.#operations = new Operations(table, noUsage());
    this.#pk = pk;
  }

  static async make(table: Table, pk: string, managers: readonly string[]): Promise<VersionLockedPlan> {
    const plan = new VersionLockedPlan(table, pk);
    const loads = Object.fromEntries(managers.map((id) => [id, 0]));
    await plan.#operations.put({ pk, sk: "PLAN", version: 0, loads });
    return plan;
  }

  async add(leadId: string): Promise<void> {
    for (let round = 0; ; round += 1) {
      const { version, loads } = planSchema.parse(await this.#operations.get({ pk: this.#pk, sk: "PLAN" }));
      const [managerId = "", load = 0] = Object.entries(loads).toSorted(([, a], [, b]) => a - b)[0] ?? [];
      const isSaved = await this.#operations.transact([
        {
          Put: {
            Item: { pk: this.#pk, sk: "PLAN", version: version + 1, loads: { ...loads, [managerId]: load + 1 } },
            ConditionExpression: "version = :version",
            ExpressionAttributeValues: { ":version": version },
          },
        },
        { Put: { Item: { pk: this.#pk, sk: `DEAL#${String(version).padStart(9, "0")}`, leadId, managerId } } },
        ...ROWS_OF_A_LEAD.map((row) => ({ Put: { Item: { pk: `${this.#pk}#${row}#${leadId}`, sk: row, leadId } } })),
      ]);
      if (isSaved) return;
      await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(round, 10)) * Math.random());
    }
  }

  /** Managers in the order of the deals. */
  async managers(): Promise<string[]> {
    const managers: string[] = [];
    for await (const item of this.#operations.partition(this.#pk, "DEAL#")) managers.push(String(item["managerId"]));
    return managers;
  }
}
