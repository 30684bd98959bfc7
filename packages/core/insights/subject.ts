import * as z from "zod";
import { compareText } from "../platform/compare.ts";
import { encodeId, idOfKey, keyOfId } from "../platform/id-text.ts";
import { type CustomerId, type ItemId, customerIdSchema, itemIdSchema } from "../platform/values.ts";

/** Subjects that need not belong to a customer of the tenant. */
export const otherSubjectTypes = ["person", "deal", "lead", "project", "link", "status", "tenant"] as const;

/**
 * What a finding is about. `customerId` is the customer under whom it is listed; a person, a deal, a lead or the tenant
 * may have none.
 */
export const subjectSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("customer"), id: customerIdSchema }),
  z.object({ type: z.literal("item"), id: itemIdSchema, customerId: customerIdSchema }),
  z.object({ type: z.enum(otherSubjectTypes), id: z.string().min(1), customerId: customerIdSchema.optional() }),
]);
export type Subject = z.infer<typeof subjectSchema>;

/** The subject of a finding at a customer, when it is not the customer itself. */
export type SubjectAtCustomer =
  | { readonly type: "item"; readonly id: ItemId }
  | { readonly type: (typeof otherSubjectTypes)[number]; readonly id: string };

export const aboutCustomer = (customerId: CustomerId): Subject => ({ type: "customer", id: customerId });

/** The full subject of a finding at a customer; without a part it is the customer. */
export const subjectAt = (customerId: CustomerId, part: SubjectAtCustomer | undefined): Subject =>
  part === undefined ? aboutCustomer(customerId) : { ...part, customerId };

export const customerIdOf = (subject: Subject): CustomerId | undefined =>
  subject.type === "customer" ? subject.id : subject.customerId;

export const itemIdOf = (subject: Subject): ItemId | undefined => (subject.type === "item" ? subject.id : undefined);

/** The id of a link's subject: the ids of its two items. */
export const linkSubject = (itemId: ItemId, linkedItemId: ItemId): SubjectAtCustomer => ({
  type: "link",
  id: `${keyOfId(itemId)}#${keyOfId(linkedItemId)}`,
});

/** The items that a subject is or links. */
export function itemIdsOf(subject: Subject): readonly ItemId[] {
  if (subject.type === "item") return [subject.id];
  if (subject.type !== "link") return [];
  return subject.id.split("#").map((part) => itemIdSchema.parse(idOfKey(part)));
}

/** The name of the item that a subject is about, of a link "Monitor with Base"; an item without a name has its id. */
export function itemNameOf(subject: Subject, names: ReadonlyMap<ItemId, string>): string | undefined {
  const itemIds = itemIdsOf(subject);
  return itemIds.length === 0 ? undefined : itemIds.map((itemId) => names.get(itemId) ?? itemId).join(" with ");
}

/**
 * Distinguishes the subjects of one customer in sort keys: `undefined` for the customer, the id of an item, `~type#id`
 * for others. An item's id has no `#` there.
 */
export function subjectPath(subject: Subject): string | undefined {
  switch (subject.type) {
    case "customer":
      return undefined;
    case "item":
      return keyOfId(subject.id);
    default:
      return `~${subject.type}#${encodeId(subject.id)}`;
  }
}

export const isSameSubject = (a: Subject, b: Subject): boolean =>
  customerIdOf(a) === customerIdOf(b) && subjectPath(a) === subjectPath(b);

/** By customer, then by subject path, in code units. */
export const compareSubjects = (a: Subject, b: Subject): number =>
  compareText(customerIdOf(a) ?? "", customerIdOf(b) ?? "") || compareText(subjectPath(a) ?? "", subjectPath(b) ?? "");
