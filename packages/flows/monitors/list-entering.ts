import { entersOn } from "@regulars/core/monitors/explain";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { statusesOf } from "@regulars/core/monitors/status-book";
import { compareText } from "@regulars/core/platform/compare";
import { type Result, ok } from "@regulars/core/platform/result";
import { type Day, dayNumber, toDay } from "@regulars/core/platform/values";
import { eachOwner } from "./each-owner.ts";
import { foretellingFor } from "./foretell-findings.ts";
import { type CriteriaInput, type Foretold, prepareCriteria } from "./prepare-criteria.ts";

/** An owner that will meet criteria from a day on, if nothing happens until then. */
export interface EnteringOwner {
  readonly owner: Owner;
  readonly on: Day;
}

/** Who will begin to meet criteria by time alone within so many days, the earliest first. */
export async function listEntering(
  input: CriteriaInput & Foretold & { readonly days: number },
): Promise<Result<{ readonly asOf: Day; readonly entering: readonly EnteringOwner[] }>> {
  const prepared = await prepareCriteria(input);
  if (!prepared.ok) return prepared;
  const { asOf, on, compiled, book } = prepared.value;
  const until = dayNumber(on + input.days);
  const entering: EnteringOwner[] = [];
  const foretelling = await foretellingFor(input, prepared.value, input.days);
  await eachOwner({ ...input, ...input.fields, asOf, foretelling }, ({ owner, input: given }) => {
    const day = entersOn(compiled, statusesOf(book, ownerFacts(given)), { on, until });
    if (day !== undefined) entering.push({ owner, on: toDay(day) });
  });
  return ok({
    asOf,
    entering: entering.toSorted(
      (a, b) => compareText(a.on, b.on) || compareText(ownerIdOf(a.owner), ownerIdOf(b.owner)),
    ),
  });
}
