import type { Message } from "./message.ts";

/** Gets one message to one person or channel. Throws when it could not; `key` is the same for the same message. */
export interface Courier {
  readonly deliver: (message: Message, key: string) => Promise<{ readonly providerId: string }>;
}
