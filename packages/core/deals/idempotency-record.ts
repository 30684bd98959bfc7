import type { DealId } from "../platform/ids.ts";
import type { Deal } from "./deal.ts";

/** A key that makes a delivery one, within what it may reach. */
export interface DeliveryKey {
  /** The sender: a key's id, a user's. */
  readonly scope: string;
  readonly key: string;
}

/** What became of a delivery: replayed to whoever sends it again. */
export interface StoredDelivery {
  /** Of what was asked; the same key with another one is refused. */
  readonly fingerprint: string;
  readonly dealId: DealId;
  readonly isDuplicate: boolean;
  readonly requestId: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** The deal as it was told of, where its log does not say it: a change of it, or a lead that found it there. */
  readonly answer?: Pick<Deal, "statusId" | "version" | "assignment"> | undefined;
}

export interface NewDelivery extends StoredDelivery {
  readonly key: DeliveryKey;
}
