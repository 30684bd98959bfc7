import { createRuntime } from "../../runtime.ts";
import { createApi } from "../app.ts";
import { describeEvents } from "../webhooks/event-documents.ts";
import { openApiDocument } from "./openapi-document.ts";

/** Makes the OpenAPI document of all routes and webhooks: they are described the same, whatever they run on. */
export async function makeDocument() {
  const runtime = createRuntime({ TABLE_NAME: "regulars", PUBLIC_URL: "https://regulars.example" });
  const api = await createApi(runtime, () => undefined);
  describeEvents(api);
  return openApiDocument(api);
}
