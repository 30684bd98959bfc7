import * as z from "zod";
import { textSchema } from "../platform/text.ts";

/** What is sent to a user has to arrive, so their addresses are checked wherever they come in: API, files, commands. */

/** The maximal length of an e-mail address (RFC 5321). */
const LONGEST_EMAIL = 254;
const LONGEST_PHONE = 40;
const LEAST_DIGITS = 3;
const MOST_DIGITS = 20;

/** A number as people write it, maybe with an extension: "+45 12 34 56 78", "(020) 555-0101 ext. 12". */
const PHONE = /^\+?[\d ()./-]+(?:(?:ext\.?|x|#) ?\d{1,8})?$/i;
/** The id of a member of a Slack workspace, not their name. */
const SLACK_MEMBER = /^[UW][A-Z0-9]{1,30}$/;

const digits = (text: string): number => text.replaceAll(/\D/g, "").length;

/** One line of text: a line break or another control character would change what a message looks like. */
const lineSchema = textSchema.refine((text) => !/\p{Cc}/u.test(text), {
  message: "has a control character in it",
  abort: true,
});

export const userNameSchema = lineSchema;

/** One address, as the mail system takes it. */
export const userEmailSchema = lineSchema
  .refine((text) => text.length <= LONGEST_EMAIL, `is longer than ${LONGEST_EMAIL} characters`)
  .refine((text) => z.email().safeParse(text).success, "is not one e-mail address like anna@example.com");

export const userPhoneSchema = lineSchema
  .refine((text) => text.length <= LONGEST_PHONE, `is longer than ${LONGEST_PHONE} characters`)
  .refine(
    (text) => PHONE.test(text) && digits(text) >= LEAST_DIGITS && digits(text) <= MOST_DIGITS,
    "is not a phone number: write it like +45 12 34 56 78",
  );

export const slackUserIdSchema = lineSchema.refine(
  (text) => SLACK_MEMBER.test(text),
  "is not the id of a Slack member: it begins with U or W, like U02ABC, and is in the member's profile",
);
