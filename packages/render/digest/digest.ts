import type { WordedDigest } from "../notifications/worded.ts";
import { escapeFor } from "@regulars/core/platform/template";
import { digestCountsOf } from "./counts.ts";
import { digestHtml } from "./html.ts";
import { digestText } from "./text.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";

/**
 * A rep's daily e-mail: subject, HTML and plain text with the same content. Every value is escaped for its place; words,
 * money, numbers and days are those of the digest's locale. Throws when a link is not a web address.
 */
export function digestEmail(digest: WordedDigest): { subject: string; html: string; text: string } {
  const subject = subjectOf(digest);
  return { subject, html: digestHtml(digest, subject), text: digestText(digest) };
}

/** "Acme Foods: 3 overdue, 2 churn risks – 22 Nov", the day being the last one that is counted. */
const subjectOf = (digest: WordedDigest): string =>
  escapeFor(
    "subject",
    digest.words.say("digest.subject", {
      firm: oneLine(digest.tenantName, NAME_LENGTH),
      cnts: digestCountsOf(digest),
      date: digest.words.formats.day(digest.asOf, "short"),
    }),
  );
