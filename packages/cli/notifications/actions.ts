/** What is shown of notifications. */
export const notificationActions = ["preferences", "preview"] as const;

/** What is done to the connection with Slack. */
export const slackActions = ["status", "connect", "channel", "disconnect"] as const;
