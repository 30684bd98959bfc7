import type { Activity } from "@regulars/core/customers/activity";
import { type IntakeActivity, assembleActivity } from "@regulars/core/imports/activities";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import type { ItemError } from "@regulars/core/platform/field-error";
import { activityRowSchema } from "@regulars/core/imports/rows";
import type { IntakeStore } from "@regulars/core/imports/import-store";
import type { NoteSaved, SaveCounts } from "@regulars/core/platform/save-counts";
import type { Unplaced } from "./ingest-items.ts";
import type { IntakeKind } from "./import-kind.ts";
import { recordKind } from "./record-kind.ts";

/** Activities: one that names no customer lies where its person works at the time it is told. */
export const activityKind: IntakeKind = recordKind({
  keyColumns: ["activityId"],
  row: activityRowSchema,
  item: ingestSchemas.activities,
  assemble: assembleActivity,
  save: saveActivities,
  isWhole: true,
});

async function saveActivities(
  told: readonly IntakeActivity[],
  store: IntakeStore,
  _absent: readonly string[],
  note?: NoteSaved<IntakeActivity>,
): Promise<SaveCounts & { readonly unplaced: Unplaced<IntakeActivity> }> {
  const homeless = told.filter(({ customerId }) => customerId === undefined);
  const persons = homeless.flatMap(({ personId }) => (personId === undefined ? [] : [personId]));
  const homes = await store.customersOf(persons);
  const given = new Map<Activity, IntakeActivity>();
  const unplaced = new Map<IntakeActivity, ItemError>();
  for (const activity of told) {
    const customerId = activity.customerId ?? homes.get(activity.personId ?? "");
    if (customerId === undefined) unplaced.set(activity, unknownPerson(activity));
    else given.set({ ...activity, customerId }, activity);
  }
  const counts = await store.saveActivities([...given.keys()], (activity, outcome) => {
    const source = given.get(activity);
    if (source !== undefined) note?.(source, outcome);
  });
  return { ...counts, unplaced };
}

const unknownPerson = ({ personId }: IntakeActivity): ItemError => ({
  path: "personId",
  code: "unknown-person",
  message: `person ${personId} is not known: import persons first, or name the customer`,
});
