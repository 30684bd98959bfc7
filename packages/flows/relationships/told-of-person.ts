import type { Activity } from "@regulars/core/customers/activity";
import type { PersonId } from "@regulars/core/platform/values";

/** The activities of one person: their own, and those that they attended, told for them alone. */
export const toldOfPerson = (told: readonly Activity[], personId: PersonId): Activity[] =>
  told
    .filter((one) => one.personId === personId || one.attendeeIds?.includes(personId) === true)
    .map((one) => ({ ...one, personId, attendeeIds: undefined }));
