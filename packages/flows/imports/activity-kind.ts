import type { Activity } from "@regulars/core/customers/activity";
import { type ImportedActivity, assembleActivity } from "@regulars/core/imports/activities";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import type { ItemError } from "@regulars/core/platform/field-error";
import { activityRowSchema } from "@regulars/core/imports/rows";
import type { ImportStore } from "@regulars/core/imports/import-store";
import { type NoteSaved, type SaveCounts, noteOf } from "@regulars/core/platform/save-counts";
import type { NotApplied } from "./ingest-items.ts";
import type { ImportPipeline } from "./import-kind.ts";
import { recordKind } from "./record-kind.ts";

/** Activities. One without a customer belongs to the customer at which its person works when it is imported. */
export const activityKind: ImportPipeline = recordKind({
  keyColumns: ["activityId"],
  row: activityRowSchema,
  item: ingestSchemas.activities,
  assemble: assembleActivity,
  save: saveActivities,
  isWhole: true,
});

async function saveActivities(
  asked: readonly ImportedActivity[],
  store: ImportStore,
  _absent: readonly string[],
  note?: NoteSaved<ImportedActivity>,
): Promise<SaveCounts & { readonly notApplied: NotApplied<ImportedActivity> }> {
  const homeless = asked.filter(({ customerId }) => customerId === undefined);
  const persons = homeless.flatMap(({ personId }) => (personId === undefined ? [] : [personId]));
  const homes = await store.customersOf(persons);
  const given = new Map<Activity, ImportedActivity>();
  const notApplied = new Map<ImportedActivity, ItemError>();
  for (const activity of asked) {
    const customerId = activity.customerId ?? homes.get(activity.personId ?? "");
    if (customerId === undefined) notApplied.set(activity, unknownPerson(activity));
    else given.set({ ...activity, customerId }, activity);
  }
  const noted = note === undefined ? undefined : noteOf(note, (activity: Activity) => given.get(activity));
  const counts = await store.saveActivities([...given.keys()], noted);
  return { ...counts, notApplied };
}

const unknownPerson = ({ personId }: ImportedActivity): ItemError => ({
  path: "personId",
  code: "unknown-person",
  message: `person ${personId} is not known: import persons first, or name the customer`,
});
