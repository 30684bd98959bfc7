import type { MessageLinks } from "@regulars/core/notifications/message-links";
import { endLinks } from "../notifications/end-links.ts";
import type { WordedDigest } from "../notifications/worded.ts";
import { escapeFor } from "@regulars/core/platform/template";
import { digestCountsOf } from "./counts.ts";
import { digestHtml } from "./html.ts";
import { barsPng } from "../pictures/bars.ts";
import { SALES_PICTURE, weeksOf } from "./sales.ts";
import { digestText } from "./text.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";

interface DigestEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** What the HTML shows as `cid:<contentId>`; its words say the same. */
  readonly pictures: readonly { readonly contentId: string; readonly png: Buffer }[];
}

/**
 * A rep's daily e-mail: subject, HTML and plain text with the same content. Every value is escaped for its place; words,
 * money, numbers and days are those of the digest's locale. Throws when a link is not a web address.
 */
export function digestEmail(digest: WordedDigest, links?: MessageLinks): DigestEmail {
  const subject = subjectOf(digest);
  const { sales, words } = digest;
  const ends = endLinks(links, words);
  return {
    subject,
    html: digestHtml(digest, subject, ends.html),
    text: digestText(digest, ends.text),
    pictures: sales === undefined ? [] : [{ contentId: SALES_PICTURE, png: barsPng(weeksOf(sales)) }],
  };
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
