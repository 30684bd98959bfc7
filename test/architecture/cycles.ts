/** Circles of imports, one for each import that leads back: its files from the first by name, and back to it. */
export function findCycles(graph: ReadonlyMap<string, readonly (string | undefined)[]>): string[][] {
  const cycles = new Map<string, string[]>();
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    const before = trail.indexOf(file);
    if (before >= 0) {
      const cycle = startingAtFirst(trail.slice(before));
      cycles.set(cycle.join(), [...cycle, ...cycle.slice(0, 1)]);
      return;
    }
    if (done.has(file)) return;
    trail.push(file);
    for (const next of graph.get(file) ?? []) if (next !== undefined && graph.has(next)) visit(next);
    trail.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return [...cycles.values()];
}

function startingAtFirst(cycle: readonly string[]): string[] {
  const first = cycle.indexOf(cycle.toSorted()[0] ?? "");
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
