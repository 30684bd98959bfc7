import type { PageWords } from "../texts/page-words.ts";
import { titleText } from "./report-words.ts";

const BEGINS = [
  ["A compared rule is better here: ", "better.sure"],
  ["Better here by no more than chance explains: ", "better.chance"],
] as const;

const PART = /^“(.+)” in (.+), (\S+(?: %)?) instead of (\S+(?: %)?)(?:, but on day (\d+) instead of day (\d+))?$/;

/** Where a compared rule is better, as a report keeps it in English, in the reader's language. */
export function simplerText(sentence: string, words: PageWords): string {
  for (const [begin, id] of BEGINS) {
    if (!sentence.startsWith(begin)) continue;
    const parts = sentence
      .slice(begin.length)
      .replace(/\.$/, "")
      .split(/; (?=“)/);
    return words.say(id, { list: parts.map((part) => partText(part, words)).join("; ") });
  }
  return sentence;
}

function partText(part: string, words: PageWords): string {
  const [, title = "", what = "", othr = "", ours = "", days, ownd] = PART.exec(part) ?? [];
  const said = words.find(`better.what.${what}`);
  if (title === "" || said === undefined) return part;
  const figures = { name: titleText(title, words), what: said, othr, ours };
  return days === undefined || ownd === undefined
    ? words.say("better.one", figures)
    : words.say("better.oneLater", { ...figures, days: Number(days), ownd: Number(ownd) });
}
