import { type FamilyFates, type InFamily, type Key, PLATFORM, keyOfLongId } from "../engine/key.ts";

export const slackKeys = (inFamily: InFamily) => ({
  slackInstallation: (): Key => ({ pk: inFamily("SLACK"), sk: "INSTALLATION" }),
  /** The installation without its tokens, in the platform's index by workspace. */
  slackWorkspace: (): Key => ({ pk: inFamily("SLACK"), sk: "WORKSPACE" }),
  slackCall: (id: string): Key => ({ pk: inFamily("SLACKCALL"), sk: keyOfLongId(id) }),
  slackState: (nonce: string): Key => ({ pk: inFamily("SLACKSTATE"), sk: nonce }),
  slackHandled: (findingId: string, episode: string): Key => ({
    pk: inFamily("SLACKDONE"),
    sk: keyOfLongId(`${findingId}#${episode}`),
  }),
  /** When the admins were told of a problem last. */
  slackProblem: (problem: string): Key => ({ pk: inFamily("SLACK"), sk: `TOLD#${keyOfLongId(problem)}` }),
});

/** GSI1 of the platform: the installations of a workspace, of whichever tenant. */
export const installationsOfWorkspace = (workspaceId: string): string => `${PLATFORM}SLACK#${workspaceId}`;

export const slackFates = { SLACK: "kept", SLACKCALL: "kept", SLACKSTATE: "kept" } as const satisfies FamilyFates;
