import { createHash } from "node:crypto";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Lead } from "@regulars/core/imports/imported-contact";
import { formatKey } from "@regulars/core/access/api-key";
import { type Right, keyActions } from "@regulars/core/access/rights";
import type { Role } from "@regulars/core/access/user";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { externalIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { jobIdSchema, leadPersonIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import type { PlanStore } from "@regulars/core/bulk-operations/sales-store";
import { workJob } from "@regulars/flows/bulk-operations/add-audience";
import { assignWaiting } from "@regulars/flows/assignment/assign-waiting";
import { planContextOf } from "@regulars/functions/effects";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { PlanStory } from "../setup/plan-story.ts";
import { aTenant, benchOf } from "../setup/tenant.ts";
import { type ApiDesk, type Asked, DESK_NOW } from "./api-desk.ts";

/** What a test reads of an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects of a body by comparing it
  readonly body: any;
}

/** A member as a plan is asked for with him. */
export interface MemberBody {
  readonly userId: string;
  readonly weight?: number;
  readonly cap?: number;
  readonly vacations?: readonly object[];
  readonly isPaused?: boolean;
  readonly hours?: readonly object[];
}

/** A plan as the API tells it. */
export interface PlanBody {
  readonly planId: string;
  readonly version: number;
  readonly statuses: readonly { readonly statusId: string; readonly name: string; readonly kind: string }[];
}

let fresh = 0;

/** A tenant whose sales plans are asked for over HTTP: a manager, and a tunnel with its key. */
export class PlanDesk {
  readonly desk: ApiDesk;
  readonly tenant: Tenant;
  readonly story: PlanStory;
  readonly manager: string;
  readonly tunnel: string;

  private constructor(desk: ApiDesk, tenant: Tenant, manager: string, tunnel: string) {
    this.desk = desk;
    this.tenant = tenant;
    this.manager = manager;
    this.tunnel = tunnel;
    this.story = new PlanStory({}, {}, benchOf(tenant));
    this.story.nowMs = desk.clock.nowMs;
  }

  static async open(desk: ApiDesk, told: Partial<Record<keyof Tenant, unknown>> = {}): Promise<PlanDesk> {
    const tenant = aTenant(told);
    await openTenantDirectory(desk.runtime.table).ensure(tenant, toInstant(DESK_NOW));
    const store = openTenantStore(desk.runtime.table, tenant);
    await store.intake.saveUsers([
      { userId: userIdSchema.parse("boss"), name: "Boss", role: "admin" satisfies Role as Role },
    ]);
    const tunnel = await aKey(desk, tenant, "tunnel", [...keyActions]);
    return new PlanDesk(desk, tenant, await desk.tokenOf(tenant, "boss"), tunnel);
  }

  /** The same tenant through another process's API. */
  through(desk: ApiDesk): PlanDesk {
    return new PlanDesk(desk, this.tenant, this.manager, this.tunnel);
  }

  /** The same desk with a manager's token of now: one that was signed in before a clock moved is signed in no more. */
  async signedIn(): Promise<PlanDesk> {
    return new PlanDesk(this.desk, this.tenant, await this.desk.tokenOf(this.tenant, "boss"), this.tunnel);
  }

  key(name: string, actions: readonly Right[] = keyActions): Promise<string> {
    return aKey(this.desk, this.tenant, name, actions);
  }

  async ask(method: string, path: string, body?: unknown, told: Partial<Asked> = {}): Promise<Answer> {
    const reply = await this.desk.ask(`/v1${path}`, { method, as: this.manager, body, ...told });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  async plan(rule: string, members: readonly (string | MemberBody)[], told: object = {}): Promise<PlanBody> {
    const rows = members.map((member) => (typeof member === "string" ? { userId: member } : member));
    await this.story.users(...rows.map(({ userId }) => userId));
    const [affinity, balance] = rule.split(">");
    const distribution = balance === undefined ? { mode: "manual" } : { mode: "uniform", affinity, balance };
    const { status, body } = await this.ask("POST", "/plans", { name: "New SP", distribution, members: rows, ...told });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  }

  /** Goes on with a mass action; until so large a share is done, all of it unless told. */
  async workJob(id: string, share = 1): Promise<void> {
    const store = openTenantStore(this.desk.runtime.table, this.tenant);
    const jobId = jobIdSchema.parse(id);
    const total = (await store.plans.job(jobId))?.total ?? 0;
    const context = planContextOf(this.tenant, store, this.desk.runtime);
    let done = 0;
    const counting: PlanStore = {
      ...context.store,
      saveBulkIntake: async (leads, ...told) => {
        const isSaved = await context.store.saveBulkIntake(leads, ...told);
        if (isSaved) done += leads.length;
        return isSaved;
      },
    };
    await workJob({ ...context, store: counting }, jobId, () => share < 1 && done >= total * share);
  }

  /** So many persons known as leads, written as they are stored. */
  async persons(count: number): Promise<void> {
    const { operations, keys } = this.story.bench;
    await operations.batchPut(
      Array.from({ length: count }, (_, i) => {
        const person = {
          personId: leadPersonIdSchema.parse(`per_${i}`),
          createdAt: toInstant(DESK_NOW),
          name: `P${i}`,
        };
        return {
          ...keys.leadPerson(person.personId),
          ...person,
          g1p: keys.audience(i % 8),
          g1s: `${person.createdAt}#${i}`,
        };
      }),
    );
  }

  /** Leads as an import or the API's batches leave them. */
  async imported(...leads: readonly (Omit<Lead, "externalId"> & { readonly externalId: string })[]): Promise<void> {
    await this.story.bench.store.intake.saveLeads(
      leads.map((lead) => ({ ...lead, externalId: externalIdSchema.parse(lead.externalId) })),
    );
  }

  /** All that this tenant has stored, but for what counts and logs its requests. */
  async writtenItems(): Promise<string[]> {
    const prefix = `T#${this.tenant.tenantId}#`;
    const items: string[] = [];
    const { documents, name } = this.desk.runtime.table;
    for await (const page of paginateScan(
      { client: documents },
      {
        TableName: name,
        FilterExpression: "begins_with(pk, :prefix)",
        ExpressionAttributeValues: { ":prefix": prefix },
      },
    ))
      for (const item of page.Items ?? [])
        if (!/#(RATE|HOOK)#/.test(String(item["pk"]))) items.push(JSON.stringify(item, inOrder));
    return items.toSorted();
  }

  /** What the schedule does at a plan's desk. */
  async workDesk({ planId }: Pick<PlanBody, "planId">): Promise<void> {
    const context = planContextOf(
      this.tenant,
      openTenantStore(this.desk.runtime.table, this.tenant),
      this.desk.runtime,
    );
    const id = planIdSchema.parse(planId);
    while ((await assignWaiting(context, id)) !== "done") await context.world.wait(10);
  }

  /** Sends a lead as the tunnel does; of somebody new unless told. */
  hook(
    plan: Pick<PlanBody, "planId">,
    lead: object = {},
    told: Partial<Asked> & { readonly query?: string } = {},
  ): Promise<Answer> {
    const { query = "", ...asked } = told;
    const body = { person: { externalId: `sub${(fresh += 1)}` }, ...lead };
    return this.ask("POST", `/hooks/plans/${plan.planId}/leads${query}`, body, { as: this.tunnel, ...asked });
  }
}

/** An item's parts in one order, whatever order they come in. */
function inOrder(_name: string, value: unknown): unknown {
  if (value instanceof Set) return [...value].toSorted();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function aKey(desk: ApiDesk, tenant: Tenant, name: string, actions: readonly Right[]): Promise<string> {
  const store = openTenantStore(desk.runtime.table, tenant);
  const known = (await store.machineKeys.list()).filter((key) => key.name === name);
  const hash = createHash("sha256").update(`${tenant.tenantId} ${name} ${known.length}`);
  const keyId = `k${hash.copy().digest("hex").slice(0, 12)}`;
  const secret = hash.digest("base64url");
  const secretHash = createHash("sha256").update(secret).digest("hex");
  await store.machineKeys.create(
    { keyId, name, actions, createdAt: toInstant(DESK_NOW), createdBy: "user:boss", secretHash },
    known.map((key) => key.keyId),
  );
  return formatKey({ tenantId: tenant.tenantId, keyId, secret });
}
