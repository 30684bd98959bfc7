import type { InboundRequest } from "./inbound-request.ts";

/** What integrations sent. */
export interface InboundRequestLog {
  readonly noteInboundRequests: (requests: readonly InboundRequest[]) => Promise<void>;
  /** A sender's, the newest first. */
  readonly inboundRequests: (scope: string, limit: number) => Promise<readonly InboundRequest[]>;
  readonly inbound: (scope: string, requestId: string) => Promise<InboundRequest | undefined>;
}
