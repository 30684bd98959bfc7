import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { customerIdSchema, personIdSchema, projectIdSchema } from "../platform/values.ts";

/** Whose statuses and counters there are: a customer is a company here. */
export const ownerTypes = ["company", "person", "project"] as const;
export type OwnerType = (typeof ownerTypes)[number];

/** One owner: a company, or a person or a project with the company that they belong to. */
export const ownerSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("company"), customerId: customerIdSchema }),
  z.strictObject({ type: z.literal("person"), customerId: customerIdSchema, personId: personIdSchema }),
  z.strictObject({ type: z.literal("project"), customerId: customerIdSchema, projectId: projectIdSchema }),
]);
export type Owner = Immutable<z.output<typeof ownerSchema>>;

export function ownerIdOf(owner: Owner): string {
  switch (owner.type) {
    case "company":
      return owner.customerId;
    case "person":
      return owner.personId;
    case "project":
      return owner.projectId;
  }
}
