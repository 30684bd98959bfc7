import { ERASED, type Traces, mentions, without } from "@regulars/core/erasure/traces";
import { type Alert, type Message, messageSchema } from "@regulars/core/notifications/message";
import { decodeId } from "@regulars/core/platform/id-text";
import { textHash } from "../engine/content-hash.ts";
import { keyOfLongId } from "../engine/key.ts";
import { messageIn, storedMessage } from "../notifications/stored-message.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { Fate } from "./fate.ts";

/**
 * What becomes of a notification that tells of somebody erased: a digest, and an alert of several findings, go on
 * without them; what is about nobody else goes. An alert that was named after an erased finding gets another id.
 */
export function messageFate(item: StoredItem, traces: Traces): Fate {
  const { pk, sk, id, message: _plain, packed: _packed, readerId: _reader, note, g1p, g1s, g2p, g2s, ...rest } = item;
  const message = messageIn(item);
  const left = mentions(message, traces) ? messageWithout(message, traces) : message;
  if (left === undefined) return "remove";
  const cleaned = without(rest, traces);
  const isOtherId = isNamedAfter(id, traces);
  const isOtherNote = isNamedAfter(note, traces);
  if (left === message && cleaned === rest && !isOtherId && !isOtherNote) return "keep";
  const named = isOtherId ? `${left.type}:${textHash(String(id))}` : id;
  const noted = note === undefined ? {} : { note: isOtherNote ? ERASED : note };
  const indexed = Object.entries({ g1p, g1s, g2p, g2s }).filter(([, value]) => value !== undefined);
  return {
    ...cleaned,
    ...Object.fromEntries(indexed),
    ...noted,
    pk,
    sk: isOtherId ? keyOfLongId(String(named)) : sk,
    id: named,
    ...storedMessage(left),
  };
}

/** Whether an id made of others has that of a customer or a person among its parts. */
const isNamedAfter = (text: unknown, { ids }: Traces): boolean =>
  typeof text === "string" &&
  /^(?:merged into )?alerts?:/.test(text) &&
  text.split(/[:\s]/).some((part) => {
    const id = decodeId(part);
    return id !== undefined && (ids.customer.has(id) || ids.person.has(id));
  });

function messageWithout(message: Message, traces: Traces): Message | undefined {
  switch (message.type) {
    case "alert":
      return alertWithout(message, traces);
    case "digest":
      return messageSchema.parse(without(message, traces));
    case "notice":
      return messageSchema.parse(without(message, traces));
    case "introduction":
    case "group":
      return undefined;
  }
}

/** The first of the findings that are left takes the place of the alert's own. */
function alertWithout(alert: Alert, traces: Traces): Alert | undefined {
  const { others = [], ...own } = alert;
  const left = [{ kind: own.kind, line: own.line }, ...others].filter((one) => !mentions(one, traces));
  const [first, ...rest] = left;
  if (first === undefined) return undefined;
  const { episode: _episode, ...kept } = own;
  const episode = first.line === own.line ? own.episode : first.line.episode;
  return {
    ...kept,
    ...(episode === undefined ? {} : { episode }),
    ...first,
    ...(rest.length === 0 ? {} : { others: rest }),
  };
}
