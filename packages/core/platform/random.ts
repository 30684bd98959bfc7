/** A step of a small seeded generator (mulberry32): the next state, and a number in [0, 1). */
export function draw(state: number): { readonly state: number; readonly value: number } {
  const next = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(next ^ (next >>> 15), next | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return { state: next, value: ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296 };
}

/** A seeded stream of numbers in [0, 1): the same seed always gives the same numbers. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    const drawn = draw(state);
    state = drawn.state;
    return drawn.value;
  };
}
