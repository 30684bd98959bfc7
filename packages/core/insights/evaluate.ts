import type { Closure } from "../platform/closure.ts";
import type { Customer } from "../customers/customer.ts";
import type { CustomerSnapshot } from "./customer-snapshot.ts";
import type { StoredFinding } from "./stored-finding.ts";
import { ownerIdOf } from "../customers/list-scope.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { Day, UserId } from "../platform/values.ts";
import type { Assessment } from "./finding.ts";
import { type ConfiguredKind, type EvaluationContext, evaluationContextOf } from "./define.ts";
import { type Dismissal, isDismissed } from "./dismissal.ts";
import { type Finding, type Json, findingId } from "./finding.ts";
import type { TenantMeasures } from "./tenant-measures.ts";
import { type Subject, isSameSubject, subjectAt } from "./subject.ts";

/** A finding with its facts, evaluated for one day. */
export interface EvaluatedFinding extends Finding {
  readonly episode: string;
  readonly facts: Json;
  readonly dismissal?: Dismissal | undefined;
}

export interface Evaluation {
  /** Kinds for which the customer has enough history. */
  readonly eligible: readonly string[];
  /** What the rules find, and earlier findings that stay open (those have `ruleHeldUntil`). */
  readonly findings: readonly EvaluatedFinding[];
}

/** Evaluates every kind for one customer on a day. An owner who is not a user of the tenant counts as none. */
export function evaluateCustomer(
  snapshot: CustomerSnapshot,
  kinds: readonly ConfiguredKind[],
  asOf: Day,
  isUser: (userId: UserId) => boolean,
  measures: TenantMeasures | undefined,
): Evaluation {
  const { customer, history, dismissals } = snapshot;
  const eligible: string[] = [];
  const findings: EvaluatedFinding[] = [];
  const repId = ownerIdOf(customer, isUser);
  const context: EvaluationContext = { ...evaluationContextOf(history), asOf, measures };
  for (const kind of kinds) {
    const detections = kind.detect(history, asOf);
    if (detections !== undefined) eligible.push(kind.id);
    for (const one of [...(detections ?? []), ...kind.carryForward(history, asOf)]) {
      const subject = subjectAt(customer.customerId, one.subject);
      const dismissal = dismissalOf(dismissals, kind.id, subject);
      const known = { ...one, subject, repId, dismissal };
      findings.push(evaluated(known, kind, context, kind.assessFound(one.facts, context)));
    }
  }
  return { eligible, findings };
}

const dismissalOf = (dismissals: readonly Dismissal[], kind: string, subject: Subject): Dismissal | undefined =>
  dismissals.find((one) => one.kind === kind && isSameSubject(one.subject, subject));

type Known = Pick<StoredFinding, "subject" | "repId" | "episode" | "facts" | "dismissal">;

/** A stored finding evaluated for another day: its level, money at stake and evidence are computed again. */
export const reevaluate = (stored: Known, kind: ConfiguredKind, context: EvaluationContext): EvaluatedFinding =>
  evaluated(stored, kind, context, kind.assess(stored.facts, context));

function evaluated(
  { subject, repId, episode, facts, dismissal }: Known,
  kind: ConfiguredKind,
  context: EvaluationContext,
  assessment: Assessment,
): EvaluatedFinding {
  const id = findingId({ kind: kind.id, subject });
  const finding = { id, kind: kind.id, subject, repId, ...assessment, episode, facts };
  if (dismissal === undefined || !isDismissed(dismissal, episode, context.asOf)) return finding;
  return { ...finding, state: "dismissed", dismissedUntil: dismissal.until, dismissal };
}

/** The finding as lists show it, without its storage fields. */
export function publish({
  episode: _episode,
  facts: _facts,
  dismissal: _dismissal,
  ...finding
}: EvaluatedFinding): Finding {
  return finding;
}

/** The customer's closed days, including the tenant's own. */
export function closuresOf(
  customer: Pick<Customer, "closedFrom" | "closedTo"> | undefined,
  tenant: Pick<Tenant, "closures">,
): readonly Closure[] {
  if (customer?.closedFrom === undefined || customer.closedTo === undefined) return tenant.closures;
  return [...tenant.closures, { from: customer.closedFrom, to: customer.closedTo }];
}

/** The evaluation context of a customer whose history is not loaded. */
export const evaluationContextFor = (
  customer: Pick<Customer, "closedFrom" | "closedTo" | "creditHold"> | undefined,
  tenant: Pick<Tenant, "closures" | "currency">,
  asOf: Day,
  measures: TenantMeasures | undefined,
): EvaluationContext => ({
  asOf,
  currency: tenant.currency,
  closures: closuresOf(customer, tenant),
  isOnCreditHold: customer?.creditHold,
  measures,
});
