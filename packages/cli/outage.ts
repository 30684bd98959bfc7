import { isUnreachable } from "@regulars/functions/api/http/outage";

const UNWRITABLE: Readonly<Record<string, string>> = {
  EACCES: "permission denied: check its access rights",
  EPERM: "permission denied: check its access rights",
  EROFS: "it is on a disk that cannot be written to: choose another folder with --data",
  ENOSPC: "the disk is full: free some space and run the command again",
  EDQUOT: "the disk is full: free some space and run the command again",
};

/** One line about an outage of the environment and its remedy; `undefined` for errors in the program itself. */
export function describeOutage(error: unknown): string | undefined {
  if (isUnreachable(error))
    return "the database stopped answering in the middle of the work. What was saved is safe: run the same command again, and it does the rest";
  if (!(error instanceof Error)) return undefined;
  const reason = UNWRITABLE[codeOf(error)];
  return reason === undefined ? undefined : `${"path" in error ? String(error.path) : "a file"}: ${reason}`;
}

const codeOf = (error: Error): string => ("code" in error ? String(error.code) : "");
