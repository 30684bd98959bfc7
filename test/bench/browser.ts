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
import { reactBoard } from "./react-board.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const TENANT = "browser";
const PLAN = planIdSchema.parse("pln_browser");
const STATUSES = ["st_1", "st_2", "st_3", "st_4"] as const;
const DEALS = 24;
const MOVES = 20;
const VIEWS = 5;
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

/** The first view of the board and of its React build, in turn, each in a browser that has seen nothing. */
async function viewFigures(browser: Browser, system: LocalSystem, address: string): Promise<BenchFigure[]> {
  const token = await tokenOf(system, TENANT, "boss");
  const headers = { authorization: `Bearer ${token}` };
  const peer = await reactBoard(async () => (await fetch(`${system.url}/v1/plans/${PLAN}/board`, { headers })).text());
  const bare = await bareLines();
  const [ours, arrived, floor, theirs]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let i = 0; i < VIEWS; i += 1) {
    const { drawnMs, arrivedMs } = await firstView(browser, address);
    ours.push(drawnMs);
    arrived.push(arrivedMs);
    floor.push((await firstView(browser, bare.url)).drawnMs);
    if (peer !== undefined) theirs.push((await firstView(browser, peer.url)).drawnMs);
  }
  bare.close();
  peer?.close();
  const own = middle(ours);
  return [
    { name: `first view of ${DEALS} cards, processor slowed ${SLOWED} times`, value: own, unit: "ms" },
    { name: "… of it until the page has come from the server", value: middle(arrived), unit: "ms" },
    { name: "… a page of as many bare lines, without sheet or script", value: middle(floor), unit: "ms" },
    peer === undefined
      ? {
          name: "… React, React Query and dnd-kit are absent: npm install --prefix test/bench/peers",
          value: NaN,
          unit: "",
        }
      : {
          name: `… sooner than React 19, React Query and dnd-kit, ${Math.round(peer.scriptBytes / 1024)} KiB of script`,
          value: middle(ours.map((value, i) => (theirs[i] ?? NaN) / value)),
          unit: "times",
          goal: { atLeast: 3 },
        },
  ];
}

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

/** Milliseconds from the beginning of a navigation until all cards are drawn, and until the page had come. */
async function firstView(browser: Browser, address: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
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
  await context.close();
  return { drawnMs, arrivedMs };
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
