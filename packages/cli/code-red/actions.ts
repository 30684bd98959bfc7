/** What is done to customers of the call list. */
export const codeRedActions = ["list", "show", "ignore"] as const;

/** What is done to links between items. */
export const linksActions = ["list", "set", "remove", "suggest", "suggestions", "accept", "reject"] as const;
