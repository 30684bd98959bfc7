import { type BulkChunk, MEMBERS_PER_PAGE } from "@regulars/core/bulk-engine/bulk-operation";

/**
 * Stores an operation's members page by page, before the operation itself is stored and can begin. Returns their
 * number.
 */
export async function freezeMembers<Member>(
  members: AsyncIterable<Member> | Iterable<Member>,
  saveChunk: (chunk: BulkChunk<Member, never>) => Promise<void>,
): Promise<number> {
  let chunks = 0;
  let waiting: Member[] = [];
  const save = async (): Promise<void> => {
    await saveChunk({ chunk: chunks, members: waiting, results: [] });
    chunks += 1;
    waiting = [];
  };
  for await (const member of members) {
    waiting.push(member);
    if (waiting.length === MEMBERS_PER_PAGE) await save();
  }
  const total = chunks * MEMBERS_PER_PAGE + waiting.length;
  if (waiting.length > 0) await save();
  return total;
}
