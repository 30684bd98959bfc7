export function heapOptionsOf(args: readonly string[], node?: string): string[];
