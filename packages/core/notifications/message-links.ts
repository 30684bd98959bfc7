import { type Instant, toDay } from "../platform/values.ts";
import { type LinkScope, type LinkSecret, signLinkToken } from "./link-token.ts";
import type { Alert, Message } from "./message.ts";

/** The addresses under which the reader of a message changes, without a login, what they get. */
export interface MessageLinks {
  /** Ends what this message is one of; also the target of the mail program's own button (RFC 8058). */
  readonly unsubscribe: string;
  /** The subject of a mail that asks for the same, for mail programs that can only write one. */
  readonly unsubscribeSubject: string;
  readonly preferences: string;
}

export interface LinkMaking {
  readonly secret: LinkSecret;
  /** The address of a page that needs no login, from its token. */
  readonly pageOf: (page: "unsubscribe" | "preferences", token: string) => string;
  readonly now: Instant;
}

const MS_PER_DAY = 86_400_000;

/**
 * What the reader of a message may end with its link. Nothing of a notice: it is about the set-up that its reader answers
 * for, so it is compulsory.
 */
function scopeOf(message: Message): LinkScope | undefined {
  switch (message.type) {
    case "digest":
      return "digest";
    case "alert":
      return `kind:${kindsOf(message).join(",")}`;
    case "introduction":
      return "kind:introduction";
    case "notice":
      return undefined;
    case "group":
      return "group";
  }
}

/** Kinds that one link ends at most: of an alert that tells more, the others stay. */
const MOST_KINDS = 20;

/** The kinds of what an alert tells, each once. */
const kindsOf = ({ kind, others = [] }: Alert): readonly string[] =>
  [...new Set([kind, ...others.map((one) => one.kind)])].slice(0, MOST_KINDS);

/** The links of a message that is sent now; none of a compulsory one, and none of one that goes to a channel. */
export function messageLinks(message: Message, { secret, pageOf, now }: LinkMaking): MessageLinks | undefined {
  const scope = scopeOf(message);
  const reader = readerOf(message);
  if (scope === undefined || reader === undefined) return undefined;
  const issuedOn = toDay(Math.floor(Date.parse(now) / MS_PER_DAY));
  const signed = (what: LinkScope) =>
    signLinkToken({ tenantId: message.tenantId, ...reader, scope: what, issuedOn }, secret);
  const token = signed(scope);
  return {
    unsubscribe: pageOf("unsubscribe", token),
    unsubscribeSubject: `unsubscribe ${token}`,
    preferences: pageOf("preferences", signed("preferences")),
  };
}

/** Whose link it is: a user's, or that of an address which gets group mailings. */
function readerOf(message: Message) {
  if (message.type === "group") return { personAddressHash: message.addressHash };
  const userId = message.type === "alert" ? message.rep?.userId : message.userId;
  return userId === undefined ? undefined : { userId };
}
