"""Sends a mail by a job, follows the job until it has ended, and prints its result. Needs Python 3.9 and nothing else."""

import http.client
import json
import os
import random
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("MILLRACE_URL", "http://127.0.0.1:8080")
API_KEY = os.environ.get("MILLRACE_API_KEY")
FINAL = {"SUCCEEDED", "FAILED", "DELETED"}


class Problem(Exception):
    """The server says no: its problem+json, by whose "type" a program decides."""

    def __init__(self, status, body):
        try:
            self.problem = json.loads(body)
        except ValueError:
            self.problem = {}
        self.status = status
        super().__init__(f'{status} {self.problem.get("type", "")}: {self.problem.get("detail", "")}')


def open_url(method, path, body=None, headers={}, timeout=60):
    headers = {"Content-Type": "application/json", **headers}
    if API_KEY:
        headers["Authorization"] = f"Bearer {API_KEY}"
    data = None if body is None else json.dumps(body).encode()
    return urllib.request.urlopen(urllib.request.Request(URL + path, data, headers, method=method), timeout=timeout)


def call(method, path, body=None, headers={}, retries=6):
    """The status and the JSON of the answer. Repeats what fails in passing, so it is for calls that may arrive twice."""
    for failures in range(retries + 1):
        asked = 0
        try:
            with open_url(method, path, body, headers) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            passing = error.code in (429, 502, 503, 504) or (error.code == 409 and "Retry-After" in error.headers)
            if not passing or failures == retries:
                raise Problem(error.code, error.read()) from None
            retry_after = error.headers.get("Retry-After", "")
            asked = int(retry_after) if retry_after.isdigit() else 0
        except (OSError, http.client.HTTPException):  # no answer, or half of one
            if failures == retries:
                raise
        time.sleep(max(asked, random.uniform(0.5, 1) * min(0.25 * 2**failures, 30)))


def enqueue(job, idempotency_key=None):
    """Under the same key the same job is queued once: a repeated call, also of another process, gets the first one."""
    return call("POST", "/jobs", job, {"Idempotency-Key": idempotency_key or str(uuid.uuid4())})[1]


def events(job_id):
    """(type, data) of all that happens to a job, until it has ended. Comes back behind the last event if a connection breaks."""
    last = None
    while True:
        try:
            headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
            with open_url("GET", f"/jobs/{job_id}/events", headers=headers) as stream:
                for line in stream:  # one every 15 seconds at least
                    field, _, value = line.decode().partition(": ")
                    if not value.endswith("\n"):
                        continue  # nothing, or cut off
                    value = value.rstrip("\r\n")
                    if field == "id":
                        event_id = value
                    elif field == "event":
                        kind = value
                    elif field == "data":
                        data = json.loads(value)
                        yield kind, data
                        if kind == "state" and data["state"] in FINAL:
                            return
                        last = event_id
        except urllib.error.HTTPError as error:
            if error.code not in (429, 502, 503, 504):
                raise Problem(error.code, error.read()) from None
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(random.uniform(1, 3))


def result(job_id):
    """Waits for it. A job that failed is a Problem of type /problems/job-failed."""
    while True:
        status, value = call("GET", f"/jobs/{job_id}/result?wait=PT30S")
        if status == 200:
            return value


if __name__ == "__main__":
    job = enqueue({
        "type": "send-email",
        "payload": {"to": "ada@example.org", "subject": "Your order", "text": "It is on its way."},
    })
    print("queued", job["id"])
    for kind, data in events(job["id"]):
        print(kind, data["state"] if kind == "state" else data)
    print("result", result(job["id"]))

    try:
        enqueue({"type": "send-email", "payload": {"to": "nobody"}})
    except Problem as problem:
        print("refused", problem.status, [error["field"] for error in problem.problem["errors"]])
