/** What is done to sales plans. */
export const plansActions = ["list", "show", "create", "edit", "dry-run", "deals", "add", "work"] as const;
