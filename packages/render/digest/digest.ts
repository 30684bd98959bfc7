import type { MessageLinks } from "@regulars/core/notifications/message-links";
import { endLinks } from "../notifications/end-links.ts";
import type { WordedDigest } from "../notifications/worded.ts";
import { escapeFor } from "@regulars/core/platform/template";
import { digestCountsOf } from "./counts.ts";
import { digestHtml } from "./html.ts";
import { lineGroups } from "./line.ts";
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
  const { html, shown } = fitting(digest, subject, ends.html);
  return {
    subject,
    html,
    text: digestText(shown, ends.text),
    pictures: sales === undefined ? [] : [{ contentId: SALES_PICTURE, png: barsPng(weeksOf(sales)) }],
  };
}

/** Gmail cuts a longer HTML part, bytes. */
const MOST_BYTES = 102_000;

/** The HTML with as many lines as a mail program shows whole, and the digest of these lines: it says how many more there are. */
function fitting(digest: WordedDigest, subject: string, ends: string): { html: string; shown: WordedDigest } {
  let shown = digest;
  for (;;) {
    const html = digestHtml(shown, subject, ends);
    const bytes = Buffer.byteLength(html);
    const count = shown.lines.length;
    if (bytes <= MOST_BYTES || count < 2) return { html, shown };
    const kept = Math.max(1, Math.min(count - 1, Math.floor((count * MOST_BYTES) / bytes)));
    shown = {
      ...shown,
      lines: lineGroups(shown)
        .flatMap(({ lines }) => lines)
        .slice(0, kept),
    };
  }
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
