import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import { type LocalSystem, openLocalSystem } from "@regulars/local/system";

/** One line of the printed table: a figure with its unit, and its allowed maximum or minimum. */
export interface BenchFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: number;
  /** The allowed minimum. */
  readonly atLeast?: number;
  /** What is wanted and was never reached: printed, and no failure. */
  readonly goal?: { readonly atMost?: number; readonly atLeast?: number };
}

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** The real wholesale data next to the repository; `undefined` where it is missing. */
export const realOrders = (): string | undefined => {
  const path = join(shared, "data", "online_retail_dev.csv.gz");
  return existsSync(path) ? path : undefined;
};

/** Runs work with a system in a temporary folder, by this clock. */
export async function inWorkspace<T>(work: (system: LocalSystem) => Promise<T>, clock = Date.now): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-bench-"));
  const system = await openLocalSystem({ data: folder, clock });
  try {
    return await work(system);
  } finally {
    await system.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const testTenantRecord = (tenantId: string, currency: string): Tenant =>
  tenantSchema.parse({ tenantId, name: tenantId, timeZone: "UTC", currency, edition: "enterprise" });
