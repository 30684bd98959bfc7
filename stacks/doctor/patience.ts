/** How long the doctor waits for a connection and for an answer of AWS, and how often it asks. */
export const patience = {
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  maxAttempts: 4,
};
