import * as z from "zod";
import { idOfName } from "../imports/formats/maven.ts";
import type { RawRecord } from "../imports/file-format.ts";
import { parseMoment } from "../platform/period.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type Instant, type UserId, currencySchema, userIdSchema } from "../platform/values.ts";
import { parseAmount } from "../sales-plans/amount.ts";
import type { Deal } from "./deal.ts";
import { type DealId, type ContactId, dealIdSchema, isSequenceId, reasonIdSchema } from "../platform/ids.ts";
import { contactDetailsSchema } from "../contacts/identity.ts";
import type { NewStatus, SalesPlan } from "../sales-plans/sales-plan.ts";
import { checkRefusal, type RefusalReason } from "../sales-plans/refusal.ts";
import type { ReasonId } from "../platform/ids.ts";

/** A layout of a file of deals, and the plan that it makes where there is none. */
export interface DealFormat {
  readonly id: string;
  readonly required: readonly string[];
  readonly columns: readonly string[];
  /** Statuses of the plan that its first import makes; without them the plan must be there. */
  readonly statuses?: readonly NewStatus[] | undefined;
  readonly map: (record: RawRecord) => RawRecord;
}

const columns = [
  "dealId",
  "title",
  "externalId",
  "name",
  "email",
  "phone",
  "amount",
  "currency",
  "status",
  "managerId",
  "reasonId",
  "clarification",
  "createdAt",
  "closedAt",
] as const;

const own: DealFormat = { id: "regulars", required: ["dealId"], columns, map: (record) => record };

/** sales_pipeline.csv of the Maven CRM sales opportunities: 8,800 deals of 35 agents. */
const maven: DealFormat = {
  id: "maven",
  required: ["opportunity_id", "sales_agent", "deal_stage"],
  columns: [
    "opportunity_id",
    "sales_agent",
    "product",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
  ],
  statuses: [
    { name: "Prospecting", kind: "intermediate" },
    { name: "Engaging", kind: "intermediate" },
    { name: "Won", kind: "won" },
    { name: "Lost", kind: "lost" },
  ],
  map: (record) => {
    const cell = (name: string): string => (record[name] ?? "").trim();
    const account = idOfName(cell("account"));
    return {
      dealId: cell("opportunity_id"),
      title: cell("product"),
      // A deal without an account is somebody's whom nobody knows yet.
      externalId: account === "" ? cell("opportunity_id") : account,
      name: cell("account"),
      amount: cell("close_value"),
      currency: "USD",
      status: cell("deal_stage"),
      managerId: idOfName(cell("sales_agent")),
      createdAt: cell("engage_date"),
      closedAt: cell("close_date"),
    };
  },
};

export const dealFormats: readonly DealFormat[] = [own, maven];

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === "string" && value.trim() === "" ? undefined : value), schema.optional());

const rowSchema = z.object({
  dealId: dealIdSchema,
  title: optional(z.string().trim().max(200)),
  externalId: optional(z.string().trim().max(200)),
  name: optional(z.string().trim().max(200)),
  email: optional(z.string().trim().max(254)),
  phone: optional(z.string().trim().max(40)),
  amount: optional(z.string().trim().max(40)),
  currency: optional(z.string().trim().toUpperCase().pipe(currencySchema)),
  status: optional(z.string().trim().max(100)),
  managerId: optional(userIdSchema),
  reasonId: optional(reasonIdSchema),
  clarification: optional(z.string().trim().max(500)),
  createdAt: optional(z.string().trim().max(40)),
  closedAt: optional(z.string().trim().max(40)),
});

/** A deal of a file, but for its person's id. */
export interface FileDeal {
  readonly dealId: DealId;
  readonly contact: z.output<typeof contactDetailsSchema>;
  readonly dealOf: (personId: ContactId, isExtra: boolean) => Deal;
  readonly isOpen: boolean;
}

