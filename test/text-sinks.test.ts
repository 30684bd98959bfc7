import { harmless } from "@regulars/cli/files/rejected-file";
import { forTerminal } from "@regulars/cli/terminal-text";
import { textTable } from "@regulars/cli/text-table";
import { visibleText } from "@regulars/core/platform/text";
import { oneLine } from "@regulars/render/plain-text";
import { slackText } from "@regulars/render/slack-text";
import * as fc from "fast-check";
import { html } from "hono/html";
import { expect, it } from "vitest";

/** Texts that a terminal, a spreadsheet, a browser, Slack or a mail program would obey. */
const SIGNS = [
  "\u001B[31m",
  "\u009B2J",
  "\r\n",
  "\r",
  "\u0000",
  "\u202E",
  "<script>",
  "</a>",
  '"',
  "'",
  "&",
  "<!channel>",
  "<@U1>",
  "=1+1",
  "+",
  "-",
  "@SUM",
  "＝",
  "\t",
  " ",
  "a",
  "ж",
  "Bcc: x@y.example",
];
const hostile = fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 12 }).map((signs) => signs.join(""));

const CONTROLS = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/u;

it("E5: no hostile text acts in a sink: terminal, table, spreadsheet, page, Slack, mail", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(forTerminal(text)).not.toMatch(CONTROLS);
      expect(textTable(["NAME"], [[text]]).split("\n")).toHaveLength(2);
      expect(harmless(text)).not.toMatch(/^\s*[=@\t\r\uFF1D\uFF20]|^\s*[+-](?!\d+(\.\d+)?$)/);
      expect(html`<b title="${text}">${text}</b>`.toString()).toMatch(/^<b title="[^"<]*">[^<]*<\/b>$/);
      expect(slackText(text)).not.toMatch(/[<>]/);
      expect(oneLine(text, 1_000)).not.toMatch(/[\r\n\p{Cc}\u202A-\u202E]/u);
    }),
  );
});

it("E5: a text loses at intake what nobody sees and programs obey, and nothing else", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const taken = visibleText(text);
      expect(taken).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      expect(taken.replaceAll(/\s/g, "")).toBe(text.replaceAll(/[\s\p{Cc}\u202E]/gu, ""));
    }),
  );
});
