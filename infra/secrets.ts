interface Secret {
  readonly name: string;
  readonly what: string;
  /** `true`: created with a random value. `false`: an operator sets the value once. */
  readonly isGenerated: boolean;
}

/** Secrets by environment variable name; functions read them when they start. */
export const secrets = {
  CURSOR_SECRET: { name: "cursor-secret", what: "signs the API's page cursors", isGenerated: true },
  SIGNING_SECRET: { name: "signing-secret", what: "derives the signing secrets of API keys", isGenerated: true },
  SEALING_KEY: { name: "sealing-key", what: "seals tenants' tokens: one, or new and old", isGenerated: true },
  SLACK_CLIENT_SECRET: { name: "slack-client-secret", what: "client secret of the Slack app", isGenerated: false },
  SLACK_SIGNING_SECRET: {
    name: "slack-signing-secret",
    what: "with which Slack signs its calls: one, or new and old",
    isGenerated: false,
  },
  SESSION_SECRET: {
    name: "session-secret",
    what: "seals the console's cookies: one, or new and old",
    isGenerated: true,
  },
  AUTH_CLIENT_SECRET: {
    name: "auth-client-secret",
    what: "secret of the console's client at the issuer; the word none for a public client",
    isGenerated: false,
  },
  LINK_SECRET: { name: "link-secret", what: "signs the links in messages: one, or new and old", isGenerated: true },
} as const satisfies Readonly<Record<string, Secret>>;

export type SecretName = keyof typeof secrets;

/** The parameter with each secret's ARN. */
export const secretParameters = {
  CURSOR_SECRET: "cursorSecretArn",
  SIGNING_SECRET: "signingSecretArn",
  SEALING_KEY: "sealingKeyArn",
  SLACK_CLIENT_SECRET: "slackClientSecretArn",
  SLACK_SIGNING_SECRET: "slackSigningSecretArn",
  LINK_SECRET: "linkSecretArn",
  SESSION_SECRET: "sessionSecretArn",
  AUTH_CLIENT_SECRET: "authClientSecretArn",
} as const satisfies Readonly<Record<SecretName, string>>;
