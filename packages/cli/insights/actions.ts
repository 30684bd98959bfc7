/** What is done to findings, or asked of them. */
export const findingActions = ["snooze", "dismiss", "reopen", "feedback", "precision", "resolved"] as const;
