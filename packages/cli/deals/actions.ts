import { manyActions } from "../bulk-operations/actions.ts";

/** What is done to deals. */
export const dealsActions = ["list", "log", "move", "cancel", "transfer", ...manyActions, "resume"] as const;
