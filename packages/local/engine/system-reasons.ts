/** Why the system refuses to read or write a file, and what to do, by its error code. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied: check its access rights",
  EPERM: "permission denied: check its access rights",
  EROFS: "it is on a disk that cannot be written to: choose another place",
  ENOSPC: "the disk is full: free some space and run the command again",
  EDQUOT: "the disk is full: free some space and run the command again",
  EFBIG: "it would be larger than the system lets a file be: raise the limit (ulimit -f) and run the command again",
  ENOENT: "there is no such file, or no such folder",
  EISDIR: "it is a folder: name a file",
  ENAMETOOLONG: "its name is longer than the system lets one be",
  ENOTDIR: "a part of its path is a file, not a folder",
};

/** The reason of an error of the system; `undefined` for errors of other kinds. */
export const systemReason = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error ? REASONS[String(error.code)] : undefined;
