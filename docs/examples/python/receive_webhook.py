"""Is told of a job's end by a webhook, and verifies that it comes from Millrace. Needs Python 3.9 and nothing else."""

import base64
import hashlib
import hmac
import http.server
import json
import os
import threading
import time

from send_email import enqueue

SECRET = os.environ["MILLRACE_SIGNING_SECRET"]  # `local` keeps it in .millrace/signing-secret
TOLERANCE = 300


def verify(headers, body):
    """Standard Webhooks: an HMAC of id, time and the body's bytes as they came. Several signatures while a secret is exchanged."""
    try:
        message_id, sent_at = headers["webhook-id"], headers["webhook-timestamp"]
        if abs(time.time() - int(sent_at)) > TOLERANCE:
            return False
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        signature = hmac.new(key, f"{message_id}.{sent_at}.".encode() + body, hashlib.sha256).digest()
        expected = "v1," + base64.b64encode(signature).decode()
        return any(hmac.compare_digest(expected.encode(), given.encode()) for given in headers["webhook-signature"].split(" "))
    except (AttributeError, LookupError, TypeError, ValueError):  # a header is missing, or nonsense
        return False


class Receiver(http.server.BaseHTTPRequestHandler):
    done = set()  # of a real service: in its database, for it may be told twice
    told = threading.Event()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not verify(self.headers, body):
            self.send_error(401)
            return
        if self.headers["webhook-id"] not in self.done:
            self.done.add(self.headers["webhook-id"])
            event = json.loads(body)
            print("told", event["type"], event["data"]["id"])
        self.send_response(204)
        self.end_headers()
        self.told.set()

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 0))), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    job = enqueue({
        "type": "send-email",
        "payload": {"to": "ada@example.org", "subject": "Your order", "text": "It is on its way."},
        "webhook": f"http://127.0.0.1:{server.server_port}/hooks",
    })
    print("queued", job["id"], flush=True)
    if not Receiver.told.wait(timeout=60):
        raise SystemExit("nobody called")
