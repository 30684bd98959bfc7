import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { customerIdSchema, projectIdSchema } from "../platform/values.ts";

/** Work for a customer over some time; its status is the ERP's own word. */
export const projectSchema = z.object({
  projectId: projectIdSchema,
  customerId: customerIdSchema,
  name: z.string().optional(),
  status: z.string().optional(),
});
export type Project = Immutable<z.output<typeof projectSchema>>;
