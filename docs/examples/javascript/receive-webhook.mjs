// Is told of a job's end by a webhook, and verifies that it comes from Millrace. Needs Node 18 and nothing else.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

import { enqueue } from "./send-email.mjs";

const secret = process.env.MILLRACE_SIGNING_SECRET; // `local` keeps it in .millrace/signing-secret
const tolerance = 300;

/** Standard Webhooks: an HMAC of id, time and the body's bytes as they came. Several signatures while a secret is exchanged. */
export function verify(headers, body) {
  const { "webhook-id": id = "", "webhook-timestamp": sentAt = "", "webhook-signature": signatures = "" } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(sentAt)) <= tolerance)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${sentAt}.`).update(body).digest("base64");
  const expected = Buffer.from(`v1,${signature}`);
  return signatures.split(" ").map((given) => Buffer.from(given))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

const done = new Set(); // of a real service: in its database, for it may be told twice

const server = createServer(async (request, response) => {
  const body = await buffer(request);
  if (!verify(request.headers, body)) {
    response.writeHead(401).end();
    return;
  }
  const id = request.headers["webhook-id"];
  if (!done.has(id)) {
    done.add(id);
    const event = JSON.parse(body);
    console.log("told", event.type, event.data.id);
  }
  response.writeHead(204).end(() => process.exit());
});

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", async () => {
  const job = await enqueue({
    type: "send-email",
    payload: { to: "ada@example.org", subject: "Your order", text: "It is on its way." },
    webhook: `http://127.0.0.1:${server.address().port}/hooks`,
  });
  console.log("queued", job.id);
  setTimeout(() => { console.error("nobody called"); process.exit(1); }, 60_000);
});
