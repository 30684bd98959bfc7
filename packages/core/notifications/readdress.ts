import { recipientOf } from "../access/recipient.ts";
import { type User, isActive } from "../access/user.ts";
import type { Customer } from "../customers/customer.ts";
import { type Users, scopesOf } from "../customers/list-scope.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import type { CustomerId, UserId } from "../platform/values.ts";
import type { Digest, IntroductionMail, Message, Notice } from "./message.ts";

/** The customers of a message as they are now. */
export type Profiles = ReadonlyMap<CustomerId, Customer>;

/** The customers that a message is about. */
export const customersIn = (message: Message): readonly CustomerId[] =>
  message.type === "digest" ? [...new Set(message.lines.map(({ customerId }) => customerId))] : [];

/**
 * A message that was queued earlier, for whom it is meant now: nothing goes to a user who has left, their customers'
 * news goes to the manager of their team; and nobody gets news of customers that are somebody else's since. Refused when
 * there is nothing to send or nobody to send it to.
 */
export function readdressed(
  message: Message,
  users: Users,
  profiles: Profiles,
  isOut: (userId: UserId) => boolean = () => false,
): Result<Message> {
  if (message.type === "group") return ok(message);
  if (message.type === "alert") return ok({ ...message, ...repOf(message.rep?.userId, users) });
  if (message.type === "introduction") return introductionFor(message, users.get(message.userId), isOut);
  const to = recipientOf(message.userId, users);
  if (!users.has(message.userId)) return ok(message);
  if (message.type === "notice" && to?.userId !== message.userId)
    return refuse("user-left", `${message.userId} has left`);
  if (to === undefined) return refuse("user-left", `${message.userId} has left, and their team has no manager`);
  if (to.email === undefined) return refuse("no-address", `${to.userId} has no e-mail address`);
  return message.type === "notice"
    ? ok(sentTo(message, to, to.email))
    : digestFor(message, to, to.email, users, profiles);
}

/** A request goes to the colleague who is asked, or to nobody: also when they have opted out since. */
function introductionFor(
  message: IntroductionMail,
  colleague: User | undefined,
  isOut: (userId: UserId) => boolean,
): Result<Message> {
  if (colleague === undefined || !isActive(colleague) || isOut(colleague.userId))
    return refuse("unreachable", `${message.userId} is not asked any more`);
  const { userId, name, email } = colleague;
  return ok({ ...message, userId, to: { name, ...(email === undefined ? {} : { address: email }) } });
}

const sentTo = <M extends Digest | Notice>(message: M, { userId, name }: User, address: string): M => ({
  ...message,
  userId,
  to: { name, address },
});

function repOf(userId: UserId | undefined, users: Users) {
  if (userId === undefined || !users.has(userId)) return {};
  const rep = recipientOf(userId, users);
  if (rep === undefined) return { rep: undefined };
  const { name, slackUserId } = rep;
  return { rep: { userId: rep.userId, name, ...(slackUserId === undefined ? {} : { slackUserId }) } };
}

/** A digest without the customers that went to somebody else since it was queued. */
function digestFor(message: Digest, to: User, address: string, users: Users, profiles: Profiles): Result<Message> {
  const isTheirs = (customerId: CustomerId): boolean => {
    const customer = profiles.get(customerId);
    if (customer === undefined) return true;
    return scopesOf(customer, users).some(
      (scope) =>
        scope.type === "rep" &&
        (scope.userId === message.userId || recipientOf(scope.userId, users, customer)?.userId === to.userId),
    );
  };
  const lines = message.lines.filter(({ customerId }) => isTheirs(customerId));
  const gone = message.lines.filter(({ customerId }) => !isTheirs(customerId));
  const sections = message.sections.flatMap((section) => {
    const ofKind = gone.filter(({ kind }) => kind === section.kind);
    const count = section.count - ofKind.length;
    const newCount = Math.max(0, section.newCount - ofKind.filter(({ isNew }) => isNew).length);
    return count <= 0 ? [] : [{ ...section, count, newCount }];
  });
  if (sections.length === 0 && message.sections.length > 0 && (message.toDo?.due ?? 0) === 0)
    return refuse("nothing-left", `the customers of this digest are no longer those of ${message.userId}`);
  return ok(sentTo({ ...message, sections, lines }, to, address));
}
