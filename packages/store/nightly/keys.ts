import type { Day } from "@regulars/core/platform/values";
import type { Key, InFamily } from "../engine/key.ts";

export const nightlyKeys = (inFamily: InFamily) => ({
  nightly: (): Key => ({ pk: inFamily("CONFIG"), sk: "NIGHT" }),
  resolvedFindings: (): string => inFamily("END"),
  resolvedFinding: (resolvedOn: Day, findingId: string): Key => ({
    pk: inFamily("END"),
    sk: `${resolvedOn}#${findingId}`,
  }),
});
