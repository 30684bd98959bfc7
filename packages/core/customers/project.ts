import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { customerIdSchema, projectIdSchema } from "../platform/values.ts";

/** A customer's project over some time; its status is free text from the ERP. */
export const projectSchema = z.object({
  projectId: projectIdSchema,
  customerId: customerIdSchema,
  name: z.string().optional(),
  status: z.string().optional(),
});
export type Project = Immutable<z.output<typeof projectSchema>>;
