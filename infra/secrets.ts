import { app } from "./app.ts";
import { long, longOrTwo } from "./secret-forms.ts";

interface Secret {
  readonly name: string;
  readonly what: string;
  /** The texts that it may be. A secret begins as a random one; what others give is set by an operator once. */
  readonly form: RegExp;
  /** The form, in words. */
  readonly isText: string;
  /** Needed only where tenants may connect Slack. */
  readonly isOfSlack?: true;
}

/** Secrets by environment variable name; functions read them when they start. */
export const secrets = {
  CURSOR_SECRET: { name: "cursor-secret", what: "signs the API's page cursors", ...long },
  SIGNING_SECRET: { name: "signing-secret", what: "derives the signing secrets of API keys", ...long },
  SEALING_KEY: { name: "sealing-key", what: "seals tenants' tokens: one, or new and old", ...longOrTwo },
  SLACK_CLIENT_SECRET: {
    name: "slack-client-secret",
    what: "client secret of the Slack app",
    form: /^[0-9a-f]{32}$/,
    isText: "one of Slack's",
    isOfSlack: true,
  },
  SLACK_SIGNING_SECRET: {
    name: "slack-signing-secret",
    what: "with which Slack signs its calls: one, or new and old",
    form: /^[0-9a-f]{32}(?: [0-9a-f]{32})?$/,
    isText: "one or two of Slack's",
    isOfSlack: true,
  },
  SESSION_SECRET: {
    name: "session-secret",
    what: "seals the console's cookies: one, or new and old",
    ...longOrTwo,
  },
  AUTH_CLIENT_SECRET: {
    name: "auth-client-secret",
    what: "secret of the console's client at the issuer; the word none for a public client",
    form: /^\S+$/,
    isText: "one text, or the word none",
  },
  LINK_SECRET: { name: "link-secret", what: "signs the links in messages: one, or new and old", ...longOrTwo },
} as const satisfies Readonly<Record<string, Secret>>;

export type SecretName = keyof typeof secrets;

const isSecretName = (name: string): name is SecretName => name in secrets;
export const secretNames: readonly SecretName[] = Object.keys(secrets).filter(isSecretName);

export const secretOf = (name: SecretName): Secret => secrets[name];

/** A secret's name in Secrets Manager: "regulars/production/cursor-secret". */
export const secretPath = (stage: string, name: SecretName): string => `${app}/${stage}/${secrets[name].name}`;
