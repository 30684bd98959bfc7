import { randomBytes } from "node:crypto";
import { compareText } from "@regulars/core/platform/compare";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { MOST_WEBHOOKS, type Webhook, type WebhookDelivery } from "@regulars/core/webhooks/webhook";
import { rotated, switched, tooManyWebhooks } from "@regulars/core/webhooks/webhook-changes";
import { changeWebhook } from "@regulars/flows/webhooks/change-webhook";
import { type ExampleDelivery, exampleDelivery } from "@regulars/functions/api/webhooks/event-examples";
import { eventTypes } from "@regulars/functions/api/webhooks/event-types";
import { newWebhookSecret } from "@regulars/functions/api/webhooks/webhook-secret";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Runtime } from "@regulars/functions/runtime";
import { checkWebhookUrl } from "@regulars/functions/webhook-sender";
import { authorNames } from "../page/authors.ts";
import { cutValue, refuseField } from "../page/form-reason.ts";
import type { Form } from "../page/form.ts";
import { type LoggedChanges, MOST_CHANGES } from "../page/logged-changes.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { notStale, staleForm } from "../page/stale-form.ts";

/** A webhook without what signs. */
export type ShownWebhook = Omit<Webhook, "secret" | "oldSecret">;

export interface WebhooksPage extends LoggedChanges {
  readonly tenant: Tenant;
  readonly webhooks: readonly ShownWebhook[];
  /** The id of the webhook that the form makes: sent twice, it makes one. */
  readonly newId: string;
  /** The one whose deliveries are shown. */
  readonly chosen: { readonly webhook: ShownWebhook; readonly deliveries: readonly WebhookDelivery[] } | undefined;
}

/** What came of a form; a secret is shown this once. */
export type WebhookOutcome =
  | { readonly type: "secret"; readonly webhook: ShownWebhook; readonly secret: string }
  | { readonly type: "done" }
  | { readonly type: "preview"; readonly url: string; readonly examples: readonly ExampleDelivery[] }
  | {
      readonly type: "ask";
      readonly action: (typeof asked)[number];
      readonly webhook: ShownWebhook;
      /** Its latest deliveries that wait. */
      readonly waiting: number;
    };

/** What is done to a webhook only after it was said what that does. */
const asked = ["pause", "resume", "rotate", "remove"] as const;
const MOST_DELIVERIES = 20;
/** Deliveries among which those that wait are counted. */
const MOST_COUNTED = 1_000;

export async function readWebhooksPage(opened: OpenTenant, chosen: string | undefined): Promise<WebhooksPage> {
  const { tenant, whole } = opened;
  const webhooks = (await whole.webhooks.list())
    .toSorted((a, b) => compareText(b.createdAt, a.createdAt))
    .map(withoutSecret);
  const webhook = webhooks.find(({ webhookId }) => webhookId === chosen);
  const deliveries = webhook === undefined ? [] : await whole.webhooks.deliveries(webhook.webhookId, MOST_DELIVERIES);
  const newId = `wh_${randomBytes(9).toString("hex")}`;
  const { entries } = await whole.changeLogs.webhooks.page({ limit: MOST_CHANGES });
  return {
    tenant,
    webhooks,
    newId,
    chosen: webhook && { webhook, deliveries },
    changes: entries,
    authorOf: await authorNames(opened),
  };
}

