import type { LocalSystem } from "@regulars/local/system";

/** Runs a nightly run through its queue; returns the handler's report. */
export async function nightly(
  system: LocalSystem,
  tenantId: string,
  asOf: string,
): Promise<Readonly<Record<"writeRequestUnits" | "readRequestUnits" | "itemsWritten" | "ms", number>>> {
  const from = system.reported.length;
  await system.queues.send("nightly", { tenantId, asOf, isOnHold: true });
  await system.queues.idle();
  const reported = system.reported.slice(from).find(({ what }) => what === "nightly")?.figures;
  if (reported === undefined) throw new Error(`the nightly run of ${tenantId} failed: ${system.failures.join("; ")}`);
  const figure = (name: string): number => Number(reported[name]);
  return {
    writeRequestUnits: figure("writeRequestUnits"),
    readRequestUnits: figure("readRequestUnits"),
    itemsWritten: figure("itemsWritten"),
    ms: figure("ms"),
  };
}
