import { demand } from "../access/decide.ts";

/** Whoever works with deals. Which of them they may see and change is decided for each deal. */
export const dealEditors = demand("deals.edit_own", "deals.edit_bulk", "deals.edit_all");

/** Whoever needs to know what sales plans there are, and why deals are lost. */
export const planReaders = demand("deals.edit_own", "plans.manage", "leads.add");
