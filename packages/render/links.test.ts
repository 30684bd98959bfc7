import { expect, it } from "vitest";
import { telLink, webLink } from "./links.ts";

it.each([
  ["+45 12 34 56 78", "tel:+4512345678"],
  ["(020) 7946-0018", "tel:02079460018"],
  ["+44 (0)20 7946 0018", "tel:+442079460018"],
  ["+1 555 123 4567 ext. 12", "tel:+15551234567"],
  ["+1 555 123 4567;phone-context=evil", "tel:+15551234567"],
  ["030/1234567", "tel:0301234567"],
  ["12345678 / 87654321", "tel:12345678"],
  ["＋４５ １２３４５６７８", "tel:+4512345678"],
  ["12+345678", "tel:12345678"],
  ["12 34 56 78\r\nX: y", "tel:12345678"],
])("dials %j as %s", (phone, link) => {
  expect(telLink(phone)).toBe(link);
});

it.each(["", "ask at the counter", "1-800-FLOWERS", "1234", "1234567890123456"])("does not dial %j", (phone) => {
  expect(telLink(phone)).toBeUndefined();
});

it("keeps a web address", () => {
  expect(webLink("http://localhost:4800/for-you?rep=a&day=1")).toBe("http://localhost:4800/for-you?rep=a&day=1");
});

it.each(["javascript:alert(1)", "data:text/html,x", "/for-you", "", "https://"])(
  "refuses %j as a web address",
  (link) => {
    expect(() => webLink(link)).toThrow("is not a web address");
  },
);
