import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { distributionSchema } from "./distribution.ts";
import { memberSchema } from "./member.ts";

/** The rules by which a plan's leads are assigned, from one of its sequence numbers on. */
export const rulesSchema = z.object({ distribution: distributionSchema, members: z.array(memberSchema) });
export type Rules = Immutable<z.output<typeof rulesSchema>>;
