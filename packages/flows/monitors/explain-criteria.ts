import { type Explanation, explain } from "@regulars/core/monitors/explain";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { ownersAt } from "@regulars/core/monitors/owners-at";
import { statusesOf } from "@regulars/core/monitors/status-book";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Day, toDayNumber } from "@regulars/core/platform/values";
import { foretellingFor, levelsAhead } from "./foretell-findings.ts";
import { type CriteriaInput, type Foretold, prepareCriteria } from "./prepare-criteria.ts";

/** How far ahead findings are evaluated, day by day, for the day on which criteria that read them turn. */
export const FORETOLD_DAYS = 90;

export interface ExplainedOwner extends Explanation {
  readonly asOf: Day;
  readonly owner: Owner;
  /** The last day that is foretold, where criteria read findings; absent where the whole future is. */
  readonly foretoldUntil?: Day | undefined;
}

/** Each comparison of criteria for one owner, with its value and truth, and when the whole changes by time alone. */
export async function explainCriteria(
  input: CriteriaInput & Foretold & { readonly owner: Owner },
): Promise<Result<ExplainedOwner>> {
  const { owner, nightly, fields, tenant } = input;
  const unknown = refuse(`unknown-${owner.type}`, `there is no ${owner.type} ${ownerIdOf(owner)}`);
  if (owner.type !== fields.ownerType)
    return refuse("other-owner-type", `the criteria are about a ${fields.ownerType}, not a ${owner.type}`);
  const prepared = await prepareCriteria(input);
  if (!prepared.ok) return prepared;
  const { asOf, on, compiled, book } = prepared.value;
  const snapshot = await nightly.snapshotOf(owner.customerId, { asOf });
  if (snapshot === undefined || !input.canSee(snapshot.customer)) return unknown;
  const persons = owner.type === "person" ? await nightly.personsOf(owner.customerId) : [];
  const foretelling = await foretellingFor(input, prepared.value, FORETOLD_DAYS);
  const ahead = foretelling && (await levelsAhead(foretelling, snapshot));
  const found = ownersAt({ ...snapshot, persons, levelsAhead: ahead }, fields.ownerType, {
    ...tenant,
    settings: fields.settings,
  }).find((one) => ownerIdOf(one.owner) === ownerIdOf(owner));
  if (found === undefined) return unknown;
  const foretoldUntil = foretelling?.until;
  const until = foretoldUntil && toDayNumber(foretoldUntil);
  return ok({ asOf, owner, foretoldUntil, ...explain(compiled, statusesOf(book, ownerFacts(found.input)), on, until) });
}
