/** What is done to all deals of a choice at once. */
export const manyActions = ["move-many", "cancel-many", "transfer-many"] as const;
