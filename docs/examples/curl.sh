#!/bin/bash
# Sends a mail by a job, follows the job until it has ended, and prints its result. Where to: MILLRACE_URL, MILLRACE_API_KEY.
set -euo pipefail
url=${MILLRACE_URL:-http://127.0.0.1:8080}

# A problem fails the command and is printed.
api() {
    curl --silent --show-error --fail-with-body ${MILLRACE_API_KEY:+--oauth2-bearer "$MILLRACE_API_KEY"} "$@"
}

# For what may arrive twice. Repeats 429, 502, 503 and 504, not before what Retry-After says, and what got no answer (52, 56).
ask() {
    local answer status attempt
    for attempt in 1 2 3 4 5; do
        status=0
        answer=$(api --retry 5 --retry-connrefused "$@") || status=$?
        [[ $status =~ ^(52|56)$ ]] || break
        sleep "$attempt"
    done
    printf '%s\n' "$answer"
    return "$status"
}

# Under the same key the same job is queued once, however often it is sent: take an order's number, or something random.
key="order-$RANDOM$RANDOM-confirmation"
job=$(ask "$url/jobs" -H 'Content-Type: application/json' -H "Idempotency-Key: $key" -d '{
    "type": "send-email",
    "payload": {"to": "ada@example.org", "subject": "Your order", "text": "It is on its way."}
}')
id=$(sed -E 's/^\{"id":"([^"]+)".*/\1/' <<<"$job")
echo "queued $id"

# Events until the end. Who comes back after a broken connection says what it has heard last, and misses nothing.
last='' state=''
until [[ $state =~ ^(SUCCEEDED|FAILED|DELETED)$ ]]; do
    while IFS=': ' read -r field value; do
        case $field in
            id) heard=$value ;;
            event) event=$value ;;
            data)
                echo "$event $value"
                last=$heard
                [[ $event != state ]] || state=$(sed -E 's/.*"state":"([A-Z]+)".*/\1/' <<<"$value")
                ;;
        esac
    done < <(api --no-buffer ${last:+-H "Last-Event-ID: $last"} "$url/jobs/$id/events")
    # 22: the server says no. After anything else it goes on.
    wait $! || [[ $? != 22 ]] || exit 22
    [[ $state =~ ^(SUCCEEDED|FAILED|DELETED)$ ]] || sleep 1
done

# The result, as soon as there is one: an answer without a body (202) says "not yet". A job that failed is a problem (409).
result=''
while [[ -z $result ]]; do
    result=$(ask "$url/jobs/$id/result?wait=PT30S")
done
echo "result $result"

# What is wrong is told by its field, and nothing is queued.
ask "$url/jobs" -H 'Content-Type: application/json' -d '{"type": "send-email", "payload": {"to": "nobody"}}' || true
