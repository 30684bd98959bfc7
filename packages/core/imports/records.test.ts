import { describe, expect, it } from "vitest";
import { tenantSchema } from "../tenants/tenant.ts";
import { assembleActivity } from "./activities.ts";
import type { Validated } from "./checked.ts";
import { assembleLead, loggedOfLead } from "./contacts.ts";
import { assembleLink } from "./links.ts";
import { assembleRequest } from "./requests.ts";
import {
  activityRowSchema,
  leadRowSchema,
  linkRowSchema,
  projectRowSchema,
  requestRowSchema,
  saleRowSchema,
} from "./rows.ts";
import { assembleSale } from "./sales.ts";

type Cells = Readonly<Record<string, string>>;

const tenant = tenantSchema.parse({
  tenantId: "t",
  name: "Acme",
  timeZone: "Europe/Copenhagen",
  currency: "EUR",
  edition: "enterprise",
});

const said = <T>(checked: Validated<T>) =>
  checked.ok ? checked.value : `${checked.column ?? ""}: ${checked.reason}: ${checked.message}`;

describe("an activity", () => {
  const given = (cells: Cells = {}) => {
    const row = { activityId: "A-1", type: "call", occurredAt: "2026-01-05T23:30:00Z", customerId: "acme", ...cells };
    return said(assembleActivity(activityRowSchema.parse(row), tenant));
  };

  it("is dated in the tenant's zone; by default it has no direction and is completed", () => {
    expect(given()).toEqual({
      activityId: "A-1",
      type: "call",
      customerId: "acme",
      direction: "none",
      completed: true,
      occurredAt: "2026-01-05T23:30:00.000Z",
      occurredOn: "2026-01-06",
    });
    expect(given({ direction: "IN", completed: "no" })).toMatchObject({ direction: "in", completed: false });
  });

  it("belongs to a customer or to a person; an employee alone is not enough", () => {
    expect(given({ customerId: "", personId: "p-1", userId: "r1" })).toMatchObject({ personId: "p-1", userId: "r1" });
    expect(given({ customerId: "", userId: "r1" })).toBe(
      "customerId: no-customer: customerId is missing, and so is a personId to find it by",
    );
  });

  it("may say how many took part or who, how long it was, and what a program or a mass got", () => {
    expect(
      given({ attendees: "12", durationMinutes: "45", threadId: "t", automatic: "yes", mass: "no" }),
    ).toMatchObject({
      attendees: 12,
      durationMinutes: 45,
      threadId: "t",
      automatic: true,
    });
    expect(given({ mass: "no" })).not.toHaveProperty("mass");
    expect(given({ attendees: "p-1; p-2 | p-1," })).toMatchObject({ attendees: 2, attendeeIds: ["p-1", "p-2"] });
  });

  it.each([
    [{ attendees: "-1" }, "is neither a whole number from 0 to 1000000 nor a list of at most 200 person ids"],
    [{ attendees: "2.5" }, "is neither a whole number from 0 to 1000000 nor a list of at most 200 person ids"],
    [{ durationMinutes: "-30" }, "is not a whole number of minutes from 0 to 10080"],
    [{ durationMinutes: "10081" }, "is not a whole number of minutes from 0 to 10080"],
    [{ automatic: "maybe" }, "is not yes or no"],
  ])("is refused with %o", (cells, message) => {
    const row = { activityId: "A-1", type: "call", occurredAt: "2026-01-05", customerId: "acme", ...cells };
    expect(activityRowSchema.safeParse(row).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it("has a day, and one of four types", () => {
    expect(given({ occurredAt: "soon" })).toBe(
      'occurredAt: bad-date: occurredAt "soon" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z',
    );
    expect(activityRowSchema.safeParse({ activityId: "A", type: "fax", occurredAt: "x" }).success).toBe(false);
  });
});

describe("a sale", () => {
  const given = (cells: Cells = {}) => {
    const row = { saleId: "S-1", customerId: "acme", saleDate: "2026-01-05", ...cells };
    return said(assembleSale(saleRowSchema.parse(row), tenant));
  };

  it("is open by default, with its amount in the tenant's currency", () => {
    expect(given()).toEqual({ saleId: "S-1", customerId: "acme", status: "open", saleOn: "2026-01-05" });
    expect(given({ amount: "12.3400", status: "sold", projectId: "pr" })).toEqual({
      saleId: "S-1",
      customerId: "acme",
      projectId: "pr",
      status: "sold",
      saleOn: "2026-01-05",
      amountMinor: 1_234,
      currency: "EUR",
    });
    expect(given({ amount: "12", currency: "JPY" })).toMatchObject({ amountMinor: 12, currency: "JPY" });
  });

  it("has no currency without an amount, and no amount that cannot be counted", () => {
    expect(given({ currency: "JPY" })).not.toHaveProperty("currency");
    expect(given({ amount: "999999999999999" })).toBe("amount: too-large: amount is too large");
    expect(given({ amount: "12.345" })).toBe('amount: amount-not-exact: EUR has 2 decimal places: "12.345" has more');
    expect(given({ amount: "1.5", currency: "JPY" })).toContain("amount-not-exact: JPY has 0 decimal places");
    expect(given({ saleDate: "05/01/2026" })).toContain("saleDate: bad-date");
  });
});

describe("a request", () => {
  const given = (cells: Cells = {}) => {
    const row = { requestId: "T-1", customerId: "acme", createdAt: "2026-01-05T10:00:00Z", ...cells };
    return said(assembleRequest(requestRowSchema.parse(row), tenant));
  };

  it("is open until it is closed, which may be on the day it came but not before", () => {
    expect(given()).toEqual({
      requestId: "T-1",
      customerId: "acme",
      createdAt: "2026-01-05T10:00:00.000Z",
      createdOn: "2026-01-05",
    });
    expect(given({ closedAt: "2026-01-05" })).toMatchObject({ closedOn: "2026-01-05" });
    expect(given({ closedAt: "2026-01-04T22:59:59Z" })).toBe(
      'closedAt: closed-before-created: closedAt "2026-01-04T22:59:59Z" is before createdAt "2026-01-05T10:00:00Z"',
    );
    expect(given({ createdAt: "x" })).toContain("createdAt: bad-date");
    expect(given({ closedAt: "x" })).toContain("closedAt: bad-date");
  });
});

describe("a link", () => {
  const given = (cells: Cells = {}, codeRed: Record<string, unknown> = { linkMonths: 12 }) =>
    said(assembleLink(linkRowSchema.parse({ itemId: "gun", linkedItemId: "bullet", ...cells }), { codeRed }));

  it("is one to one by default, and never with the item itself", () => {
    expect(given()).toEqual({ itemId: "gun", linkedItemId: "bullet", ratio: 1, linkedRatio: 1 });
    expect(given({ linkedRatio: "24" })).toMatchObject({ ratio: 1, linkedRatio: 24 });
    expect(given({ linkedItemId: "gun" })).toBe("linkedItemId: same-item: linkedItemId is the item itself, gun");
  });

  it("may come days later, up to the longest window that is compared, and be read both ways", () => {
    expect(given({ lagDays: "7", bidirectional: "yes" })).toMatchObject({ lagDays: 7, bidirectional: true });
    expect(given({ lagDays: "365", ratio: "1000" })).toMatchObject({ lagDays: 365, ratio: 1000 });
    for (const lagDays of ["-1", "366", "1.5", "x"])
      expect(() => given({ lagDays })).toThrow("is not a whole number of days from 0 to 365");
    expect(() => given({ bidirectional: "perhaps" })).toThrow("is not yes or no");
  });

  it.each([
    [{}, 92, 93, "3 months that are compared: 0 to 92 are allowed"],
    [{ linkMonths: 1 }, 31, 32, "1 months that are compared: 0 to 31 are allowed"],
    [{ linkMonths: 6 }, 184, 185, "6 months that are compared: 0 to 184 are allowed"],
  ])("with the settings %j may come %d days later, not %d", (codeRed, longest, tooLong, says) => {
    expect(given({ lagDays: String(longest) }, codeRed)).toMatchObject({ lagDays: longest });
    expect(given({ lagDays: String(tooLong) }, codeRed)).toBe(
      `lagDays: beyond-window: lagDays "${tooLong}" is longer than the ${says}`,
    );
  });

  it("has ratios that are whole numbers from 1 to 1000", () => {
    for (const ratio of ["0", "-1", "1.5", "1e3", "1001", "x"])
      expect([ratio, linkRowSchema.safeParse({ itemId: "a", linkedItemId: "b", ratio }).success]).toEqual([
        ratio,
        false,
      ]);
  });
});

describe("a lead", () => {
  const given = (cells: Cells = {}) => said(assembleLead(leadRowSchema.parse({ externalId: "x1", ...cells }), tenant));

  it("has its e-mail normalised and its phone as given", () => {
    expect(given({ email: " Olena@X.ua ", phone: "(067) 123", amount: "199", currency: "uah" })).toEqual({
      externalId: "x1",
      email: "olena@x.ua",
      phone: "(067) 123",
      amountMinor: 19_900,
      currency: "UAH",
    });
    expect(leadRowSchema.safeParse({ externalId: "x1", email: "olena" }).success).toBe(false);
    expect(given({ amount: "999999999999999" })).toBe("amount: too-large: amount is too large");
  });

  it("keeps an amount with its currency or not at all", () => {
    expect(loggedOfLead(["name", "amount", "currency"])).toEqual(["name", "amountMinor", "currency"]);
    expect(loggedOfLead(["currency"])).toEqual([]);
  });
});

describe("a project", () => {
  it("needs its id and its customer only", () => {
    expect(projectRowSchema.parse({ projectId: "pr", customerId: "acme", name: "", status: "On hold" })).toEqual({
      projectId: "pr",
      customerId: "acme",
      status: "On hold",
    });
  });
});
