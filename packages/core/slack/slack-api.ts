/** An answer of Slack's Web API; `error` is Slack's word for why it refuses. */
export type SlackAnswer =
  { readonly ok: true; readonly [name: string]: unknown } | { readonly ok: false; readonly error: string };

/**
 * Slack's Web API. Throws when Slack cannot be asked: `TryLaterError` at its rate limit, `UnknownOutcomeError` when the
 * call may have been carried out although no answer came.
 */
export interface SlackApi {
  readonly call: (method: string, values: Readonly<Record<string, unknown>>, token?: string) => Promise<SlackAnswer>;
}

/** Slack's refusals of a place: the channel or the user cannot be written to. The next place is tried. */
const GONE_PLACES = new Set([
  "channel_not_found",
  "is_archived",
  "not_in_channel",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_thread_only_channel",
  "user_not_found",
  "user_disabled",
  "user_is_bot",
  "users_not_found",
  "cannot_dm_bot",
  "messages_tab_disabled",
]);

/** Slack's refusals of the token: nothing can be written to the workspace. */
const GONE_TOKENS = new Set([
  "invalid_auth",
  "not_authed",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "missing_scope",
  "team_access_not_granted",
  "access_denied",
  "org_login_required",
]);

/** What a refusal of Slack says about where the message was to go; `undefined`: something else is wrong. */
export const goneAt = (error: string): "place" | "workspace" | undefined =>
  GONE_PLACES.has(error) ? "place" : GONE_TOKENS.has(error) ? "workspace" : undefined;
