import { rowAs } from "@regulars/core/platform/unreadable-row";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Message, messageSchema } from "@regulars/core/notifications/message";
import { type Notification, notificationSchema } from "@regulars/core/notifications/notification";
import type { UserId } from "@regulars/core/platform/values";
import * as z from "zod";

/** Bytes of a message as JSON above which it is packed: an alert stays readable, a digest costs a quarter. */
const MOST_PLAIN = 1_024;
const DEFLATE_LEVEL = 3;
/** Expected size of an unpacked message, in bytes. */
const UNPACKED_BYTES = 16_384;

const packedSchema = z.object({ packed: z.instanceof(Uint8Array).optional(), message: z.unknown().optional() });

/** The attributes of a message in its notification: as it is, or packed and with the user it is for, to be found by. */
interface StoredMessage {
  readonly message?: Message;
  readonly packed?: Uint8Array;
  readonly readerId?: UserId;
}
export const MESSAGE_ATTRIBUTES = ["message", "packed", "readerId"] as const;

/** A message as it lies in its notification. */
export function storedMessage(message: Message): StoredMessage {
  const text = JSON.stringify(message);
  if (text.length <= MOST_PLAIN) return { message };
  const readerId = readerOf(message);
  return {
    packed: deflateRawSync(text, { level: DEFLATE_LEVEL }),
    ...(readerId === undefined ? {} : { readerId }),
  };
}

const readerOf = (message: Message): UserId | undefined =>
  "userId" in message ? message.userId : "rep" in message ? message.rep?.userId : undefined;

/** The message of a stored notification. Throws when it is none. */
export const messageIn = (item: object): Message => messageSchema.parse(unpacked(item));

/** A stored notification with its message. Throws when it is none. */
export const notificationOf = (item: object): Notification =>
  notificationSchema.parse({ ...item, message: unpacked(item) });

function unpacked(item: object): unknown {
  const { packed, message } = rowAs(packedSchema, item);
  if (packed === undefined) return message;
  return JSON.parse(inflateRawSync(packed, { chunkSize: UNPACKED_BYTES }).toString());
}
