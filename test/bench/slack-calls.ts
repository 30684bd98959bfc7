import { toInstant } from "@regulars/core/platform/values";
import { slackSignature } from "@regulars/functions/slack/signature";
import type { LocalSystem } from "@regulars/local/system";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const AT_ONCE = 100;
const ROUNDS = 5;
const LIMIT_MS = 500;
const WORKSPACE = "T0BENCH";

/** How long Slack waits for the answer to a click, over HTTP: signed, noted and handed to the queue. */
export async function slackCallFigures(system: LocalSystem): Promise<BenchFigure[]> {
  const { slack, clock } = system.runtime;
  const [secret] = slack?.signingSecrets ?? [];
  if (slack === undefined || secret === undefined) throw new Error("the local system has no Slack");
  const tenant = await system.makeTenant(testTenantRecord("slack-calls", "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  await store.slack.saveInstallation({
    workspaceId: WORKSPACE,
    workspaceName: "Bench",
    botUserId: "U0BOT",
    scopes: [],
    sealedToken: slack.sealing.seal(tenant.tenantId, "xoxb-bench"),
    installedAt: toInstant(clock()),
    teamChannels: {},
    repChannels: {},
    version: 1,
  });
  const click = async (id: string): Promise<number> => {
    const payload = {
      type: "block_actions",
      team: { id: WORKSPACE },
      user: { id: "U0NOBODY" },
      container: { channel_id: "", message_ts: "1795400000.1" },
      actions: [{ action_id: "introduction-accepted", value: id }],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const timestamp = String(Math.floor(clock() / 1000));
    const started = performance.now();
    const answer = await fetch(`${system.url}/integrations/slack/interactivity`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": slackSignature(Buffer.from(body), timestamp, secret),
      },
      body,
    });
    if (answer.status !== 200) throw new Error(`a click is answered ${answer.status}`);
    return performance.now() - started;
  };
  const times: number[] = [];
  // The first round, which opens connections, is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const one = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => click(`intro_${round}-${i}`)));
    if (round > 0) times.push(...one);
    await system.queues.idle();
  }
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
  return [
    { name: "click in Slack acknowledged, 100 at once, p99", value: p99, unit: "ms", goal: { atMost: LIMIT_MS } },
  ];
}
