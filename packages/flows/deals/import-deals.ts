import type { RawRecord } from "@regulars/core/imports/file-format";
import { type DealFormat, type FileDeal, dealOfRow } from "@regulars/core/deals/deal-file";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { type PlanId, isPlanName, statusIdSchema } from "@regulars/core/platform/ids";
import {
  type SalesPlan,
  makeSalesPlan,
  newPlanSchema,
  rulesOf,
  unknownPlan,
} from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { importTogether } from "./import-together.ts";
import type { SalesContext } from "../sales-context.ts";

const TOGETHER = 100;

export type ImportedDealSource =
  | { readonly line: number; readonly record: RawRecord }
  | { readonly line: number; readonly unreadable: string; readonly record?: RawRecord };

interface ImportDealsInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly format: DealFormat;
  readonly records: AsyncIterable<ImportedDealSource>;
  readonly users: readonly UserId[];
  readonly onReject: (line: number, reason: string, record: RawRecord | undefined) => void;
  readonly onSaved?: (documents: number) => void;
  readonly actorId: string;
}

export interface DealsImported {
  readonly rows: number;
  readonly created: number;
  /** Deals that are there already: what has become of them here stays. */
  readonly unchanged: number;
  readonly rejected: number;
}

/**
 * Brings deals of another system into a plan, with the status, manager, closing and times they had there. The same file
 * again finds every deal there and changes nothing. A plan that is not there is made when the format knows its statuses.
 */
export async function importDeals(input: ImportDealsInput): Promise<Result<DealsImported>> {
  const plan = await planOf(input);
  if (!plan.ok) return plan;
  const run = new ImportRun(input, plan.value);
  await run.open();
  for await (const source of input.records) await run.take(source);
  await run.save();
  await input.context.store.boards.refresh(plan.value.planId);
  return ok(run.counter);
}

async function planOf({ context, planId, format, users }: ImportDealsInput): Promise<Result<SalesPlan>> {
  const { store, effects, tenant } = context;
  const known = await store.salesPlans.plan(planId);
  if (known !== undefined) return ok(known);
  const { statuses } = format;
  if (statuses === undefined) return unknownPlan(planId);
  if (!isPlanName(planId))
    return refuse("unusable-plan-id", `a plan cannot be called ${planId}: pln_ and 1 to 43 of A-Z a-z 0-9 . _ -`);
  const asked = newPlanSchema.parse({ name: "Sales pipeline", statuses, members: users.map((userId) => ({ userId })) });
  const made = makeSalesPlan(asked, {
    planId,
    statusIds: statuses.map(({ name }) => statusIdSchema.parse(`st_${name.toLowerCase()}`)),
    createdAt: toInstant(effects.clock()),
    currency: tenant.currency,
  });
  if (!made.ok) return made;
  await store.salesPlans.create(made.value, newAssignmentState(rulesOf(made.value), 1));
  return made;
}

class ImportRun {
  readonly counter = { rows: 0, created: 0, unchanged: 0, rejected: 0 };
  readonly #input: ImportDealsInput;
  readonly #plan: SalesPlan;
  readonly #users: ReadonlySet<UserId>;
  #reasons: Awaited<ReturnType<SalesContext["store"]["salesPlans"]["reasons"]>> = new Map();
  #waiting: FileDeal[] = [];

  constructor(input: ImportDealsInput, plan: SalesPlan) {
    this.#input = input;
    this.#plan = plan;
    this.#users = new Set(input.users);
  }

  async open(): Promise<void> {
    this.#reasons = await this.#input.context.store.salesPlans.reasons();
  }

  async take(source: ImportedDealSource): Promise<void> {
    this.counter.rows += 1;
    if ("unreadable" in source) return this.#reject(source.line, source.unreadable, source.record);
    const { context, format } = this.#input;
    const record = format.map(source.record);
    const deal = dealOfRow(record, {
      plan: this.#plan,
      zone: context.tenant.timeZone,
      reasons: this.#reasons,
      users: this.#users,
      now: toInstant(context.effects.clock()),
    });
    if (!deal.ok) return this.#reject(source.line, deal.message, record);
    this.#waiting.push(deal.value);
    if (this.#waiting.length >= TOGETHER) await this.save();
  }

  #reject(line: number, reason: string, record: RawRecord | undefined): void {
    this.counter.rejected += 1;
    this.#input.onReject(line, reason, record);
  }

  async save(): Promise<void> {
    const { context, actorId, onSaved } = this.#input;
    const { effects } = context;
    const files = this.#waiting;
    this.#waiting = [];
    const { created, unchanged } = await importTogether(context, this.#plan.planId, files, {
      at: toInstant(effects.clock()),
      actorId,
      requestId: `import_${effects.newId()}`,
    });
    this.counter.created += created;
    this.counter.unchanged += unchanged;
    onSaved?.(this.counter.created + this.counter.unchanged);
  }
}
