import { expect, it } from "vitest";
import { checkInjection } from "./inject.ts";
import { elementsOf } from "./structure.ts";

it("scenario 11: keeps the structure of mail, subject, Slack and CSV whatever is in their variables", () => {
  expect(checkInjection(300)).toEqual({ values: 300, faults: [] });
});

it("sees an element, an attribute or a link that a value brings along", () => {
  const page = (inside: string) => elementsOf(`<p class="why"><a href="https://regulars.example/x">${inside}</a></p>`);
  expect(page("<b>x</b>")).not.toEqual(page("x"));
  expect(page('x</a><a href="https://evil.example">x')).not.toEqual(page("x"));
  expect(page("&lt;b&gt;")).toEqual(page("x"));
});
