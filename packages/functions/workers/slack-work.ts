import { catalogOf } from "../catalog.ts";
import { toInstant } from "@regulars/core/platform/values";
import { slackMessageSchema } from "@regulars/core/slack/slack-call";
import type * as z from "zod";
import { readToken } from "@regulars/flows/slack/read-token";
import { tellAdmins } from "@regulars/flows/slack/tell-admins";
import type { Runtime } from "../runtime.ts";
import { answerClick } from "../slack/answer-click.ts";
import { answerCommand } from "../slack/answer-command.ts";
import { answerIntroductionClick, showAnswered } from "../slack/answer-introduction-click.ts";
import { applyEvent } from "../slack/apply-event.ts";
import { showActed } from "../slack/show-alert.ts";
import { cloudQueues } from "../cloud/queues.ts";
import { cloudSecrets } from "../cloud/secrets.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { openTenant } from "./open-tenant.ts";
import { rebuildAfter } from "./rebuild-after.ts";

/** Does what people asked for in Slack: their call was answered already. */
export const slackWork = defineQueueJob({
  id: "slackWork",
  schema: slackMessageSchema,
  work: (message, runtime) => doCall(message, runtime),
});

async function doCall(
  { tenantId, workspaceId, call }: z.output<typeof slackMessageSchema>,
  runtime: Runtime,
): Promise<void> {
  const { slack, clock, queues } = runtime;
  if (slack === undefined) throw new Error("this function has no sealing key");
  const { tenant, store } = await openTenant(tenantId, runtime);
  const now = toInstant(clock());
  const opened = await readToken({ tenantId, store: store.slack, access: slack, now });
  // The tenant may have left the workspace since.
  if (opened?.installation.workspaceId !== workspaceId) return;
  const users = await store.nightly.users();
  const catalog = catalogOf(runtime, tenant);
  const parts = { tenant, store, catalog, users, now, slack, token: opened.token };
  if (call.type === "event") {
    const tell = (problem: Parameters<typeof tellAdmins>[0]) =>
      tellAdmins(problem, { tenant, store: store.slack, users, now });
    await applyEvent(call, { ...opened, store: store.slack, tell });
    await queues.send("outgoing", { tenantId });
  } else if (call.type === "command") await answerCommand(call, parts, runtime.links);
  else if (call.type === "acted") await showActed(call, parts);
  else if (call.type === "answered") await showAnswered(call, parts);
  else if (call.type === "introduction") await answerIntroductionClick(call, parts);
  else await answerClick(call, parts);
  await rebuildAfter(queues, tenantId, store.changedCustomers);
  runtime.report("slack", { tenantId, type: call.type });
}

export const handler = lambdaHandler(slackWork, { queues: cloudQueues, secrets: cloudSecrets });
