import type { FunctionKey } from "../../infra/functions.ts";
import type { QueueKey } from "../../infra/job-keys.ts";
import type { ParameterKey } from "../../infra/parameters.ts";
import type { SecretName } from "../../infra/secrets.ts";

/** What was read of one function. */
export interface FunctionFacts {
  readonly state: string | undefined;
  readonly lastUpdate: string | undefined;
  readonly runtime: string | undefined;
  readonly role: string | undefined;
}

/** What was read of a deployed stage; `undefined` is what is not there. */
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
  /** Whether each secret looks like what it is to be; its value stays where it was read. */
  readonly secrets: Readonly<Record<SecretName, "set" | "not-set" | "missing">>;
  readonly mail: {
    readonly verification: string | undefined;
    readonly isSending: boolean;
    /** E-mails a day. In the sandbox it is 200. */
    readonly dailyQuota: number;
  };
  /** Names of the alarms that ring now, and how many there are. */
  readonly alarms: { readonly count: number; readonly ringing: readonly string[] };
  /** The status that the API's handler answered GET /v1/health with. */
  readonly health: number | undefined;
}
