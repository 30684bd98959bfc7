import { type InFamily, type Key, PLATFORM, keyOfLongId } from "../engine/key.ts";

export const slackKeys = (inFamily: InFamily) => ({
  slackInstallation: (): Key => ({ pk: inFamily("SLACK"), sk: "INSTALLATION" }),
  /** When the admins were told of a problem last. */
  slackProblem: (problem: string): Key => ({ pk: inFamily("SLACK"), sk: `TOLD#${keyOfLongId(problem)}` }),
});

/** GSI1 of the platform: the installations of a workspace, of whichever tenant. */
export const installationsOfWorkspace = (workspaceId: string): string => `${PLATFORM}SLACK#${workspaceId}`;
