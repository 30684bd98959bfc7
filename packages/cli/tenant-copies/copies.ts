import { access, stat } from "node:fs/promises";
import { UserError } from "@regulars/local/user-error";
import { systemReason } from "@regulars/local/engine/system-reasons";
import { counted } from "@regulars/core/platform/counted";
import { tenantArgument } from "../arguments.ts";
import { type Session, printJson, stoppedWith, withExistingSystem, withSystem } from "../session.ts";
import { readGzipLines, writeGzipLines } from "./gzip-lines.ts";

/** `regulars export --tenant T FILE`: writes all that a tenant has into one compressed file. */
export function exportCommand(
  session: Session,
  { tenant: given }: { readonly tenant: string },
  [file]: readonly string[],
): Promise<number> {
  if (file === undefined)
    throw new UserError("export needs a file to write: regulars export --tenant acme acme.jsonl.gz");
  const tenantId = tenantArgument(given);
  return withExistingSystem(session, async (system, signal) => {
    await refuseFolder(file);
    const { tenant } = await system.openTenant(tenantId);
    let lines = 0;
    const counting = async function* (): AsyncGenerator<string> {
      for await (const line of system.exportTenant(tenant)) {
        lines += 1;
        yield line;
      }
    };
    await writeGzipLines(file, counting(), signal).catch((error: unknown) => {
      throw stoppedWith(`stopped before it was done: ${file} was not written`, fileFault(file, error));
    });
    const items = lines - 2;
    if (session.json) printJson(session, { tenant: tenantId, file, lines: items });
    else
      session.print(
        `wrote ${file}: ${items.toLocaleString("en")} lines. Whoever has the file has all of ${tenantId}\n`,
      );
    return 0;
  });
}

/** `regulars restore FILE`: puts a tenant back from its file. */
export async function restoreCommand(session: Session, _options: object, [file]: readonly string[]): Promise<number> {
  if (file === undefined) throw new UserError("restore needs the file of a tenant: regulars restore acme.jsonl.gz");
  await access(file).catch((error: unknown) => {
    throw fileFault(file, error);
  });
  await refuseFolder(file);
  return withSystem(session, async (system, signal) => {
    const restored = await system
      .restoreTenant({
        open: () => readGzipLines(file),
        onStored: (stored, all) => {
          signal.throwIfAborted();
          if (session.isTerminal) session.note(`\r${stored.toLocaleString("en")} of ${all.toLocaleString("en")} lines`);
        },
      })
      .catch((error: unknown) => {
        throw stoppedWith(
          "stopped before it was done: the tenant is not there yet. Run the same command again, and it goes on",
          fileFault(file, error),
        );
      });
    if (!restored.ok) throw new UserError(`${file}: ${restored.message}. ${REMEDIES[restored.reason] ?? NOTHING_DONE}`);
    const { tenantId, exportedAt, items, years, storedBefore } = restored.value;
    if (session.json) printJson(session, { tenant: tenantId, exportedAt, items, years, storedBefore });
    else
      session.print(
        `restored ${tenantId} as it was on ${exportedAt}: ${counted(items, "item")}, ${counted(years, "packed year")}\n`,
      );
    return 0;
  });
}

const NOTHING_DONE = "Nothing was restored";
const REMEDIES: Readonly<Record<string, string>> = {
  "tenant-exists": "Restore into another data folder, or remove it first: regulars tenants remove",
};

/** Before the work: an export is put in its place at the end. */
async function refuseFolder(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory() === true) throw new UserError(`${file} is a folder: name a file`);
}

/** A file that cannot be read or written is the user's to mend; Ctrl-C stays what it is. */
function fileFault(file: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ("code" in error && String(error.code).startsWith("Z_"))
    return new UserError(`${file}: this is no export of a tenant, or it is cut off. ${NOTHING_DONE}`);
  const reason = systemReason(error);
  return reason === undefined ? error : new UserError(`${file}: ${reason}`);
}