function withoutSecret({ secret: _secret, oldSecret: _old, ...webhook }: Webhook): ShownWebhook {
  return webhook;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** Does what the form asks, or says what it would do. */
export async function changeWebhooks(
  opened: OpenTenant,
  form: Form,
  runtime: Runtime,
): Promise<Result<WebhookOutcome>> {
  const action = textOf(form["action"]);
  if (action === "make") return make(opened, form, runtime);
  const { webhooks } = opened.whole;
  const stamp = { at: toInstant(runtime.clock()), by: opened.by };
  const webhookId = textOf(form["webhookId"]);
  const webhook = await webhooks.find(webhookId);
  if (webhook === undefined) return refuse("unusable-form", `there is no webhook ${cutText(webhookId, 60)}`);
  if (action === "edit") return edit(opened, webhook, form, runtime);
  const known = asked.find((one) => one === action);
  if (known === undefined) return refuse("unusable-form", "this form is not of this page: load it again");
  if (form["do"] !== "save") {
    const latest = await webhooks.deliveries(webhookId, MOST_COUNTED);
    const waiting = latest.filter(({ state }) => state === "waiting").length;
    return ok({ type: "ask", action: known, webhook: withoutSecret(webhook), waiting });
  }
  if (known === "pause" || known === "resume") {
    const changeOf = (one: Webhook): Webhook => switched(one, known === "resume");
    const changed = await changeWebhook({ webhooks, webhookId, changeOf, stamp });
    return changed.ok ? ok({ type: "done" }) : changed;
  }
  if (known === "remove") {
    await webhooks.remove(webhookId, undefined, { before: webhook, stamp });
    return ok({ type: "done" });
  }
  const [secret, nowMs] = [newWebhookSecret(), runtime.clock()];
  const changeOf = (one: Webhook): Webhook => rotated(one, secret, nowMs);
  const changed = await changeWebhook({ webhooks, webhookId, changeOf, stamp });
  return changed.ok ? ok({ type: "secret", webhook: withoutSecret(changed.value), secret }) : changed;
}

function urlReason(given: string, what: string, { say, refused }: PageWords): string {
  const name = say("webhooks.url");
  return given === ""
    ? say("form.missing", { name })
    : say("form.wrong", { name, valu: cutValue(given), text: refused(what) });
}

/** What a form lets be changed of a webhook. */
export type WebhookFields = Pick<Webhook, "url" | "events">;

export const webhookFields = ({ url, events }: WebhookFields): WebhookFields => ({ url, events });

/** The address and the events of a form; none chosen are all. */
function readFields(form: Form, words: PageWords, runtime: Runtime): Result<WebhookFields> {
  const given = textOf(form["url"]);
  const url = checkWebhookUrl(given, runtime.allowsLoopbackWebhooks);
  if (!url.ok) return refuseField("url", urlReason(given, url.message, words));
  return ok({ url: url.value.href, events: chosenEvents(form) });
}

export function chosenEvents(form: Form): Webhook["events"] {
  const chosen = eventTypes.filter((type) => form[type] !== undefined);
  return chosen.length === 0 ? [...eventTypes] : chosen;
}

const previewOf = ({ url, events }: WebhookFields): Result<WebhookOutcome> =>
  ok({ type: "preview", url, examples: events.map(exampleDelivery) });

async function edit(
  { whole, words, by }: OpenTenant,
  webhook: Webhook,
  form: Form,
  runtime: Runtime,
): Promise<Result<WebhookOutcome>> {
  const read = readFields(form, words, runtime);
  if (!read.ok) return read;
  const fresh = notStale(webhookFields(webhook), form);
  if (!fresh.ok) return fresh;
  if (form["do"] !== "save") return previewOf(read.value);
  const change = { before: webhook, stamp: { at: toInstant(runtime.clock()), by } };
  const next = { ...webhook, ...read.value, version: webhook.version + 1 };
  return (await whole.webhooks.save(next, [], undefined, change)) ? ok({ type: "done" }) : staleForm();
}

async function make({ whole, words, by }: OpenTenant, form: Form, runtime: Runtime): Promise<Result<WebhookOutcome>> {
  const { webhooks } = whole;
  const webhookId = textOf(form["webhookId"]);
  const read = readFields(form, words, runtime);
  if (!read.ok) return read;
  if (!/^wh_[a-f0-9]{18}$/.test(webhookId))
    return refuse("unusable-form", "this form is not of this page: load it again");
  if (form["do"] !== "save") return previewOf(read.value);
  if ((await webhooks.find(webhookId)) !== undefined) return ok({ type: "done" });
  if ((await webhooks.list()).length >= MOST_WEBHOOKS) return tooManyWebhooks();
  const secret = newWebhookSecret();
  const createdAt = toInstant(runtime.clock());
  const webhook: Webhook = { webhookId, ...read.value, secret, isActive: true, createdAt, version: 1 };
  return (await webhooks.create(webhook, undefined, { at: createdAt, by }))
    ? ok({ type: "secret", webhook: withoutSecret(webhook), secret })
    : ok({ type: "done" });
}
