import type { CustomerBlock, StoredFinding } from "../ports.ts";
import type { Tenant } from "../tenant.ts";
import type { Day, UserId } from "../values.ts";
import type { Closure } from "../closure.ts";
import type { ConfiguredKind } from "./define.ts";
import { type Finding, type Json, findingId } from "./finding.ts";

/** A finding with the facts it rests on, as one day sees it. */
export interface JudgedFinding extends Finding {
  readonly episode: string;
  readonly facts: Json;
}

export interface Judgement {
  /** The kinds that had enough history to say anything. */
  readonly eligible: readonly string[];
  readonly findings: readonly JudgedFinding[];
}

/** Everything every kind finds at one customer on a day. A rep that is no user of the tenant is nobody's. */
export function judgeBlock(
  { customer, history }: CustomerBlock,
  kinds: readonly ConfiguredKind[],
  asOf: Day,
  isUser: (userId: UserId) => boolean,
): Judgement {
  const eligible: string[] = [];
  const findings: JudgedFinding[] = [];
  const { customerId } = customer;
  const repId = customer.repId !== undefined && isUser(customer.repId) ? customer.repId : undefined;
  for (const kind of kinds) {
    const found = kind.detect(history, asOf);
    if (found === undefined) continue;
    eligible.push(kind.id);
    for (const { itemId, episode, facts } of found) {
      const assessment = kind.assess(facts, { asOf, currency: history.currency, closures: history.closures });
      const id = findingId(kind.id, customerId, itemId);
      findings.push({ id, kind: kind.id, customerId, itemId, repId, ...assessment, episode, facts });
    }
  }
  return { eligible, findings };
}

/** A stored finding as a day sees it: its level, money at stake and evidence are worked out anew. */
export function judgeStored(
  stored: StoredFinding,
  kind: ConfiguredKind,
  tenant: Pick<Tenant, "currency">,
  closures: readonly Closure[],
  asOf: Day,
): JudgedFinding {
  const { customerId, itemId, repId, episode, facts } = stored;
  const assessment = kind.assess(facts, { asOf, currency: tenant.currency, closures });
  return {
    id: findingId(kind.id, customerId, itemId),
    kind: kind.id,
    customerId,
    itemId,
    repId,
    ...assessment,
    episode,
    facts,
  };
}

/** The finding alone: what a list shows, without what it is stored by. */
export function publish({ episode: _episode, facts: _facts, ...finding }: JudgedFinding): Finding {
  return finding;
}

/** The customer's closed days, the tenant's own among them. */
export function closuresOf(
  customer: { readonly closedFrom?: string | undefined; readonly closedTo?: string | undefined } | undefined,
  tenant: Pick<Tenant, "closures">,
): readonly Closure[] {
  if (customer?.closedFrom === undefined || customer.closedTo === undefined) return tenant.closures;
  return [...tenant.closures, { from: customer.closedFrom, to: customer.closedTo }];
}
