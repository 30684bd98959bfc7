import type { History } from "@regulars/core/snapshots/history";
import { MeasuresCollector, type TenantMeasures, endsMonth, withBooks } from "@regulars/core/insights/tenant-measures";
import { memoByKey } from "@regulars/core/platform/memo";
import { addDays } from "@regulars/core/platform/period";
import type { Day } from "@regulars/core/platform/values";
import { type DemoCompany, demoCompany } from "./demo-company.ts";
import { type DemoFinding, findingsIn } from "./demo-findings.ts";
import { demoHistories } from "./demo-histories.ts";

/** A demo company for tests, with its histories and findings. */
export interface Scene {
  readonly title: string;
  readonly asOf: Day;
  readonly company: DemoCompany;
  readonly histories: readonly History[];
  readonly measures: TenantMeasures;
  readonly findings: readonly DemoFinding[];
}

/** The demo company of a seed and a day, with its findings: made once for all tests of a process. */
export const sceneOf = (asOf: Day, seed: number): Scene => scenesOn(asOf)(seed);

const scenesOn = memoByKey((asOf: Day) => memoByKey((seed: number) => makeScene(asOf, seed)));

function makeScene(asOf: Day, seed: number): Scene {
  const company = demoCompany({ seed, asOf });
  const histories = demoHistories(company, asOf);
  const collected = (on: Day): TenantMeasures => {
    const collector = new MeasuresCollector(on);
    for (const history of histories) collector.add(history);
    return collector.measures();
  };
  const measures = endsMonth(asOf) ? withBooks(collected(asOf), collected(addDays(asOf, 1))) : collected(asOf);
  const findings = histories.flatMap((history) => findingsIn(history, asOf, measures));
  return { title: `seed ${seed} on ${asOf}`, asOf, company, histories, measures, findings };
}

/** The history of one customer of a scene; throws when there is none. */
export function historyOf({ histories }: Scene, customerId: string): History {
  const history = histories.find((one) => one.customerId === customerId);
  if (history === undefined) throw new Error(`there is no customer ${customerId} in the demo company`);
  return history;
}
