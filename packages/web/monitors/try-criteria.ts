import { type Criterion, leavesOf } from "@regulars/core/monitors/criteria";
import { countedIn, joinedCriteria, withLeaf } from "@regulars/core/monitors/edit-criteria";
import type { CriteriaContext } from "@regulars/core/monitors/fields";
import type { Owner, OwnerType } from "@regulars/core/monitors/owner";
import type { Preview } from "@regulars/core/monitors/preview";
import { readCriteria } from "@regulars/core/monitors/read-criteria";
import { type StatusMonitor, isEvaluated } from "@regulars/core/monitors/status-monitor";
import { writeCriteria } from "@regulars/core/monitors/write-criteria";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Day, toInstant } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import { criteriaContextOf } from "@regulars/flows/monitors/criteria-context";
import { memberCards, ownerName } from "@regulars/flows/monitors/member-cards";
import { previewCriteria } from "@regulars/flows/monitors/preview-criteria";
import { criteriaSentence } from "@regulars/render/monitors/criteria-sentence";
import { cutValue, refuseField } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { addedIn } from "./leaf-form.ts";
import { plain } from "./selections-page.ts";
import { type StatusForm, changeOf, criteriaIn, mistakesIn } from "./status-form.ts";

/** A comparison of the criteria, and what it alone does. */
export interface TriedLeaf {
  readonly path: string;
  readonly sentence: string;
  readonly excludes: number;
  readonly unknown: number;
  /** Whether who has no such value may be counted in. */
  readonly isStrict: boolean;
}

/** What criteria would do. */
export interface TriedCriteria {
  readonly sentence: string;
  readonly preview: Preview & { readonly asOf: Day };
  readonly leaves: readonly TriedLeaf[];
  readonly nameOf: (owner: Owner) => string;
}

/** What the criteria are after a button of the form, in words; and what they would do, unless there are none. */
export interface Tried {
  readonly words: string;
  readonly tried: TriedCriteria | undefined;
}

interface Asked {
  readonly statusId: string;
  readonly ownerType: OwnerType | undefined;
  readonly saved: StatusMonitor | undefined;
  readonly form: StatusForm;
}

/** Does what a button says to the criteria (adds, takes out, counts in) and shows what they would do; saves nothing. */
export async function tryCriteria(opened: OpenTenant, runtime: Runtime, asked: Asked): Promise<Result<Tried>> {
  const { ownerType, saved, form } = asked;
  const { tenant, words, catalog, whole, scope } = opened;
  const { monitors, customersAfter, nightly, records } = whole;
  if (ownerType === undefined) {
    const [name, valu] = [words.say("editor.whose"), cutValue(form["ownerType"] ?? "")];
    return refuseField("ownerType", words.say("form.wrong", { name, valu, text: words.say("form.noChoice") }));
  }
  const statusId = monitorIdSchema.safeParse(asked.statusId);
  if (!statusId.success) return refuse("unusable-fields", "the id of the status is not one");
  // What it would do is shown also while it has no name.
  const given = changeOf({ ...form, name: form["name"] === "" ? "-" : (form["name"] ?? "-") }, words);
  if (!given.ok) return given;
  const written = criteriaIn(form["criteria"] ?? "");
  if (!written.ok) return written;
  const about = { ownerType, statusId: statusId.data };
  const fields = await criteriaContextOf({ tenant, catalog, monitors, customersAfter }, about, [
    written.value,
    form["leafField"],
  ]);
  const edited = editedCriteria(written.value, form, fields);
  if (!edited.ok) return edited;
  const criteria = edited.value;
  if (criteria === undefined) return ok({ words: "", tried: undefined });
  const preview = plain(
    await previewCriteria({
      tenant,
      nightly,
      monitors,
      fields,
      criteria,
      saved: saved !== undefined && isEvaluated(saved) ? saved.criteria : undefined,
      canSee: (await scope()).canSee,
      now: toInstant(runtime.clock()),
    }),
  );
  if (!preview.ok) return preview;
  const names = new Map<string, string>([
    ...catalog.kinds.map(({ id, title }): [string, string] => [id, words.kindTitle(id) ?? title]),
    ...(await monitors.monitors()).map((one): [string, string] => [one.statusId, one.name]),
  ]);
  const sentenceOf = (part: Criterion): string =>
    criteriaSentence(part, { fields, locale: words.formats.locale, nameOf: (id) => names.get(id) });
  const { examples, entering, leaving, leaves } = preview.value;
  const cardOf = await memberCards({ tenant, nightly, records }, [...examples, ...entering, ...leaving]);
  const placed = leavesOf(criteria);
  return ok({
    words: writeCriteria(criteria),
    tried: {
      sentence: sentenceOf(criteria),
      preview: preview.value,
      leaves: leaves.flatMap(({ path, excludes, unknown }, at) => {
        const leaf = placed[at]?.leaf;
        if (leaf === undefined) return [];
        return [{ path, sentence: sentenceOf(leaf), excludes, unknown, isStrict: leaf.orNever !== true }];
      }),
      nameOf: (owner) => ownerName(owner, cardOf(owner)),
    },
  });
}

/** The criteria of a form after its button: "take-out PATH" and "or-never PATH" change a leaf; every other adds one. */
function editedCriteria(written: unknown, form: StatusForm, fields: CriteriaContext): Result<Criterion | undefined> {
  const read =
    written === undefined ? ({ ok: true, value: undefined } as const) : readCriteria(written, fields, "criteria");
  if (!read.ok) return refuseField("criteria", mistakesIn(read.errors));
  const [action, path = ""] = (form["do"] ?? "").split(" ");
  if (read.value !== undefined && action === "take-out") return ok(withLeaf(read.value, path, () => undefined));
  if (read.value !== undefined && action === "or-never") return checked(countedIn(read.value, path), fields);
  const added = addedIn(form, fields);
  if (!added.ok || added.value === undefined) return added.ok ? ok(read.value) : added;
  const { part, how } = added.value;
  return checked(joinedCriteria(read.value, part, how), fields);
}

/** The whole is checked again: a comparison more may be one too many, or too deep. */
function checked(edited: Criterion | undefined, fields: CriteriaContext): Result<Criterion | undefined> {
  if (edited === undefined) return ok(edited);
  const whole = readCriteria(edited, fields, "criteria");
  return whole.ok ? whole : refuseField("criteria", mistakesIn(whole.errors));
}
