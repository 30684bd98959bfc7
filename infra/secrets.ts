interface Secret {
  readonly name: string;
  readonly what: string;
  /** `true`: created with a random value. `false`: an operator sets the value once. */
  readonly isGenerated: boolean;
}

/** Secrets by environment variable name; functions read them when they start. */
export const secrets = {
  SLACK_TOKEN: { name: "slack-token", what: "Slack bot token (xoxb-…) with chat:write", isGenerated: false },
  CURSOR_SECRET: { name: "cursor-secret", what: "signs the API's page cursors", isGenerated: true },
  SIGNING_SECRET: { name: "signing-secret", what: "derives the signing secrets of API keys", isGenerated: true },
  LINK_SECRET: { name: "link-secret", what: "signs the links in messages: one, or new and old", isGenerated: true },
} as const satisfies Readonly<Record<string, Secret>>;

export type SecretName = keyof typeof secrets;

/** The parameter with each secret's ARN. */
export const secretParameters = {
  SLACK_TOKEN: "slackTokenArn",
  CURSOR_SECRET: "cursorSecretArn",
  SIGNING_SECRET: "signingSecretArn",
  LINK_SECRET: "linkSecretArn",
} as const satisfies Readonly<Record<SecretName, string>>;
