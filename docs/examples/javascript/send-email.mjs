// Sends a mail by a job, follows the job until it has ended, and prints its result. Needs Node 18 and nothing else.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const url = process.env.MILLRACE_URL ?? "http://127.0.0.1:8080";
const apiKey = process.env.MILLRACE_API_KEY;
const passing = [429, 502, 503, 504];

/** The server says no: its problem+json, by whose type a program decides. */
export class Problem extends Error {
  constructor(status, problem) {
    super(`${status} ${problem.type ?? ""}: ${problem.detail ?? ""}`);
    Object.assign(this, { status, problem });
  }
}

function request(path, { headers, timeout = 60_000, ...options } = {}) {
  const authorization = apiKey ? { Authorization: `Bearer ${apiKey}` } : {};
  const signal = AbortSignal.timeout(timeout);
  return fetch(url + path, { ...options, redirect: "error", signal, headers: { ...authorization, ...headers } });
}

async function problem(answer) {
  return new Problem(answer.status, await answer.json().catch(() => ({})));
}

/** The status and the JSON of the answer. Repeats what fails in passing, so it is for calls that may arrive twice. */
export async function call(path, options, retries = 6) {
  for (let failures = 0; ; failures++) {
    let asked = 0;
    try {
      const answer = await request(path, options);
      if (answer.ok) {
        const text = await answer.text();
        return { status: answer.status, value: text ? JSON.parse(text) : undefined };
      }
      const retryAfter = answer.headers.get("Retry-After");
      const passes = passing.includes(answer.status) || (answer.status === 409 && retryAfter !== null);
      if (!passes || failures === retries) throw await problem(answer);
      asked = (Number(retryAfter) || 0) * 1000;
    } catch (error) {
      // Anything else is no answer, or half of one.
      if (error instanceof Problem || failures === retries) throw error;
    }
    await sleep(Math.max(asked, (0.5 + Math.random() / 2) * Math.min(250 * 2 ** failures, 30_000)));
  }
}

/** Under the same key the same job is queued once: a repeated call, also of another process, gets the first one. */
export async function enqueue(job, idempotencyKey = randomUUID()) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey };
  return (await call("/jobs", { method: "POST", headers, body: JSON.stringify(job) })).value;
}

/** What happens to a job, until it has ended. Comes back behind the last event if a connection breaks. */
export async function* events(jobId) {
  let last, id, type;
  for (;;) {
    try {
      const headers = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
      const answer = await request(`/jobs/${jobId}/events`, { headers, timeout: 3_600_000 });
      if (!answer.ok && !passing.includes(answer.status)) throw await problem(answer);
      let rest = "";
      for await (const text of answer.ok ? answer.body.pipeThrough(new TextDecoderStream()) : []) {
        const lines = (rest + text).split("\n");
        rest = lines.pop();
        for (const line of lines) {
          const [, field, value] = line.match(/^(\w*): (.*)$/) ?? [];
          if (field === "id") id = value;
          if (field === "event") type = value;
          if (field === "data") {
            const data = JSON.parse(value);
            yield { type, data };
            if (type === "state" && ["SUCCEEDED", "FAILED", "DELETED"].includes(data.state)) return;
            last = id;
          }
        }
      }
    } catch (error) {
      if (error instanceof Problem) throw error;
    }
    await sleep(1000 + Math.random() * 2000);
  }
}

/** Waits for it. A job that failed is a Problem of type /problems/job-failed. */
export async function result(id) {
  for (;;) {
    const { status, value } = await call(`/jobs/${id}/result?wait=PT30S`);
    if (status === 200) return value;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const job = await enqueue({
    type: "send-email",
    payload: { to: "ada@example.org", subject: "Your order", text: "It is on its way." },
  });
  console.log("queued", job.id);
  for await (const { type, data } of events(job.id)) {
    console.log(type, type === "state" ? data.state : data);
  }
  console.log("result", await result(job.id));

  try {
    await enqueue({ type: "send-email", payload: { to: "nobody" } });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.log("refused", error.status, error.problem.errors.map(({ field }) => field));
  }
}
