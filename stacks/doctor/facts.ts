import type { FunctionKey } from "../../infra/functions.ts";
import type { QueueKey } from "../../infra/job-keys.ts";
import type { ParameterKey } from "../../infra/parameters.ts";
import type { SecretName } from "../../infra/secrets.ts";

/** The facts of one function. */
export interface FunctionFacts {
  readonly state: string | undefined;
  readonly lastUpdate: string | undefined;
  readonly runtime: string | undefined;
  readonly role: string | undefined;
}

/** The facts of sending e-mail. */
export interface MailFacts {
  readonly verification: string | undefined;
  readonly isSending: boolean;
  /** Limit of e-mails per day; 200 in the sandbox. */
  readonly dailyQuota: number;
  /** Limit of e-mails per second, of all senders of the account. */
  readonly perSecond: number;
  /** Shares of the account's mails, lately; absent while there are too few to say. */
  readonly complaintRate?: number | undefined;
  readonly bounceRate?: number | undefined;
  readonly domain: string;
  readonly region: string;
  readonly dkim: { readonly status: string | undefined; readonly tokens: readonly string[] };
  /** The domain of the envelope's sender; absent when it is SES's own. */
  readonly mailFrom?: { readonly domain: string; readonly status: string | undefined } | undefined;
  /** What the domain's DNS says to receivers. */
  readonly dmarc?: string | undefined;
}

/** The facts of a deployed stage; `undefined` is what does not exist. */
export interface StageFacts {
  readonly stage: string;
  readonly parameters: Readonly<Partial<Record<ParameterKey, string>>>;
  readonly table:
    | {
        readonly status: string | undefined;
        readonly indexes: readonly string[];
        readonly isProtected: boolean;
        readonly canBePutBack: boolean;
      }
    | undefined;
  readonly queues: Readonly<Record<QueueKey, { readonly waiting: number; readonly dead: number } | undefined>>;
  readonly functions: Readonly<Record<FunctionKey, FunctionFacts | undefined>>;
  /** Whether each secret has the expected form. Its value is not part of the facts. */
  readonly secrets: Readonly<Record<SecretName, "set" | "not-set" | "missing">>;
  /** Who the issuer of `authIssuer` says that it is; absent when it has no discovery document. */
  readonly issuer: string | undefined;
  readonly mail: MailFacts;
  /** The alarms that there are, and those of them that ring now, by their names in the stage. */
  readonly alarms: { readonly found: readonly string[]; readonly ringing: readonly string[] };
  /** The HTTP status with which the API's function answered GET /v1/health. */
  readonly health: number | undefined;
}
