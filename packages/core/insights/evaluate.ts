import type { Closure } from "../platform/closure.ts";
import type { Customer } from "../customers/customer.ts";
import type { CustomerSnapshot } from "./customer-snapshot.ts";
import type { StoredFinding } from "./stored-finding.ts";
import { ownerIdOf } from "../customers/list-scope.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { Day, UserId } from "../platform/values.ts";
import { type ConfiguredKind, type EvaluationContext, evaluationContextOf } from "./define.ts";
import { type Dismissal, isDismissed } from "./dismissal.ts";
import { type Finding, type Json, findingId } from "./finding.ts";
import { type Subject, isSameSubject, subjectAt } from "./subject.ts";

/** A finding with the facts it rests on, as one day sees it. */
export interface EvaluatedFinding extends Finding {
  readonly episode: string;
  readonly facts: Json;
  readonly dismissal?: Dismissal | undefined;
}

export interface Evaluation {
  /** The kinds that had enough history to say anything. */
  readonly eligible: readonly string[];
  /** What the rules find, and what they found once and stays open (those have `ruleHeldUntil`). */
  readonly findings: readonly EvaluatedFinding[];
}

/** Everything every kind finds at one customer on a day. An owner that is no user of the tenant is nobody. */
export function evaluateCustomer(
  snapshot: CustomerSnapshot,
  kinds: readonly ConfiguredKind[],
  asOf: Day,
  isUser: (userId: UserId) => boolean,
): Evaluation {
  const { customer, history, dismissals } = snapshot;
  const eligible: string[] = [];
  const findings: EvaluatedFinding[] = [];
  const repId = ownerIdOf(customer, isUser);
  const context: EvaluationContext = { ...evaluationContextOf(history), asOf };
  for (const kind of kinds) {
    const detections = kind.detect(history, asOf);
    if (detections !== undefined) eligible.push(kind.id);
    for (const one of [...(detections ?? []), ...kind.carryForward(history, asOf)]) {
      const subject = subjectAt(customer.customerId, one.subject);
      const dismissal = dismissalOf(dismissals, kind.id, subject);
      findings.push(evaluateDetection({ ...one, subject, repId, dismissal }, kind, context));
    }
  }
  return { eligible, findings };
}

const dismissalOf = (dismissals: readonly Dismissal[], kind: string, subject: Subject): Dismissal | undefined =>
  dismissals.find((one) => one.kind === kind && isSameSubject(one.subject, subject));

type Known = Pick<StoredFinding, "subject" | "repId" | "episode" | "facts" | "dismissal">;

/** A stored finding as a day sees it: its level, money at stake and evidence are worked out anew. */
export const reevaluate = (stored: StoredFinding, kind: ConfiguredKind, context: EvaluationContext): EvaluatedFinding =>
  evaluateDetection(stored, kind, context);

function evaluateDetection(
  { subject, repId, episode, facts, dismissal }: Known,
  kind: ConfiguredKind,
  context: EvaluationContext,
): EvaluatedFinding {
  const assessment = kind.assess(facts, context);
  const id = findingId({ kind: kind.id, subject });
  const evaluated = { id, kind: kind.id, subject, repId, ...assessment, episode, facts };
  if (dismissal === undefined || !isDismissed(dismissal, episode, context.asOf)) return evaluated;
  return { ...evaluated, state: "dismissed", dismissedUntil: dismissal.until, dismissal };
}

/** The finding alone: what a list shows, without what it is stored by. */
export function publish({
  episode: _episode,
  facts: _facts,
  dismissal: _dismissal,
  ...finding
}: EvaluatedFinding): Finding {
  return finding;
}

/** The customer's closed days, the tenant's own among them. */
export function closuresOf(
  customer: Pick<Customer, "closedFrom" | "closedTo"> | undefined,
  tenant: Pick<Tenant, "closures">,
): readonly Closure[] {
  if (customer?.closedFrom === undefined || customer.closedTo === undefined) return tenant.closures;
  return [...tenant.closures, { from: customer.closedFrom, to: customer.closedTo }];
}

/** The setting of a customer whose history is not at hand. */
export const evaluationContextFor = (
  customer: Pick<Customer, "closedFrom" | "closedTo" | "creditHold"> | undefined,
  tenant: Pick<Tenant, "closures" | "currency">,
  asOf: Day,
): EvaluationContext => ({
  asOf,
  currency: tenant.currency,
  closures: closuresOf(customer, tenant),
  isOnCreditHold: customer?.creditHold,
});
