import type { RecordStore } from "@regulars/core/imports/record-store";
import type { Owner, OwnerType } from "@regulars/core/monitors/owner";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { customerIdSchema, personIdSchema, projectIdSchema } from "@regulars/core/platform/values";

/** The owner of a type with this id, with the customer that it belongs to. Whether a company exists is not asked. */
export async function findOwner(
  { customersOf }: Pick<RecordStore, "customersOf">,
  type: OwnerType,
  id: string,
): Promise<Result<Owner>> {
  const unknown = refuse(`unknown-${type}`, `there is no ${type} ${cutText(id, 200)}`);
  if (type === "company") {
    const customerId = customerIdSchema.safeParse(id);
    return customerId.success ? ok({ type, customerId: customerId.data }) : unknown;
  }
  const parsed = (type === "person" ? personIdSchema : projectIdSchema).safeParse(id);
  if (!parsed.success) return unknown;
  const customerId = (await customersOf(type === "person" ? "persons" : "projects", [id])).get(id);
  if (customerId === undefined) return unknown;
  return ok(
    type === "person"
      ? { type, customerId, personId: personIdSchema.parse(id) }
      : { type, customerId, projectId: projectIdSchema.parse(id) },
  );
}
