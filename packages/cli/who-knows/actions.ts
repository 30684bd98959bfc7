/** What is done to introductions. */
export const introductionActions = ["list", "ask", "accept", "introduce", "decline"] as const;

/** What is done to the list of those who do not introduce. */
export const optOutActions = ["list", "out", "in"] as const;
