import { type Explanation, explain } from "@regulars/core/monitors/explain";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { ownersAt } from "@regulars/core/monitors/owners-at";
import { statusesOf } from "@regulars/core/monitors/status-book";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";
import { type CriteriaInput, prepareCriteria } from "./prepare-criteria.ts";

/** Each comparison of criteria for one owner, with its value and truth, and when the whole changes by time alone. */
export async function explainCriteria(
  input: CriteriaInput & { readonly owner: Owner },
): Promise<Result<Explanation & { readonly asOf: Day; readonly owner: Owner }>> {
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
  const found = ownersAt({ ...snapshot, persons }, fields.ownerType, { ...tenant, settings: fields.settings }).find(
    (one) => ownerIdOf(one.owner) === ownerIdOf(owner),
  );
  if (found === undefined) return unknown;
  return ok({ asOf, owner, ...explain(compiled, statusesOf(book, ownerFacts(found.input)), on) });
}
