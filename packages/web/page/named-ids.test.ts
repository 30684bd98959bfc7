import { rights } from "@regulars/core/access/rights";
import { languages } from "@regulars/core/platform/languages";
import { eventTypes } from "@regulars/functions/api/webhooks/event-types";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { describe, expect, it } from "vitest";
import { namedIds, needsRight } from "./named-ids.ts";

describe.each(languages)("in %s", (language) => {
  it.each([
    ["right", rights],
    ["event", eventTypes],
  ] as const)("CN06: every %s has a name of its own, with its id beside it", async (kind, ids) => {
    const words = await pageWordsOf(language);
    const names = ids.map((id) => words.find(`${kind}.${id}`) ?? "");
    expect(names.filter((name, i) => !/^\p{Lu}.* /u.test(name) || names.indexOf(name) !== i)).toEqual([]);
    const text = String(await namedIds(kind, ids, words)).replaceAll("&#39;", "'");
    expect(text).toBe(ids.map((id, i) => `<span>${names[i]} <code class="soft">${id}</code></span>`).join(", "));
  });

  it("CN07: a missing right is named with its id", async () => {
    const words = await pageWordsOf(language);
    const told = needsRight(["users.manage", "keys.manage"], words);
    for (const right of ["users.manage", "keys.manage"] as const)
      expect(told).toMatch(new RegExp(`[“«]${words.say(`right.${right}`)}[”»] \\(${right}\\)`));
  });
});

it("an event type of another release is its id alone", async () => {
  expect(String(await namedIds("event", ["deal.painted"], await pageWordsOf("en")))).toBe("<code>deal.painted</code>");
});
