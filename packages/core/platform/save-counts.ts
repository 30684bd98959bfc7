import { ContentionError } from "./contention-error.ts";
import type { CompanionWrites } from "./idempotency.ts";

/** The counts of a save. A repeated save finds everything unchanged. */
export interface SaveCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What a save did to one record. */
export type SaveOutcome = keyof SaveCounts;

/** What a save tells of one record. `overtaken`: other writers kept changing it; it is not saved, and may be again. */
export type NotedOutcome = SaveOutcome | "overtaken";

/** A record and what its save does to it. */
export interface Saved<Doc> {
  readonly record: Doc;
  readonly outcome: Exclude<SaveOutcome, "unchanged">;
}

/**
 * Called for each record of a save with its outcome, once that is certain; `record` is the same object that was passed
 * to the save. Without a listener, an overtaken record fails the save.
 */
export interface NoteSaved<Doc> {
  (record: Doc, outcome: NotedOutcome): void;
  /** Writes for the transaction that saves these records; none that touches the records themselves. */
  readonly companionOf?: ((saved: readonly Saved<Doc>[]) => CompanionWrites | undefined) | undefined;
}

/** A listener for records that are saved in place of others: it tells of those. */
export function noteOf<Doc, Given>(
  note: NoteSaved<Given>,
  givenOf: (record: Doc) => Given | undefined,
): NoteSaved<Doc> {
  const { companionOf } = note;
  const tell = (record: Doc, outcome: NotedOutcome): void => {
    const given = givenOf(record);
    if (given !== undefined) note(given, outcome);
  };
  if (companionOf === undefined) return tell;
  return Object.assign(tell, {
    companionOf: (saved: readonly Saved<Doc>[]) =>
      companionOf(
        saved.flatMap(({ record, outcome }) => {
          const given = givenOf(record);
          return given === undefined ? [] : [{ record: given, outcome }];
        }),
      ),
  });
}

/** A listener before another one: it hears of every record, and the other one is told of it as if there were no first. */
export function heardFirst<Doc>(
  note: NoteSaved<Doc> | undefined,
  hear: (record: Doc, outcome: NotedOutcome) => void,
): NoteSaved<Doc> {
  const tell = (record: Doc, outcome: NotedOutcome): void => {
    hear(record, outcome);
    if (note !== undefined) note(record, outcome);
    else if (outcome === "overtaken")
      throw new ContentionError("a record keeps being changed by other writers: try again");
  };
  return Object.assign(tell, { companionOf: note?.companionOf });
}
