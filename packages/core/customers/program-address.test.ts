import { describe, expect, it } from "vitest";
import { isProgramAddress } from "./program-address.ts";

describe("an address", () => {
  it.each([
    "no-reply@shop.example",
    "NoReply@Shop.example",
    "noreply2@shop.example",
    "orders.no_reply@shop.example",
    "do-not-reply@shop.example",
    "donotreply+42@shop.example",
    "MAILER-DAEMON@mx.shop.example",
    "postmaster@shop.example",
    "bounce+ana=acme.example@mail.example",
    "autoreply@shop.example",
    "newsletter@shop.example",
    "notifications@github.example",
    "ne-pas-repondre@boutique.example",
    "nicht-antworten@laden.example",
    "owner-buyers@lists.example",
    "buyers-request@group.example",
    "anyone@lists.group.example",
    "mailto:no-reply@shop.example",
  ])("%s is a program's or a list's", (address) => {
    expect(isProgramAddress(address)).toBe(true);
  });

  it.each([
    "ana@acme.example",
    "norepl@acme.example",
    "arno.replyer@acme.example",
    "reply@acme.example",
    "sales@acme.example",
    "info@acme.example",
    "bouncer@club.example",
    "ana@list.ru",
    "eva@newsletter.example",
    "P-17",
    "no-reply",
    "",
  ])("%s is none", (address) => {
    expect(isProgramAddress(address)).toBe(false);
  });
});
