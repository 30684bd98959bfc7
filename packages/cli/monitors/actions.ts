/** What is done to follow-ups. */
export const followUpActions = ["list", "create", "complete", "drop"] as const;

/** What is done to selections. */
export const selectionVerbs = [
  "list",
  "create",
  "show",
  "add",
  "remove",
  "freeze",
  "delete",
  "call-list",
  "follow-up",
  "follow-up-requests",
  "mail",
] as const;

/** What is done to statuses. */
export const statusActions = ["list", "show", "preview", "create", "edit", "delete", "restore", "picture"] as const;
