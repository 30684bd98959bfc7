import type * as z from "zod";
import type { RawRecord } from "../imports/file-format.ts";
import { latestDays, momentIn } from "../imports/intake.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import type { Instant, UserId } from "../platform/values.ts";
import type { AmountInput } from "../platform/amount-input.ts";
import { parseAmount } from "../sales-plans/amount.ts";
import type { Deal } from "./deal.ts";
import { dealRowSchema } from "./deal-fields.ts";
import { type DealId, type ContactId, isSequenceId } from "../platform/ids.ts";
import { contactDetailsSchema } from "../contacts/identity.ts";
import type { SalesPlan } from "../sales-plans/sales-plan.ts";
import { checkRefusal, type RefusalReason } from "../sales-plans/refusal.ts";
import type { ReasonId } from "../platform/ids.ts";

/** A deal of a file, but for its person's id. */
export interface FileDeal {
  readonly dealId: DealId;
  readonly contact: z.output<typeof contactDetailsSchema>;
  readonly dealOf: (personId: ContactId, isExtra: boolean) => Deal;
  readonly isOpen: boolean;
}

/** What is needed to read a deal from a file. */
export interface DealFileContext {
  readonly plan: SalesPlan;
  readonly zone: string;
  readonly reasons: ReadonlyMap<ReasonId, RefusalReason>;
  readonly users: ReadonlySet<UserId>;
  readonly now: Instant;
}

/**
 * A file's row as a deal, with the status, manager and times of the source system, or the reason why it is refused. An
 * amount that is already in minor units is passed separately from the row.
 */
export function dealOfRow(record: RawRecord, context: DealFileContext, amountGiven?: AmountInput): Result<FileDeal> {
  const parsed = dealRowSchema.safeParse(record);
  if (!parsed.success) return refuse("unusable-row", issueText(parsed.error));
  const row = parsed.data;
  if (isSequenceId(row.dealId))
    return refuse(
      "reserved-id",
      `${row.dealId} has the form of an id made from a lead's sequence number: give this deal another id`,
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
    return refuse("unknown-user", `${row.managerId} is not a user: import users first`);
  const currency = row.currency ?? plan.currency;
  const given = amountGiven ?? row.amount;
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
  const intake = { timeZone: zone, latest: latestDays(now, zone) };
  const created = made === undefined ? ok({ at: now }) : momentIn("createdAt", made, intake);
  if (!created.ok) return refuse("unusable-row", created.message);
  const ended = closed === undefined ? created : momentIn("closedAt", closed, intake);
  if (!ended.ok) return refuse("unusable-row", ended.message);
  return ok({ createdAt: created.value.at, closedAt: ended.value.at });
}

function issueText({ issues }: z.core.$ZodError): string {
  const [issue] = issues;
  return issue === undefined ? "cannot be used" : `${issue.path.join(".")} ${issue.message}`.trim();
}
