import type { Day } from "@regulars/core/platform/values";
import type { Key, InFamily } from "../engine/key.ts";

export const nightlyKeys = (inFamily: InFamily) => ({
  night: (): Key => ({ pk: inFamily("CONFIG"), sk: "NIGHT" }),
  endedFindings: (): string => inFamily("END"),
  endedFinding: (endedOn: Day, findingId: string): Key => ({ pk: inFamily("END"), sk: `${endedOn}#${findingId}` }),
});
