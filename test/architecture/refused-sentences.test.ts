import { formatsOf } from "@regulars/render/texts/formats";
import { refusalsIn } from "@regulars/render/texts/refused-words";
import { describe, expect, it } from "vitest";
import { refusedSentences } from "./refused-sentences.ts";

/**
 * A sentence as a form may meet it: after a value, as of criteria, and with a sentence or a count among its values.
 */
const mayBe = (text: string): readonly string[] => [
  text,
  `X0 ${text}`,
  `the criteria ${text}`,
  ...["is missing", "2 statuses"].flatMap((value) => [1, 2, 3].map((at) => text.replace(`X${at}`, value).trim())),
  `${text}X1 is missing`,
];

describe("every sentence that a form can be refused with", () => {
  it("CN06: is among those that are said in Danish, Portuguese and Ukrainian (packages/render/texts/en/refused-…)", async () => {
    const words = { formats: formatsOf("da-DK"), named: () => undefined };
    const say = await refusalsIn("da");
    const left = refusedSentences().filter(({ text }) => mayBe(text).every((one) => say(one, words) === undefined));
    expect(left.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
  });
});
