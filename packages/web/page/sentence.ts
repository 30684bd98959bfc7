/** A reason as a sentence. */
export const sentence = (message: string): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]\)?$/.test(message) ? "" : "."}`;
