import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { distributionSchema } from "./distribution.ts";
import { memberSchema } from "./member.ts";

/** How a plan's leads are given out, as of one of its sequence numbers. */
export const rulesSchema = z.object({ distribution: distributionSchema, members: z.array(memberSchema) });
export type Rules = Immutable<z.output<typeof rulesSchema>>;
