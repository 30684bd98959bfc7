import type { Table } from "@regulars/store/table";

type CommandName = "PutItem" | "DeleteItem" | "UpdateItem" | "Query" | "TransactWriteItems" | "BatchGetItem";

/**
 * Lets something else happen just before the first command of a kind that this client sends: what another process does
 * between two steps of ours.
 */
export function beforeCommand(table: Table, name: CommandName, happens: () => Promise<unknown>): void {
  let isDue = true;
  table.raw.middlewareStack.add(
    (next, context) => async (args) => {
      if (isDue && String(context["commandName"]).startsWith(name)) {
        isDue = false;
        await happens();
      }
      return next(args);
    },
    { step: "initialize", name: `before${name}` },
  );
}
