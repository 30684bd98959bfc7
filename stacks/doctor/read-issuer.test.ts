import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { loopbackUrl } from "../../test/fixtures/loopback.ts";
import { readIssuer } from "./read-issuer.ts";

/** What is read of an issuer that answers with a text at the place of its document, and with nothing elsewhere. */
async function readOf(text: string, ending = "") {
  const server = createServer((request, response) =>
    response.end(request.url === "/realms/acme/.well-known/openid-configuration" ? text : ""),
  );
  const issuer = `${await loopbackUrl(server)}/realms/acme${ending}`;
  try {
    return await readIssuer(issuer);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("the doctor asks an issuer", () => {
  it("who it says that it is, with a slash at the end of its address or without", async () => {
    const document = JSON.stringify({
      issuer: "https://login.example.com/",
      jwks_uri: "https://login.example.com/keys",
    });
    expect(await readOf(document)).toBe("https://login.example.com/");
    expect(await readOf(document, "/")).toBe("https://login.example.com/");
  });

  it.each(["", "<html>", "[]", '{"issuer":7}'])("and knows nothing of one that answers %j", async (text) => {
    expect(await readOf(text)).toBeUndefined();
  });

  it("and knows nothing of one that is not there", async () => {
    const server = createServer();
    const url = await loopbackUrl(server);
    await new Promise((closed) => server.close(closed));
    expect(await readIssuer(url)).toBeUndefined();
    expect(await readIssuer(undefined)).toBeUndefined();
  });
});
