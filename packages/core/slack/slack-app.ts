import type { Sealing } from "../platform/sealing.ts";
import type { SlackApi } from "./slack-api.ts";

/** What a system needs to use the Slack of its tenants. No token of a tenant is among it. */
export interface SlackAccess {
  readonly api: SlackApi;
  readonly sealing: Sealing;
  /** Slack's id of the app that tenants add to their workspaces, with its secret; absent: none can be added. */
  readonly app?: { readonly clientId: string; readonly clientSecret: string } | undefined;
}
