import type { Browser, BrowserContext, Page } from "playwright-core";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Deal } from "@regulars/core/deals/deal";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type BoardSite, aBoardSite } from "../fixtures/board-site.ts";
import { openBrowser } from "../fixtures/browser.ts";

/** A board in a browser: how cards are moved, and what becomes of moves that are refused. */

/** What others do is shown within five seconds; a browser on a busy machine may take longer. */
const PATIENCE_MS = 8_000;

let site: BoardSite;
let browser: Browser;
let contexts: BrowserContext[] = [];

beforeAll(async () => {
  [site, browser] = await Promise.all([aBoardSite(), openBrowser()]);
});

afterEach(async () => {
  site.faults.next = undefined;
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** A board of its own with these cards in its first column. */
async function aBoard(...titles: string[]): Promise<{ readonly plan: SalesPlan; readonly deals: readonly Deal[] }> {
  const plan = await site.plan();
  const deals: Deal[] = [];
  for (const title of titles) deals.push(await site.deal(plan, title));
  return { plan, deals };
}

async function open(plan: SalesPlan, options: Parameters<Browser["newContext"]>[0] = {}, query = ""): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  contexts.push(context);
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(`${site.boardOf(plan)}${query}`);
  return page;
}

const statusOf = (plan: SalesPlan, wanted: string): string =>
  plan.statuses.find(({ name }) => name === wanted)?.statusId ?? "";
const column = (plan: SalesPlan, name: string): string => `#column-${statusOf(plan, name)}`;
const cardIn = (plan: SalesPlan, name: string, deal: Deal): string => `${column(plan, name)} #card-${deal.dealId}`;
const said = async (page: Page, text: string): Promise<void> => {
  await page.locator("#said p", { hasText: text }).waitFor();
};
const focused = (page: Page): Promise<unknown> => page.evaluate("document.activeElement.closest('.deal')?.id");

async function middleOf(page: Page, selector: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Lifts a card by its grip and hangs it over a column. */
async function lift(page: Page, deal: Deal, over: string): Promise<void> {
  await page.locator(`#card-${deal.dealId} .grip`).scrollIntoViewIfNeeded();
  const from = await middleOf(page, `#card-${deal.dealId} .grip`);
  const to = { x: (await middleOf(page, over)).x, y: 400 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y);
  await page.mouse.move(to.x, to.y, { steps: 3 });
}

/** Touches a place and moves the finger, as a hand does. */
async function swipe(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: { x: number; y: number }[]) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", [from]);
  for (let i = 1; i <= 8; i += 1)
    await touch("touchMove", [{ x: from.x + ((to.x - from.x) * i) / 8, y: from.y + ((to.y - from.y) * i) / 8 }]);
  await touch("touchEnd", []);
}

const WAYS: Readonly<Record<string, (page: Page, plan: SalesPlan, deal: Deal) => Promise<void>>> = {
  mouse: async (page, plan, deal) => {
    await lift(page, deal, column(plan, "Talk"));
    await page.mouse.up();
  },
  touch: async (page, plan, deal) =>
    swipe(page, await middleOf(page, `#card-${deal.dealId} .grip`), {
      x: (await middleOf(page, column(plan, "Talk"))).x,
      y: 400,
    }),
  keys: async (page, plan, deal) => {
    await page.locator(`#card-${deal.dealId} .who`).focus();
    await page.keyboard.press("m");
    await page.locator(`#card-${deal.dealId} select`).selectOption(statusOf(plan, "Talk"));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  },
  form: async (page, plan, deal) => {
    await page.locator(`#card-${deal.dealId} .grip`).click();
    await page.locator(`#card-${deal.dealId} select`).selectOption(statusOf(plan, "Talk"));
    await page.locator(`#card-${deal.dealId} .move button`).click();
  },
};

/** The statuses of a log entry by their names. */
const named = (plan: SalesPlan, { statusId }: { readonly statusId?: unknown } = {}): object => ({
  statusId: plan.statuses.find((status) => status.statusId === statusId)?.name,
});

describe("a card", () => {
  it("CN02: is moved by mouse, touch, keys and form with the same log entry, announcement and focus", async () => {
    const told: object[] = [];
    for (const [name, move] of Object.entries(WAYS)) {
      const { plan, deals } = await aBoard("Coffee machine", "Grinder");
      const [deal] = deals;
      if (deal === undefined) throw new Error("there is no deal");
      const page = await open(plan, { hasTouch: name === "touch" });
      await move(page, plan, deal);
      await said(page, "“Coffee machine” is in “Talk” now.");
      const last = (await site.log(deal.dealId)).at(-1);
      told.push({
        name,
        log: [last?.action, last?.actorId, named(plan, last?.before), named(plan, last?.after)],
        version: (await site.stored(deal.dealId)).version,
        isThere: await page.locator(cardIn(plan, "Talk", deal)).count(),
        counts: await page.locator(".column h2 .soft").allTextContents(),
        isFocused: (await focused(page)) === `card-${deal.dealId}`,
      });
    }
    const log = ["moved", "user:mona", { statusId: "New" }, { statusId: "Talk" }];
    const moved = { log, version: 2, isThere: 1, counts: ["1", "1", "0", "0", "0"], isFocused: true };
    expect(told).toEqual(Object.keys(WAYS).map((name) => ({ name, ...moved })));
  });
});

const wantedOf = (deals: readonly Deal[]): Deal => {
  const [deal] = deals;
  if (deal === undefined) throw new Error("there is no deal");
  return deal;
};

/** Drops a card on a column by mouse. */
async function dropOn(page: Page, plan: SalesPlan, deal: Deal, name: string): Promise<void> {
  await lift(page, deal, column(plan, name));
  await page.mouse.up();
}

describe("a finger", () => {
  it("scrolls on a card outside its grip, and on the grip neither scrolls nor leaves the page", async () => {
    const { plan, deals } = await aBoard(...Array.from({ length: 12 }, (_, i) => `Deal ${i}`));
    const deal = deals[4];
    if (deal === undefined) throw new Error("there is no deal");
    const page = await open(plan, { hasTouch: true, viewport: { width: 360, height: 800 } });
    const scrolled = async () => Number(await page.evaluate("document.querySelector('.board').scrollTop + scrollY"));
    await page.evaluate(`document.getElementById("card-${deal.dealId}").scrollIntoView({ block: "center" })`);
    const top = await scrolled();
    const grip = await middleOf(page, `#card-${deal.dealId} .grip`);
    await swipe(page, grip, { x: grip.x - 90, y: grip.y + 8 });
    await said(page, "stays where it was");
    expect([await scrolled(), page.url().startsWith(site.boardOf(plan))]).toEqual([top, true]);
    const title = await middleOf(page, `#card-${deal.dealId} .who`);
    await swipe(page, title, { x: title.x, y: title.y - 150 });
    await expect.poll(async () => (await scrolled()) - top).toBeGreaterThan(50);
    expect((await site.stored(deal.dealId)).version).toBe(1);
  });
});

describe("a column that asks why", () => {
  it("asks in a dialog; Escape puts the card back and focuses it, a reason moves it", async () => {
    const { plan, deals } = await aBoard("Roaster");
    const deal = wantedOf(deals);
    const page = await open(plan);
    await dropOn(page, plan, deal, "Lost");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    await said(page, "“Roaster” stays where it was.");
    expect(await page.locator(cardIn(plan, "New", deal)).count()).toBe(1);
    expect(await focused(page)).toBe(`card-${deal.dealId}`);
    expect((await site.stored(deal.dealId)).version).toBe(1);
    await dropOn(page, plan, deal, "Lost");
    await page.locator("dialog select").selectOption("rsn_other");
    await page.locator("dialog [value=move]").click();
    expect(await page.locator("dialog [name=clarification]:invalid").count()).toBe(1);
    await page.locator("dialog [name=clarification]").fill("They roast themselves");
    await page.locator("dialog [value=move]").click();
    await said(page, "“Roaster” is in “Lost” now.");
    expect((await site.stored(deal.dealId)).closing).toMatchObject({
      reasonId: "rsn_other",
      clarification: "They roast themselves",
    });
  });

  it("is asked for on the deal's page without script", async () => {
    const { plan, deals } = await aBoard("Scale");
    const deal = wantedOf(deals);
    const page = await open(plan, { javaScriptEnabled: false });
    await page.locator(`#card-${deal.dealId} .grip`).click();
    await page.locator(`#card-${deal.dealId} select:focus`).selectOption(statusOf(plan, "Talk"));
    await page.locator(`#card-${deal.dealId} .move button`).click();
    expect(page.url()).toContain(`#card-${deal.dealId}`);
    expect((await site.stored(deal.dealId)).statusId).toBe(statusOf(plan, "Talk"));
    await page.locator(`#card-${deal.dealId} .grip`).click();
    await page.locator(`#card-${deal.dealId} select`).selectOption(statusOf(plan, "Lost"));
    await page.locator(`#card-${deal.dealId} .move button`).click();
    expect(await page.locator("[role=alert]").textContent()).toContain("needs one of its refusal reasons");
    await page.locator("[name=reasonId]").selectOption("rsn_price");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    expect((await site.stored(deal.dealId)).closing?.reasonId).toBe("rsn_price");
  });
});

describe("a card's Move form in an address", () => {
  it("is open beneath that card alone, with the filters kept; of a card that is not there the page says so", async () => {
    const { plan, deals } = await aBoard("Tamper", "Towel");
    const deal = wantedOf(deals);
    for (const javaScriptEnabled of [true, false]) {
      const page = await open(plan, { javaScriptEnabled }, `?search=t&sort=title&move=${deal.dealId}`);
      expect(await page.locator("form.move").count()).toBe(1);
      await page.locator(`#card-${deal.dealId} select:focus`).waitFor();
      await page.locator(`#card-${deal.dealId} .move button`).click();
      await page.locator(cardIn(plan, javaScriptEnabled ? "Talk" : "Offer", deal)).waitFor();
      const { searchParams } = new URL(page.url());
      expect(["search", "sort", "move"].map((name) => searchParams.get(name))).toEqual(["t", "title", null]);
    }
    await site.fixture.move(plan, deal, "Won");
    for (const stale of [deal.dealId, "<b>"]) {
      const page = await open(plan, { javaScriptEnabled: false }, `?move=${stale}`);
      expect(await page.locator(".unused").textContent()).toContain("a deal on this board that you may move");
      expect([await page.locator("form.move").count(), await page.locator(".deal").count()]).toEqual([0, 2]);
    }
  });
});

describe("a move that is refused", () => {
  it("CN03: puts the card back with a sentence, whatever refused it, and the next move works", async () => {
    const { plan, deals } = await aBoard("Filter");
    const deal = wantedOf(deals);
    const page = await open(plan);
    const answers: readonly (readonly [Response | "none", string])[] = [
      [Response.json({ detail: "this cannot be" }, { status: 422 }), "Not moved. This cannot be."],
      [Response.json({ detail: "taken" }, { status: 409 }), "Not moved. Taken."],
      [new Response("broken", { status: 500 }), "Not moved. The server could not do it now"],
      [Response.json({ detail: "x" }, { status: 401 }), "Not moved. Your session has ended"],
      ["none", "Not moved. There is no connection"],
    ];
    for (const [answer, sentence] of answers) {
      site.faults.next = (request) => (request.method === "POST" && answer !== "none" ? answer.clone() : undefined);
      await page.context().setOffline(answer === "none");
      await dropOn(page, plan, deal, "Talk");
      await said(page, sentence);
      expect(await page.locator(cardIn(plan, "New", deal)).count()).toBe(1);
      expect(await page.locator(".column h2 .soft").allTextContents()).toEqual(["1", "0", "0", "0", "0"]);
      expect(await focused(page)).toBe(`card-${deal.dealId}`);
    }
    site.faults.next = undefined;
    await page.context().setOffline(false);
    await dropOn(page, plan, deal, "Talk");
    await said(page, "“Filter” is in “Talk” now.");
    expect(await site.log(deal.dealId)).toHaveLength(2);
  });

  it("CN03: tells the later of two people who moved the card where, and shows it there", async () => {
    const { plan, deals } = await aBoard("Kettle");
    const deal = wantedOf(deals);
    const [first, second] = [await open(plan), await open(plan)];
    const { hostname } = new URL(site.url);
    await second.context().addCookies([{ name: "who", value: deal.managerId ?? "", domain: hostname, path: "/" }]);
    await second.reload();
    await dropOn(first, plan, deal, "Won");
    await said(first, "“Kettle” is in “Won” now.");
    await dropOn(second, plan, deal, "Talk");
    await said(second, "Not moved. “Kettle” was closed as Won by Mona Berg meanwhile.");
    await second.locator(cardIn(plan, "Won", deal)).waitFor();
    expect((await site.stored(deal.dealId)).statusId).toBe(statusOf(plan, "Won"));
  });

  it("a form sent twice is done once, and both answers say so", async () => {
    const { plan, deals } = await aBoard("Mill");
    const deal = wantedOf(deals);
    const fields = { action: "move", deal: deal.dealId, version: "1", statusId: statusOf(plan, "Talk"), reasonId: "" };
    const send = () =>
      fetch(site.boardOf(plan), {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { origin: site.url, accept: "application/json" },
      });
    const answers = await Promise.all([send(), send(), send()]);
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(
      answers.map(() => ({ said: "“Mill” is in “Talk” now.", version: 2 })),
    );
    expect(await site.log(deal.dealId)).toHaveLength(2);
  });
});

describe("many moves", () => {
  it("of ten in a moment on a slow line end where each card was moved last, and the numbers are right", async () => {
    const { plan, deals } = await aBoard("One", "Two", "Three");
    const page = await open(plan);
    await page.route(site.boardOf(plan), async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue();
    });
    const way = ["Talk", "Offer", "New", "Talk", "Won"];
    for (const [i, name] of way.entries())
      for (const deal of deals.slice(0, 2)) {
        await page.locator(`#card-${deal.dealId} .grip`).click();
        await page.locator(`#card-${deal.dealId} select`).evaluate(
          (select, id) => {
            const field: { value: string; append: (node: unknown) => void } = Object(select);
            field.value = id;
          },
          statusOf(plan, i === 4 && deal === deals[1] ? "Offer" : name),
        );
        await page.locator(`#card-${deal.dealId} .move button`).click();
      }
    await expect
      .poll(async () => Promise.all(deals.map(async ({ dealId }) => (await site.stored(dealId)).statusId)))
      .toEqual(["Won", "Offer", "New"].map((name) => statusOf(plan, name)));
    await expect.poll(() => page.locator(".column h2 .soft").allTextContents()).toEqual(["1", "0", "1", "1", "0"]);
    expect(await page.locator(".deal").count()).toBe(3);
  });
});

