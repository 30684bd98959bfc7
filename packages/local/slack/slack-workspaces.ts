import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const channelSchema = z.object({ id: z.string(), name: z.string(), isArchived: z.boolean().default(false) });
const workspaceSchema = z.object({ id: z.string(), name: z.string(), channels: z.array(channelSchema) });

/** A workspace of the local Slack: one for each tenant that has connected one. */
type LocalWorkspace = Readonly<z.output<typeof workspaceSchema>>;

const BOT = "U0REGULARS";
const TOKEN = "xoxb-local-";
const LETTERS = 12;

/** The user that Regulars is in every local workspace. */
export const localBot = BOT;

/** A tenant's local workspace, as it is before anybody changes it. */
export function localWorkspaceOf(tenantId: string, name: string): LocalWorkspace {
  const letters =
    tenantId
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, "")
      .slice(0, LETTERS) || "NONE";
  const channel = (called: string) => ({
    id: `C0${letters}${called.toUpperCase()}`.slice(0, 21),
    name: called,
    isArchived: false,
  });
  return { id: `T0${letters}`, name, channels: [channel("regulars"), channel("sales")] };
}

/** The token of Regulars in a local workspace. */
export const localToken = (workspaceId: string): string => `${TOKEN}${workspaceId}`;

/** The workspace that a token is of; `undefined`: it names none. */
export const workspaceIdOf = (token: string): string | undefined =>
  token.startsWith(TOKEN) ? token.slice(TOKEN.length) : undefined;

/** The local workspaces of a folder: one small JSON file. */
export interface LocalWorkspaces {
  readonly list: () => Promise<readonly LocalWorkspace[]>;
  readonly find: (workspaceId: string) => Promise<LocalWorkspace | undefined>;
  /** Adds the workspace or replaces it. */
  readonly save: (workspace: LocalWorkspace) => Promise<void>;
}

export function localWorkspaces(folder: string): LocalWorkspaces {
  const file = join(folder, "workspaces.json");
  const list = async () => {
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return "[]";
      throw error;
    });
    return z.array(workspaceSchema).parse(JSON.parse(text));
  };
  return {
    list,
    find: async (workspaceId) => (await list()).find(({ id }) => id === workspaceId),
    save: async (workspace) => {
      const others = (await list()).filter(({ id }) => id !== workspace.id);
      await mkdir(folder, { recursive: true });
      // Written beside and renamed, so that a killed process leaves no half file.
      await writeFile(`${file}.new`, JSON.stringify([...others, workspace]));
      await rename(`${file}.new`, file);
    },
  };
}
