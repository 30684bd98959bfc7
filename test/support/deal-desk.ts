import { inject } from "vitest";
import { planContextOf } from "@regulars/functions/effects";
import { jobIdSchema } from "@regulars/core/platform/ids";
import type { PlanStore } from "@regulars/core/bulk-operations/sales-store";
import { workDealJob } from "@regulars/flows/bulk-operations/change-deals";
import { openTable } from "@regulars/store/engine/table";
import { openTenantStore } from "@regulars/store/tenant-store";
import type { Answer, PlanBody, PlanDesk } from "./plan-desk.ts";

/** Statuses of a plan of two open ones, as most of these stories need them. */
export const FUNNEL = [
  { name: "s1", kind: "intermediate" },
  { name: "s2", kind: "intermediate" },
  { name: "s3", kind: "intermediate" },
  { name: "Won", kind: "won" },
  { name: "Lost", kind: "lost" },
];

/** A plan's status by name. */
export function statusOf({ statuses }: PlanBody, name: string): string {
  const found = statuses.find((status) => status.name === name);
  if (found === undefined) throw new Error(`the plan has no status ${name}`);
  return found.statusId;
}

/** Adds a deal by hand. */
export async function addDeal(home: PlanDesk, plan: PlanBody, told: object = {}, person?: object): Promise<string> {
  const given = person ?? { externalId: `p-${Math.random()}` };
  const { body, status } = await home.ask("POST", `/plans/${plan.planId}/deals`, { person: given, ...told });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.dealId;
}

export const at = (plan: Pick<PlanBody, "planId">, dealId: string): string => `/plans/${plan.planId}/deals/${dealId}`;

/** Moves a deal to a status by its name. */
export const move = (home: PlanDesk, plan: PlanBody, dealId: string, to: string, given: object = {}): Promise<Answer> =>
  home.ask("PATCH", at(plan, dealId), { statusId: statusOf(plan, to), ...given });

export const cancel = (home: PlanDesk, plan: PlanBody, dealId: string, as = home.manager): Promise<Answer> =>
  home.ask("POST", `${at(plan, dealId)}:cancel`, {}, { as });

/** Actions of a deal's log, oldest first. */
export async function actionsOf(home: PlanDesk, plan: PlanBody, dealId: string): Promise<string[]> {
  const { body } = await home.ask("GET", `${at(plan, dealId)}/log`);
  return body.data.map(({ action }: { action: string }) => action);
}

/** Goes on with a mass action on deals as a process of its own would; until so many transactions are done. */
export async function workDealsJob(home: PlanDesk, id: string, pieces = Number.POSITIVE_INFINITY): Promise<number> {
  const table = openTable(inject("tableAddress"));
  const context = planContextOf(home.tenant, openTenantStore(table, home.tenant), home.desk.runtime);
  let done = 0;
  const counting: PlanStore = {
    ...context.store,
    saveDealPiece: async (...told) => {
      const isSaved = await context.store.saveDealPiece(...told);
      if (isSaved) done += 1;
      return isSaved;
    },
  };
  await workDealJob({ ...context, store: counting }, jobIdSchema.parse(id), () => done >= pieces);
  return done;
}
