import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type ItemError, type ReadItem, MOST_ERRORS } from "@regulars/core/platform/field-error";
import type { ImportStore } from "@regulars/core/imports/import-store";
import type { NoteSaved, NotedOutcome, SaveOutcome, Saved } from "@regulars/core/platform/save-counts";
import type { Intake } from "@regulars/core/imports/intake";

/** The result of one item of a batch. */
export interface ItemResult {
  /** Its place in the batch, from 0. */
  readonly index: number;
  /** Its id, if it could be read; the invoice id of a payment. */
  readonly id?: string | undefined;
  readonly outcome: SaveOutcome | "rejected";
  /** Why it was rejected. */
  readonly errors?: readonly ItemError[] | undefined;
}

/** An item that is saved by a transaction. */
interface SavedItem {
  readonly index: number;
  readonly outcome: SaveOutcome;
}

/** What an interrupted attempt at the same batch has saved already. */
export interface BatchProgress {
  readonly saved: ReadonlyMap<number, SaveOutcome>;
  /** Records that a transaction saves these items; stored in the transaction. */
  readonly companionOf: (items: readonly SavedItem[]) => CompanionWrites | undefined;
}

export type IngestItems<Store = ImportStore> = (
  items: readonly unknown[],
  tenant: Intake,
  store: Store,
  progress?: BatchProgress,
) => Promise<ItemResult[]>;

/** An item that can be saved. */
interface ReadyItem<Doc> {
  readonly doc: Doc;
  /** Items of one key are saved one after the other; those without a key are independent. */
  readonly key?: string | undefined;
  /** Columns that the item does not have: their stored values stay. */
  readonly absent: readonly string[];
}

/** Documents that the store could not save, and why. */
export type NotApplied<Doc> = ReadonlyMap<Doc, ItemError>;

interface Ingesting<Doc, Store> {
  readonly keyColumns: readonly string[];
  /** What an item is depends on the items before it: those that an earlier attempt has saved are read all the same. */
  readonly isNumbered?: boolean;
  readonly read: (item: unknown, tenant: Intake, store: Store) => ReadItem<ReadyItem<Doc>>;
  readonly save: (
    docs: readonly Doc[],
    store: Store,
    absent: readonly string[],
    note: NoteSaved<Doc>,
  ) => Promise<NotApplied<Doc>>;
}

const companionsOf =
  <Doc>(indexOf: ReadonlyMap<Doc, number>, progress: BatchProgress) =>
  (saved: readonly Saved<Doc>[]): CompanionWrites | undefined =>
    progress.companionOf(
      saved.flatMap(({ record, outcome }) => {
        const index = indexOf.get(record);
        return index === undefined ? [] : [{ index, outcome }];
      }),
    );

/** The item's record is being changed by other writers, again and again; the other items are saved all the same. */
const OVERTAKEN = {
  outcome: "rejected",
  errors: [{ path: "", code: "try-again", message: "is being changed by other writers: send it again in a moment" }],
} as const;

type Placed<Doc> = ReadyItem<Doc> & { readonly index: number };

/**
 * Saves the valid items, and rejects the others with all their errors. Items are saved in their order, as if each had
 * come in a batch of its own: of two with the same id the later one wins, and each has its own result. An item that an
 * earlier attempt has saved is not saved again: it has the result of that attempt.
 */
export function ingesting<Doc extends object, Store = ImportStore>({
  keyColumns,
  isNumbered = false,
  read,
  save,
}: Ingesting<Doc, Store>): IngestItems<Store> {
  return async (items, tenant, store, progress) => {
    const results = new Map<number, Omit<ItemResult, "index" | "id">>();
    const ready: Placed<Doc>[] = [];
    for (const [index, item] of items.entries()) {
      const outcome = progress?.saved.get(index);
      if (outcome !== undefined && !isNumbered) {
        results.set(index, { outcome });
        continue;
      }
      const given = read(item, tenant, store);
      if (given.ok) ready.push({ index, ...given.value });
      else results.set(index, { outcome: "rejected", errors: given.errors.slice(0, MOST_ERRORS) });
    }
    for (const wave of wavesOf(ready))
      for (const group of Map.groupBy(wave, ({ absent }) => absent.join(" ")).values()) {
        const indexOf = new Map(group.map(({ doc, index }) => [doc, index]));
        const finish = (doc: Doc, result: Omit<ItemResult, "index" | "id">): void => {
          const index = indexOf.get(doc);
          if (index !== undefined) results.set(index, result);
        };
        const note = Object.assign(
          (doc: Doc, outcome: NotedOutcome) => finish(doc, outcome === "overtaken" ? OVERTAKEN : { outcome }),
          progress === undefined ? {} : { companionOf: companionsOf(indexOf, progress) },
        );
        const notApplied = await save([...indexOf.keys()], store, group[0]?.absent ?? [], note);
        for (const [doc, error] of notApplied) finish(doc, { outcome: "rejected", errors: [error] });
      }
    for (const [index, outcome] of progress?.saved ?? []) results.set(index, { outcome });
    return items.map((item, index) => {
      const result = results.get(index);
      if (result === undefined) throw new Error(`item ${index} has no result`);
      const id = idOf(item, keyColumns);
      return { index, ...(id === undefined ? {} : { id }), ...result };
    });
  };
}

/** Groups items so that no group has two of one key: the first of each key, then the second of each, … */
function wavesOf<Doc>(ready: readonly Placed<Doc>[]): Placed<Doc>[][] {
  const seen = new Map<string, number>();
  const waves = Map.groupBy(ready, ({ key }) => {
    if (key === undefined) return 0;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return nth;
  });
  return [...waves].toSorted(([a], [b]) => a - b).map(([, wave]) => wave);
}

const LONGEST_ID = 64;

/** The item's id, valid or not, so that its sender can recognise it. */
function idOf(item: unknown, keyColumns: readonly string[]): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const parts = keyColumns.map((column): unknown => Object.getOwnPropertyDescriptor(item, column)?.value);
  const texts = parts.filter((part) => typeof part === "string").map((part) => part.trim());
  if (texts.length < parts.length || texts.some((text) => text === "" || text.length > LONGEST_ID)) return undefined;
  return texts.join("#");
}
