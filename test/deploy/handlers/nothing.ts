/** What a function costs that does nothing: the measure of the others' cold start. */
export const handler = () => Promise.resolve();
