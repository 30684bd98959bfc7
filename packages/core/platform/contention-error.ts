/** Other writers kept changing the same records. Nothing of this attempt is stored: the same may be tried again. */
export class ContentionError extends Error {
  override readonly name = "ContentionError";
}
