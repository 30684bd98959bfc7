import { createRuntime } from "../../runtime.ts";
import { createDescribedApi } from "../app.ts";
import { openApiDocument } from "./openapi-document.ts";

/** Makes the OpenAPI document of all routes and webhooks: they are described the same, whatever they run on. */
export const makeDocument = async () =>
  openApiDocument(
    await createDescribedApi(createRuntime({ TABLE_NAME: "regulars", PUBLIC_URL: "https://regulars.example" })),
  );
