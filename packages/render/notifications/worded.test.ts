import { numberOf, textOf } from "@regulars/core/platform/message-text";
import { describe, expect, it } from "vitest";
import { slackClip } from "../slack-text.ts";
import { formatsOf } from "../texts/formats.ts";
import { anEntry } from "../testing.ts";
import { lineTexts } from "../digest/line.ts";
import { wordsOf } from "../texts/words.ts";
import { wordLine } from "./worded.ts";

const variables = { item: textOf("חלב"), numb: numberOf(9) };

describe("a reason in a message", () => {
  it.each(["<item>: not in the last <numb> orders", "Not in the last <numb> orders: <item>"])(
    "isolates a name from right to left wherever it stands, in mails and in Slack: %s",
    (text) => {
      const { why: _why, followUp: _followUp, ...entry } = anEntry({});
      const line = { ...entry, why: { text, variables }, followUp: { text: "Hello", variables: {} } };
      const formats = formatsOf("en");
      const { why } = lineTexts(
        wordLine(line, () => undefined, formats),
        wordsOf("en"),
      );
      const said = text.replace("<item>", "\u2068חלב\u2069").replace("<numb>", "9");
      expect([why, slackClip(why, 600)]).toEqual([said, said]);
    },
  );
});
