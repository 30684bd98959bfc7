import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IssuerUnreachable, tokenVerifier } from "./token.ts";

let url: string;
let close: () => void;
let says: () => Response;

beforeAll(async () => {
  const app = new Hono();
  app.get("/.well-known/openid-configuration", () => says());
  await new Promise<void>((listening) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
      url = `http://127.0.0.1:${port}`;
      close = () => server.close();
      listening();
    });
  });
});

afterAll(() => close());

const verify = () => tokenVerifier({ issuer: url, audience: "regulars" }, () => 0)("a.b.c");

describe("an issuer", () => {
  it.each([
    ["that does not describe itself", () => new Response("<html>")],
    ["that describes something else", () => Response.json({ hello: "world" })],
    ["that describes another issuer", () => Response.json({ issuer: "http://other.example", jwks_uri: `${url}/keys` })],
    ["that is out of order", () => new Response("", { status: 500 })],
  ])("%s is reported as unreachable, not the token as invalid", async (_, reply) => {
    says = reply;
    await expect(verify()).rejects.toBeInstanceOf(IssuerUnreachable);
  });

  it("is asked again once it is back, and the token is verified", async () => {
    says = () => Response.json({ issuer: url, jwks_uri: `${url}/keys` });
    expect(await verify()).toBeUndefined();
  });
});
