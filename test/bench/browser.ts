import { once } from "node:events";
import { createServer } from "node:http";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { dealIdOf, planIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { makeSalesPlan, newPlanSchema, rulesOf } from "@regulars/core/sales-plans/sales-plan";
import type { LocalSystem } from "@regulars/local/system";
import type { Browser, Page } from "playwright-core";
import * as z from "zod";
import { openBrowser } from "../fixtures/browser.ts";
import { aDealOfMany, writeDeals } from "../fixtures/many-deals.ts";
import { p95, tokenOf } from "./calls.ts";
import { type ReactBoard, reactBoard } from "./react-board.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const TENANT = "browser";
const PLAN = planIdSchema.parse("pln_browser");
const STATUSES = ["st_1", "st_2", "st_3", "st_4"] as const;
const DEALS = 24;
const MOVES = 20;
const VIEWS = 9;
const SLOWED = 4;
const PATIENCE_MS = 60_000;

/** A board of 24 cards in Chromium: a move until it is announced, and the first view on a slow processor. */
export async function browserFigures(system: LocalSystem): Promise<BenchFigure[]> {
  await makeBoard(system);
  const address = `${system.url}/plans/${TENANT}/${PLAN}`;
  const browser = await openBrowser().catch(() => undefined);
  if (browser === undefined) return [{ name: "figures of a browser: Chromium is absent", value: NaN, unit: "" }];
  try {
    return [...(await moveFigures(browser, address)), ...(await viewFigures(browser, system, address))];
  } finally {
    await browser.close();
  }
}

/** Two people have the board open: the one who moves a card hears of it, and the other sees it. */
async function moveFigures(browser: Browser, address: string): Promise<BenchFigure[]> {
  const [mover, other] = [await opened(browser, address), await opened(browser, address)];
  const [announced, seen]: [number[], number[]] = [[], []];
  for (let i = 0; i < MOVES; i += 1) {
    const card = `card-${dealIdOf(PLAN, i + 1)}`;
    // Not from the last column, which may ask for a reason.
    const to = STATUSES[i % 2 === 0 ? 1 : 0];
    announced.push(Number(await mover.evaluate(moving(card, to, `Course ${i}`))));
    const started = performance.now();
    await other.locator(`#column-${to} #${card}`).waitFor({ state: "attached" });
    seen.push(performance.now() - started);
  }
  await Promise.all([mover, other].map((page) => page.context().close()));
  return [
    { name: "a move until it is announced, p95", value: p95(announced), unit: "ms", goal: { atMost: 300 } },
    {
      name: "… until another's board shows it, at most",
      value: Math.max(...seen),
      unit: "ms",
      goal: { atMost: 5_000 },
    },
  ];
}

async function opened(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Sends a card's move form, and gives the milliseconds until the page says of it where it is. */
const moving = (card: string, to: string, title: string): string => `new Promise((resolve, reject) => {
  const card = document.getElementById(${JSON.stringify(card)});
  card.querySelector(".grip").click();
  card.querySelector("select[name=statusId]").value = ${JSON.stringify(to)};
  const said = document.getElementById("said");
  const started = performance.now();
  setTimeout(() => reject(new Error("nothing was said of the move")), ${PATIENCE_MS});
  new MutationObserver((_, watching) => {
    if (!said.textContent.includes(${JSON.stringify(`“${title}”`)})) return;
    watching.disconnect();
    resolve(performance.now() - started);
  }).observe(said, { childList: true, subtree: true, characterData: true });
  card.querySelector("form").requestSubmit();
})`;

/** The first view of the board and of its React builds, in turn, each in a browser that has seen nothing. */
async function viewFigures(browser: Browser, system: LocalSystem, address: string): Promise<BenchFigure[]> {
  const ask = await asker(system);
  const json = await ask();
  const ready = (): Promise<string> => Promise.resolve(json);
  const [whole, filed, cards] = [
    await reactBoard("page", ask),
    await reactBoard("page", ready),
    await reactBoard("board", ready),
  ];
  const bare = await bareLines();
  const views: { ours: View; bare: View; whole?: View; filed?: View; cards?: View }[] = [];
  try {
    if (whole !== undefined) await expectSame(browser, address, whole.url);
    for (let i = 0; i < VIEWS; i += 1)
      views.push({
        ours: await firstView(browser, address),
        bare: await firstView(browser, bare.url),
        ...(whole === undefined ? {} : { whole: await firstView(browser, whole.url) }),
        ...(filed === undefined ? {} : { filed: await firstView(browser, filed.url) }),
        ...(cards === undefined ? {} : { cards: await firstView(browser, cards.url) }),
      });
  } finally {
    for (const one of [bare, whole, filed, cards]) one?.close();
  }
  const kib = ({ scriptBytes }: ReactBoard): string => `${Math.round(scriptBytes / 1024)} KiB of script`;
  const sooner = (than: "whole" | "filed" | "cards", what: keyof View): number =>
    middle(views.map(({ ours, [than]: theirs }) => (theirs?.[what] ?? NaN) / ours[what]));
  const own = [
    {
      name: `first view of ${DEALS} cards, processor slowed ${SLOWED} times`,
      value: middle(views.map(({ ours }) => ours.drawnMs)),
      unit: "ms",
    },
    {
      name: "… of it until the page has come from the server",
      value: middle(views.map(({ ours }) => ours.arrivedMs)),
      unit: "ms",
    },
    {
      name: "… a page of as many bare lines, without sheet or script",
      value: middle(views.map((view) => view.bare.drawnMs)),
      unit: "ms",
    },
  ];
  if (whole === undefined || cards === undefined)
    return [
      ...own,
      {
        name: "… React, React Query and dnd-kit are absent: npm install --prefix test/bench/peers",
        value: NaN,
        unit: "",
      },
    ];
  return [
    ...own,
    {
      name: `… sooner than the same page in React 19, React Query and dnd-kit, which asks the API, ${kib(whole)}`,
      value: sooner("whole", "drawnMs"),
      unit: "times",
      goal: { atLeast: 3 },
    },
    { name: "… sooner than it where the answers lie ready", value: sooner("filed", "drawnMs"), unit: "times" },
    { name: "… as much of the processor takes its main thread", value: sooner("whole", "mainThreadMs"), unit: "times" },
    {
      name: `… sooner than its cards alone, without all else of the page, ${kib(cards)}`,
      value: sooner("cards", "drawnMs"),
      unit: "times",
    },
    {
      name: "… as much of the processor takes their main thread",
      value: sooner("cards", "mainThreadMs"),
      unit: "times",
    },
  ];
}

/** Asks the API for what the page is made of, four answers at once. */
async function asker(system: LocalSystem): Promise<() => Promise<string>> {
  const headers = { authorization: `Bearer ${await tokenOf(system, TENANT, "boss")}` };
  const ask = async (path: string): Promise<unknown> =>
    (await fetch(`${system.url}/v1/${path}`, { headers })).json() as Promise<unknown>;
  const paths = ["me", `plans/${PLAN}`, `plans/${PLAN}/board`, "users"];
  return async () => {
    const [me, plan, board, list] = await Promise.all(paths.map(ask));
    return JSON.stringify({ me, plan, board, users: z.object({ data: z.array(z.unknown()) }).parse(list).data });
  };
}

/** Two pages have the same text, and as many elements of each name; what is sent unseen is not compared. */
async function expectSame(browser: Browser, ...addresses: readonly [string, string]): Promise<void> {
  const seen: string[] = [];
  for (const address of addresses) {
    const page = await opened(browser, address);
    await page
      .locator(".deal")
      .nth(DEALS - 1)
      .waitFor();
    seen.push(String(await page.evaluate(SEEN)));
    await page.context().close();
  }
  const [ours, theirs] = seen;
  if (ours !== theirs) throw new Error(`the pages differ:\n${ours}\n${theirs}`);
}

/** Texts and numbers of elements, without scripts, templates, hidden inputs, the root and what dnd-kit says to readers. */
const SEEN = `(() => {
  const body = document.body.cloneNode(true);
  for (const unseen of body.querySelectorAll("script, template, input[type=hidden], [id^=Dnd]")) unseen.remove();
  const names = [...body.querySelectorAll("*:not(#root)")].map(({ localName }) => localName).sort();
  const counts = Object.entries(Object.groupBy(names, (name) => name)).map(([name, { length }]) => name + " " + length);
  return counts.join(", ") + "\\n" + body.textContent.replace(/\\s+/g, "");
})()`;

/** A page of nothing but as many lines as the board has cards: what any view costs this browser. */
async function bareLines() {
  const page = `<!doctype html><title>Lines</title><ol>${'<li class="deal">Course</li>'.repeat(DEALS)}</ol>`;
  const server = createServer((_, reply) => reply.setHeader("content-type", "text/html; charset=utf-8").end(page));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the page of bare lines has no port");
  return { url: `http://127.0.0.1:${address.port}/`, close: () => void server.close() };
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Milliseconds from the beginning of a navigation. */
interface View {
  /** Until all cards are drawn. */
  readonly drawnMs: number;
  /** Until the page had come. */
  readonly arrivedMs: number;
  /** What the main thread of the page has had of the processor until the cards are drawn: no other process counts. */
  readonly mainThreadMs: number;
}

async function firstView(browser: Browser, address: string): Promise<View> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  // A frame after the one in which they are there: then they have been drawn.
  await page.addInitScript(`window.drawn = new Promise((resolve) => {
    const look = () =>
      document.querySelectorAll(".deal").length >= ${DEALS}
        ? requestAnimationFrame(() => resolve([performance.now(), performance.getEntriesByType("navigation")[0].responseEnd]))
        : requestAnimationFrame(look);
    requestAnimationFrame(look);
  })`);
  await page.goto(address, { waitUntil: "commit" });
  const [drawnMs, arrivedMs] = z.tuple([z.number(), z.number()]).parse(await page.evaluate("window.drawn"));
  const { metrics } = await devTools.send("Performance.getMetrics");
  await context.close();
  const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
  return { drawnMs, arrivedMs, mainThreadMs: seconds * 1_000 };
}

async function makeBoard(system: LocalSystem): Promise<void> {
  const tenant = await system.makeTenant(testTenantRecord(TENANT, "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  await store.imports.saveUsers([{ userId: userIdSchema.parse("boss"), name: "Boss", role: "admin" }]);
  const now = system.runtime.clock();
  const made = makeSalesPlan(newPlanSchema.parse({ name: "Browser", members: [{ userId: "boss" }] }), {
    planId: PLAN,
    statusIds: STATUSES.map((id) => statusIdSchema.parse(id)),
    createdAt: toInstant(now),
    currency: tenant.currency,
  });
  if (!made.ok) throw new Error(made.message);
  await store.sales.salesPlans.create(made.value, newAssignmentState(rulesOf(made.value), 1));
  const place = (i: number) => ({ statusId: STATUSES[i % 2] ?? "st_1", managerId: "boss" });
  await writeDeals(
    system.runtime.tableFor(tenant.tenantId),
    tenant.tenantId,
    Array.from({ length: DEALS }, (_, i) => aDealOfMany(PLAN, i, now - 86_400_000, place(i))),
  );
}
