import type { InboundRequest } from "./inbound-request.ts";

/** The log of requests that integrations sent. */
export interface InboundRequestLog {
  readonly note: (requests: readonly InboundRequest[]) => Promise<void>;
  /** A sender's requests, newest first. */
  readonly list: (scope: string, limit: number) => Promise<readonly InboundRequest[]>;
  readonly find: (scope: string, requestId: string) => Promise<InboundRequest | undefined>;
}
