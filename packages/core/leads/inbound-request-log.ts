import type { InboundRequest } from "./inbound-request.ts";

/** What integrations sent. */
export interface InboundRequestLog {
  readonly note: (requests: readonly InboundRequest[]) => Promise<void>;
  /** A sender's, the newest first. */
  readonly list: (scope: string, limit: number) => Promise<readonly InboundRequest[]>;
  readonly find: (scope: string, requestId: string) => Promise<InboundRequest | undefined>;
}