/** What a deal of a file is read with. */
export interface DealFileContext {
  readonly plan: SalesPlan;
  readonly zone: string;
  readonly reasons: ReadonlyMap<ReasonId, RefusalReason>;
  readonly users: ReadonlySet<UserId>;
  readonly now: Instant;
}

/**
 * A row of a file as the deal it tells of: with the status, manager and times it had there; or why it is none. An amount
 * that is known in minor units is told beside the row.
 */
export function dealOfRow(record: RawRecord, context: DealFileContext, amountMinor?: number): Result<FileDeal> {
  const parsed = rowSchema.safeParse(record);
  if (!parsed.success) return refuse("unusable-row", issueText(parsed.error));
  const row = parsed.data;
  if (isSequenceId(row.dealId))
    return refuse(
      "reserved-id",
      `${row.dealId} is an id as leads get it with their sequence number: give this deal another one`,
    );
  const { plan, zone, reasons, users, now } = context;
  const contact = contactDetailsSchema.safeParse({
    externalId: row.externalId ?? (row.email === undefined && row.phone === undefined ? row.dealId : undefined),
    name: row.name,
    email: row.email,
    phone: row.phone,
  });
  if (!contact.success) return refuse("unusable-row", issueText(contact.error));
  const status =
    row.status === undefined
      ? plan.statuses.find(({ kind }) => kind === "intermediate")
      : plan.statuses.find(({ name, statusId }) => statusId === row.status || sameName(name, row.status));
  if (status === undefined) return refuse("unknown-status", `the plan has no status "${row.status}"`);
  if (row.managerId !== undefined && !users.has(row.managerId))
    return refuse("unknown-user", `${row.managerId} is no user: import users first`);
  const currency = row.currency ?? plan.currency;
  const given = amountMinor ?? row.amount;
  const amount = given === undefined ? ok(plan.averageMinor) : parseAmount(given, currency);
  if (!amount.ok) return amount;
  const times = timesOfRow(row, zone, now);
  if (!times.ok) return times;
  const { createdAt, closedAt } = times.value;
  const refusal = checkRefusal(status, row, reasons);
  if (!refusal.ok) return refusal;
  const { kind, statusId } = status;
  const closing = kind === "intermediate" ? {} : { closing: { kind, at: closedAt, ...refusal.value } };
  return ok({
    dealId: row.dealId,
    contact: contact.data,
    isOpen: kind === "intermediate",
    dealOf: (personId, isExtra) => ({
      dealId: row.dealId,
      planId: plan.planId,
      personId,
      title: row.title ?? row.name ?? plan.name,
      amountMinor: amount.value,
      currency,
      statusId,
      managerId: row.managerId,
      ...closing,
      isExtra,
      version: 1,
      createdAt,
      changedAt: kind === "intermediate" ? createdAt : closedAt,
    }),
  });
}

const sameName = (name: string, given: string | undefined): boolean =>
  given !== undefined && name.toLocaleLowerCase("en") === given.toLocaleLowerCase("en");

function timesOfRow(
  {
    createdAt: made,
    closedAt: closed,
  }: { readonly createdAt?: string | undefined; readonly closedAt?: string | undefined },
  zone: string,
  now: Instant,
): Result<{ readonly createdAt: Instant; readonly closedAt: Instant }> {
  const createdAt = made === undefined ? now : parseMoment(made, zone)?.at;
  if (createdAt === undefined) return refuse("unusable-row", `createdAt "${made}" is not a date`);
  const closedAt = closed === undefined ? createdAt : parseMoment(closed, zone)?.at;
  if (closedAt === undefined) return refuse("unusable-row", `closedAt "${closed}" is not a date`);
  return ok({ createdAt, closedAt });
}

function issueText({ issues }: z.core.$ZodError): string {
  const [issue] = issues;
  return issue === undefined ? "cannot be used" : `${issue.path.join(".")} ${issue.message}`.trim();
}
