/** Calls `make` at the first call and gives its promise to every later one, a rejected one too. */
export function memo<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
