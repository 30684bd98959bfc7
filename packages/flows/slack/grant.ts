import type { SlackAnswer } from "@regulars/core/slack/slack-api";

/** What Slack grants an app in a workspace. */
interface SlackGrant {
  readonly token: string;
  readonly refreshToken: string | undefined;
  readonly expiresInSeconds: number | undefined;
  readonly scopes: readonly string[];
  readonly botUserId: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
}

/** The grant of an answer of `oauth.v2.access`; `undefined` when it is none of a workspace's bot. */
export function grantOf(answer: SlackAnswer): SlackGrant | undefined {
  if (!answer.ok) return undefined;
  const team = recordOf(answer["team"]);
  const [token, workspaceId] = [textOf(answer["access_token"]), textOf(team["id"])];
  if (token === undefined || workspaceId === undefined || answer["token_type"] !== "bot") return undefined;
  const expires = answer["expires_in"];
  return {
    token,
    refreshToken: textOf(answer["refresh_token"]),
    expiresInSeconds: typeof expires === "number" && expires > 0 ? expires : undefined,
    scopes: (textOf(answer["scope"]) ?? "").split(",").filter((scope) => scope !== ""),
    botUserId: textOf(answer["bot_user_id"]) ?? "",
    workspaceId,
    workspaceName: textOf(team["name"]) ?? workspaceId,
  };
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};
const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
