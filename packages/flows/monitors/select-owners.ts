import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { statusesOf } from "@regulars/core/monitors/status-book";
import { compareText } from "@regulars/core/platform/compare";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { eachOwner } from "./each-owner.ts";
import { type CriteriaInput, prepareCriteria } from "./prepare-criteria.ts";

export interface SelectedOwners {
  readonly asOf: Day;
  /** In the order of their ids. */
  readonly owners: readonly Owner[];
  /** Customers whose data cannot be read; they are in no selection. */
  readonly setAside: readonly SetAsideCustomer[];
}

/**
 * Who meets criteria on a day (docs/reference/monitors.md 2). Other statuses that they name are evaluated for the same
 * day.
 */
export async function selectOwners(input: CriteriaInput): Promise<Result<SelectedOwners>> {
  const prepared = await prepareCriteria(input);
  if (!prepared.ok) return prepared;
  const { asOf, on, compiled, book } = prepared.value;
  const owners: Owner[] = [];
  const setAside = await eachOwner({ ...input, ...input.fields, asOf }, ({ owner, input: given }) => {
    if (compiled.truth(statusesOf(book, ownerFacts(given)), on) === true) owners.push(owner);
  });
  return ok({ asOf, owners: owners.toSorted(byOwnerId), setAside: setAside.toSorted(byCustomerId) });
}

const byOwnerId = (a: Owner, b: Owner): number => compareText(ownerIdOf(a), ownerIdOf(b));

const byCustomerId = (a: SetAsideCustomer, b: SetAsideCustomer): number => compareText(a.customerId, b.customerId);
