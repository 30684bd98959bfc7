import type { OtherCurrency, Revised } from "@regulars/core/imports/record-store";
import type { ItemError, ReadItem } from "@regulars/core/platform/field-error";
import { ok, refuse } from "@regulars/core/platform/result";

/** The result of a correction, or why it was refused: the document is unknown or the new content invalid. */
export type Correction<T, Unknown extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: Unknown; readonly message: string }
  | {
      readonly ok: false;
      readonly reason: "unusable-item";
      readonly message: string;
      readonly errors: readonly ItemError[];
    };

type DocumentName = "order" | "invoice";

/** There is no such document in the tenant. */
export const unknownDocument = <const Name extends DocumentName>(name: Name, id: string) =>
  refuse(`unknown-${name}` as const, `${name} ${id} is not known: ingest it first, or check the id`);

/** A document's correction: what its item says, and how that takes the place of what is stored. */
interface CorrectionOf<Name extends DocumentName, Doc, Stored> {
  readonly name: Name;
  readonly id: string;
  readonly read: ReadItem<Doc>;
  readonly idIn: (doc: Doc) => string;
  /** `undefined` when nothing is stored under the id. */
  readonly revise: (doc: Doc) => Promise<Revised<Stored> | OtherCurrency | undefined>;
}

/** Corrects a stored document by an item that must be usable and have the document's own id. */
export async function correctDocument<const Name extends DocumentName, Doc, Stored>({
  name,
  id,
  read,
  idIn,
  revise,
}: CorrectionOf<Name, Doc, Stored>): Promise<Correction<Revised<Stored>, `unknown-${Name}`>> {
  if (!read.ok) return unusable(name, id, read.errors);
  const given = idIn(read.value);
  if (given !== id) return unusable(name, id, [otherId(`${name}Id`, given, id)]);
  const revised = await revise(read.value);
  if (revised === undefined) return unknownDocument(name, id);
  if (!("ok" in revised)) return ok(revised);
  return unusable(name, id, [{ path: "currency", code: revised.reason, message: revised.message }]);
}

const unusable = (name: DocumentName, id: string, errors: readonly ItemError[]) =>
  ({ ok: false, reason: "unusable-item", message: `this is no usable item of ${name} ${id}`, errors }) as const;

/** An item is sent to the address of another document. */
const otherId = (path: string, given: string, id: string): ItemError => ({
  path,
  code: "other-id",
  message: `is ${given}, but it is ${id} that is to be corrected`,
});