describe("a move whose answer is lost on the way", () => {
  it("is done once, and told as done", async () => {
    const { plan, deals } = await aBoard("Pot", "Pan");
    const page = await open(plan);
    let posts = 0;
    await page.route(site.boardOf(plan), async (route) => {
      posts += 1;
      const response = await route.fetch();
      if (posts === 1) await route.abort();
      else await route.fulfill({ response });
    });
    const deal = wantedOf(deals);
    await dropOn(page, plan, deal, "Talk");
    await said(page, "“Pot” is in “Talk” now.");
    expect([posts, (await site.log(deal.dealId)).length]).toEqual([2, 2]);
    expect((await site.stored(deal.dealId)).statusId).toBe(statusOf(plan, "Talk"));
    await page.locator(cardIn(plan, "Talk", deal)).waitFor();
    expect(await page.locator(".column h2 .soft").allTextContents()).toEqual(["1", "1", "0", "0", "0"]);
  });
});

/** Lets the page's clock go on by five seconds. */
const fiveSeconds = (page: Page): Promise<void> => page.clock.fastForward(5_000);

describe("what others do", () => {
  it("is shown and told within five seconds: a move, a new column, a renamed one with its cards", async () => {
    const { plan, deals } = await aBoard("Cup", "Plate");
    const deal = wantedOf(deals);
    const page = await open(plan);
    const { fixture } = site;
    await page.clock.install();
    await page.reload();
    await fixture.move(plan, deal, "Offer");
    await fiveSeconds(page);
    await said(page, "“Cup” is in “Offer” now.");
    expect(await page.locator(cardIn(plan, "Offer", deal)).count()).toBe(1);
    await fixture.status(plan, { change: "add", status: { name: "Trial", kind: "intermediate" }, position: 1 });
    await fiveSeconds(page);
    await said(page, "The column “Trial” is new.");
    await fixture.status(plan, {
      change: "edit",
      statusId: plan.statuses[2]?.statusId ?? deal.statusId,
      edit: { name: "Offer made" },
    });
    await fiveSeconds(page);
    await said(page, "The column “Offer” is called “Offer made” now.");
    expect(await page.locator(".column h2 bdi").allTextContents()).toEqual([
      "New",
      "Trial",
      "Talk",
      "Offer made",
      "Won",
      "Lost",
    ]);
    expect(await page.locator(cardIn(plan, "Offer", deal)).count()).toBe(1);
  });

  it("leaves a Move form open with its choice and the focus, and offers the statuses as they are now", async () => {
    const { plan, deals } = await aBoard("Sieve", "Scoop");
    const deal = wantedOf(deals);
    const page = await open(plan);
    await page.clock.install();
    await page.reload();
    for (const { dealId } of deals.toReversed()) await page.locator(`#card-${dealId} .grip`).click();
    expect(await page.locator("form.move").count()).toBe(1);
    const select = page.locator(`#card-${deal.dealId} select:focus`);
    expect(await select.inputValue()).toBe(statusOf(plan, "Talk"));
    await select.selectOption(statusOf(plan, "Offer"));
    await site.fixture.move(plan, deal, "Talk");
    await site.fixture.status(plan, { change: "add", status: { name: "Trial", kind: "intermediate" }, position: 1 });
    await fiveSeconds(page);
    await said(page, "“Sieve” is in “Talk” now.");
    expect(await select.inputValue()).toBe(statusOf(plan, "Offer"));
    const offered = ["New", "Trial", "Talk", "Offer", "Won", "Lost"];
    expect((await select.locator("option").allTextContents()).map((text) => text.trim())).toEqual(offered);
    expect((await select.locator("option:disabled").textContent())?.trim()).toBe("Talk");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await said(page, "“Sieve” is in “Offer” now.");
    expect((await site.stored(deal.dealId)).statusId).toBe(statusOf(plan, "Offer"));
  });

  it("leaves cards that were asked for while an answer without them was on its way", async () => {
    const { plan } = await aBoard(...Array.from({ length: 23 }, (_, i) => `Deal ${i}`));
    const page = await open(plan);
    await page.clock.install();
    await page.reload();
    const held: (() => void)[] = [];
    await page.route(/\/columns\?/, async (route) => {
      if (!new URL(route.request().url()).searchParams.has("after"))
        await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    await fiveSeconds(page);
    await expect.poll(() => held.length).toBe(1);
    await page.locator(".more a").click();
    await expect.poll(() => page.locator(".deal").count()).toBe(23);
    held[0]?.();
    await expect.poll(() => held.length).toBe(2);
    expect(await page.locator(".deal").count()).toBe(23);
    held[1]?.();
  });

  it("may take away the column over which a card hangs: the card goes back with a sentence", async () => {
    const { plan, deals } = await aBoard("Spoon");
    const deal = wantedOf(deals);
    const page = await open(plan);
    await lift(page, deal, column(plan, "Talk"));
    await site.fixture.status(plan, { change: "delete", statusId: plan.statuses[1]?.statusId ?? deal.statusId });
    await page.mouse.up();
    await said(page, "Not moved. That column is no longer there.");
    expect(await page.locator(cardIn(plan, "New", deal)).count()).toBe(1);
    await expect.poll(() => page.locator(column(plan, "Talk")).count()).toBe(0);
    expect((await site.stored(deal.dealId)).version).toBe(1);
  });
});

describe("reloading", () => {
  it("after a move shows the same place: filter, cards and scrolling", async () => {
    const { plan, deals } = await aBoard(...Array.from({ length: 30 }, (_, i) => `Deal ${i}`));
    const deal = deals.at(-1);
    if (deal === undefined) throw new Error("there is no deal");
    const page = await open(plan, {}, "?search=deal");
    await page.locator(".more a").click();
    await expect.poll(() => page.locator(`${column(plan, "New")} .deal`).count()).toBe(30);
    await dropOn(page, plan, deal, "Talk");

    await said(page, "is in “Talk” now");
    await expect.poll(() => page.locator(`${column(plan, "New")} h2 .soft`).textContent()).toBe("29");
    await page.evaluate("document.querySelector('.board').scrollTop = 700");
    await expect.poll(() => page.evaluate("history.state?.scrolled?.top")).toBe(700);
    await page.reload();
    expect(await page.evaluate("document.querySelector('.board').scrollTop")).toBe(700);
    expect(await page.locator(".filters [name=search]").inputValue()).toBe("deal");
    expect(await page.locator(`${column(plan, "New")} .deal`).count()).toBe(29);
    expect(await page.locator(cardIn(plan, "Talk", deal)).count()).toBe(1);
  });
});

describe("more filters", () => {
  it.each([true, false])(
    "come with what was written, at the first of them, script on: %s",
    async (javaScriptEnabled) => {
      const { plan } = await aBoard("Anvil");
      const page = await open(plan, { javaScriptEnabled });
      await page.locator(".filters [name=search]").fill("anvil");
      await page.getByRole("button", { name: "More filters" }).press("Enter");
      await page.locator(".filters [name=status]:focus").waitFor();
      expect(await page.locator(".filters [name=search]").inputValue()).toBe("anvil");
      await page.locator(".filters [name=status]").selectOption({ label: "Talk" });
      await page.locator(".filters [name=search]").press("Enter");
      await page.waitForURL(/status=/);
      expect(new URL(page.url()).searchParams.has("filters")).toBe(false);
      expect(await page.locator(".filters [name=status] option:checked").textContent()).toBe("Talk");
    },
  );
});

describe("keys", () => {
  it("go from card to card, choose one, open its form and leave it, and open the deal", async () => {
    const { plan, deals } = await aBoard("A", "B", "C");
    const [a, b, c] = deals;
    if (a === undefined || b === undefined || c === undefined) throw new Error("there are too few deals");
    await site.fixture.move(plan, b, "Talk");
    const page = await open(plan);
    await page.locator(".board").focus();
    const path: unknown[] = [];
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp"]) {
      await page.keyboard.press(key);
      path.push(await focused(page));
    }
    expect(path).toEqual([c, a, b, b, c, c].map((deal) => `card-${deal.dealId}`));
    await page.keyboard.press("x");
    expect(await page.locator("#chosen").textContent()).toBe("Chosen: 1");
    await page.keyboard.press("m");
    expect(await page.evaluate("document.activeElement.name")).toBe("statusId");
    await page.keyboard.press("Escape");
    expect(await focused(page)).toBe(`card-${c.dealId}`);
    await page.keyboard.press("o");
    await page.waitForURL(`**/deals/${c.dealId}`);
  });
});

describe("chosen cards", () => {
  it("are moved, transferred and opened again together, and what could not be done is told for each", async () => {
    const { plan, deals } = await aBoard("Jug", "Bowl", "Fork");
    const page = await open(plan, {}, "?sort=title");
    const choose = async (...some: readonly (Deal | undefined)[]) => {
      for (const deal of some) await page.locator(`#card-${deal?.dealId} [type=checkbox]`).check();
    };
    await choose(deals[0], deals[1]);
    await page.locator("#many [name=statusId]").selectOption({ label: "Lost" });
    await page.locator("#many [name=reasonId]").selectOption("rsn_price");
    await page.locator("#many [value=move-many]").click();
    await said(page, "2 deals changed.");
    expect(new URL(page.url()).searchParams.get("sort")).toBe("title");
    expect(await page.locator(`${column(plan, "Lost")} .deal`).count()).toBe(2);
    await choose(deals[0], deals[2]);
    await page.locator("#many [value=cancel-many]").click();
    await page.getByRole("heading", { name: "Done" }).waitFor();
    expect(await page.locator("tbody tr").allTextContents()).toEqual([
      expect.stringMatching(/Fork\s+It is open already/),
    ]);
    await page.getByRole("link", { name: "Back to the board" }).click();
    expect(await page.locator(cardIn(plan, "New", wantedOf(deals))).count()).toBe(1);
    await choose(deals[0], deals[2]);
    await page.locator("#many [name=managerId]").selectOption("bo");
    await page.locator("#many [value=transfer-many]").click();
    await said(page, "deals changed.");
    const managers = await Promise.all(deals.map(async ({ dealId }) => (await site.stored(dealId)).managerId));
    expect([managers[0], managers[2]]).toEqual(["bo", "bo"]);
  });

  it("sent twice are changed once, and without a chosen card nothing is", async () => {
    const { plan, deals } = await aBoard("Cap", "Lid");
    const send = (...chosen: readonly Deal[]) =>
      fetch(`${site.boardOf(plan)}/many`, {
        method: "POST",
        redirect: "manual",
        headers: { origin: site.url, accept: "text/html" },
        body: new URLSearchParams([
          ["action", "transfer-many"],
          ["managerId", ""],
          ["clarification", ""],
          ["request", "r1"],
          ...chosen.map(({ dealId }): [string, string] => ["deal", dealId]),
        ]),
      });
    expect([(await send(...deals)).status, (await send(...deals)).status]).toEqual([303, 303]);
    const logs = await Promise.all(deals.map(({ dealId }) => site.log(dealId)));
    expect(Math.max(...logs.map((log) => log.filter(({ action }) => action === "transferred").length))).toBeLessThan(2);
    const none = await send();
    expect([none.status, (await none.text()).includes("No deal is chosen: choose at least one.")]).toEqual([422, true]);
  });
});

it("CN06: a board speaks the viewer's language, what its script says too", async () => {
  const { plan, deals } = await aBoard("Crate");
  const deal = wantedOf(deals);
  const page = await open(plan);
  const { hostname } = new URL(site.url);
  for (const [language, heading, moved, stays] of [
    ["da", "1 aftale, 100,00 €", "“Crate” er nu i “Talk”.", "“Crate” bliver, hvor den var."],
    ["pt-BR", "1 negócio, € 100,00", "“Crate” está agora em “New”.", "“Crate” fica onde estava."],
    ["uk", "1 угода, 100,00 EUR", "«Crate» тепер у «Talk».", "«Crate» лишається на місці."],
  ] as const) {
    const cookie = { name: "regulars-language", value: language, domain: hostname, path: "/" };
    await page.context().addCookies([cookie]);
    await page.reload();
    expect((await page.locator("#total").textContent())?.replaceAll("\u00A0", " ")).toBe(heading);
    await dropOn(page, plan, deal, "Lost");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    await said(page, stays);
    await dropOn(page, plan, deal, moved.includes("New") ? "New" : "Talk");
    await said(page, moved);
  }
});
