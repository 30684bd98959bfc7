/** The receiver will never take this message: it is not tried again. */
export class FinalRefusalError extends Error {
  override readonly name = "FinalRefusalError";
}
