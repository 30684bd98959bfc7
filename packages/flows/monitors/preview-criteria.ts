import type { Criterion } from "@regulars/core/monitors/criteria";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { CriteriaPreview, type Preview } from "@regulars/core/monitors/preview";
import { statusesOf } from "@regulars/core/monitors/status-book";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";
import { eachOwner } from "./each-owner.ts";
import { type CriteriaInput, compiledOf, prepareCriteria } from "./prepare-criteria.ts";

/** What criteria would do on a day, compared with those that are saved, if there are any. Nothing is saved. */
export async function previewCriteria(
  input: CriteriaInput & { readonly saved?: Criterion | undefined },
): Promise<Result<Preview & { readonly asOf: Day }>> {
  const prepared = await prepareCriteria(input);
  if (!prepared.ok) return prepared;
  const { asOf, on, compiled, book } = prepared.value;
  // Saved criteria that cannot be evaluated any more have nobody who could leave.
  const saved = input.saved === undefined ? undefined : compiledOf(input.saved, input.fields);
  const preview = new CriteriaPreview({
    criterion: input.criteria,
    compiled,
    saved: saved?.ok === true ? saved.value : undefined,
  });
  await eachOwner({ ...input, ...input.fields, asOf }, ({ owner, input: given }) => {
    preview.add(owner, statusesOf(book, ownerFacts(given)), on);
  });
  return ok({ asOf, ...preview.result() });
}
