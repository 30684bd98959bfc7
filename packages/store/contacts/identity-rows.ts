import * as z from "zod";
import type { Identity } from "@regulars/core/contacts/identity";
import { type ContactId, contactIdSchema } from "@regulars/core/platform/ids";
import { type PersonId, personIdSchema } from "@regulars/core/platform/values";
import type { Key } from "../engine/key.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import type { Hmac } from "./address-secret.ts";

/** Who has an identity. `claimedBy`: the person at a customer whose import claimed it, until a lead uses it. */
export const identityRowSchema = z.object({ personId: contactIdSchema, claimedBy: personIdSchema.optional() });
export type IdentityRow = z.output<typeof identityRowSchema>;

export const identityKey = (keys: Keys, hmac: Hmac, { kind, value }: Identity): Key =>
  keys.contactIdentity(kind, hmac(value));

/** A lead's contact takes an identity that nobody else has. An import's claim for the same contact ends. */
export const useIdentity = (key: Key, personId: ContactId): TransactWrite => ({
  Put: {
    Item: { ...key, personId },
    ConditionExpression: "attribute_not_exists(pk) OR personId = :contact",
    ExpressionAttributeValues: { ":contact": personId },
  },
});

/** An import claims an identity for a contact; `before` is the claim that it replaces, if any. */
export const claimIdentity = (key: Key, row: IdentityRow, before: IdentityRow | undefined): TransactWrite => ({
  Put: {
    Item: { ...key, ...row },
    ...(before?.claimedBy === undefined
      ? { ConditionExpression: "attribute_not_exists(pk)" }
      : {
          ConditionExpression: "claimedBy = :person AND personId = :contact",
          ExpressionAttributeValues: { ":person": before.claimedBy, ":contact": before.personId },
        }),
  },
});

/** Gives up an identity that an import claimed and no lead has used. */
export const releaseIdentity = (key: Key, claimedBy: PersonId): TransactWrite => ({
  Delete: {
    Key: key,
    ConditionExpression: "claimedBy = :person",
    ExpressionAttributeValues: { ":person": claimedBy },
  },
});
