import type { LocalSystem } from "@regulars/local/system";

/** Runs a night through its queue and gives what its handler reported. */
export async function night(
  system: LocalSystem,
  tenantId: string,
  asOf: string,
): Promise<Readonly<Record<"writeRequestUnits" | "readRequestUnits" | "itemsWritten" | "ms", number>>> {
  const from = system.reported.length;
  await system.queues.send("nights", { tenantId, asOf, isWithheld: true });
  await system.queues.idle();
  const reported = system.reported.slice(from).find(({ what }) => what === "night")?.figures;
  if (reported === undefined) throw new Error(`the night of ${tenantId} failed: ${system.failures.join("; ")}`);
  const figure = (name: string): number => Number(reported[name]);
  return {
    writeRequestUnits: figure("writeRequestUnits"),
    readRequestUnits: figure("readRequestUnits"),
    itemsWritten: figure("itemsWritten"),
    ms: figure("ms"),
  };
}
