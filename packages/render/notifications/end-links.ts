import type { MessageLinks } from "@regulars/core/notifications/message-links";
import { fill } from "../digest/skeleton.ts";
import { webLink } from "../links.ts";
import type { Words } from "../texts/words.ts";

const LINK = '<a href="{{link}}" style="color:inherit">{{text}}</a>';

/** What stands at the end of a mail: where its reader chooses what they get, and where they end this kind of mail. */
interface EndLinks {
  /** Finished HTML; empty for a compulsory mail. */
  readonly html: string;
  readonly text: string;
}

export function endLinks(links: MessageLinks | undefined, { say }: Words): EndLinks {
  if (links === undefined) return { html: "", text: "" };
  const both = [
    { text: say("mail.preferences"), link: webLink(links.preferences) },
    { text: say("mail.unsubscribe"), link: webLink(links.unsubscribe) },
  ];
  return {
    html: `<br>${both.map((one) => fill(LINK, one)).join(" · ")}`,
    text: `\n${both.map(({ text, link }) => `${text}: ${link}`).join("\n")}`,
  };
}
