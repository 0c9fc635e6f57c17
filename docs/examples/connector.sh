#!/bin/sh
# A connector's calls with curl. See docs/emulator.md. receiver.mjs beside this file receives the webhooks.
# sh docs/examples/connector.sh localhost:8284 data/emulator/ca.pem
set -eu
directory=$1 ca=$2 account=${3:-demo}
path=/api/account/$account
webhooks=$(mktemp)
call() { curl -sS --fail-with-body --cacert "$ca" "$@"; }
json='content-type: application/json'
# The text of the last member of this name in a line of JSON; jq does it better where it is installed.
member() { sed -nE "s/.*\"$1\":\"(([^\"\\]|\\\\.)*)\".*/\1/p;q" | sed 's/\\\(.\)/\1/g'; }

# 1. The directory says where everything is. An administrator signs in and reads the connector's app.
host() { call "https://$directory$path/service/$1/baseURI.json?version=1.0" | member baseURI; }
bearer=$(call "https://$(host agentVep)$path/login?v=1.3" -H "$json" \
  -d '{"username":"admin","password":"demo-admin"}' | member bearer)
installations="https://$(host accountConfigReadWrite)$path/configuration/app-install/installations"
id=$(call "$installations?v=1.0" -H "authorization: Bearer $bearer" |
  grep -o '"client_name":"Demo connector".*' | sed 's/"deleted".*//' | member client_id)
app=$(call "$installations/$id?v=1.0" -H "authorization: Bearer $bearer" -D "$webhooks")
revision=$(sed -n 's/^ac-revision: \([0-9]*\).*/\1/p' "$webhooks")
secret=$(echo "$app" | member client_secret)

# 2. Webhooks: the app's endpoints lead to the receiver, which checks the signatures.
"${NODE:-node}" "$(dirname "$0")/receiver.mjs" "$secret" >"$webhooks" &
trap 'kill $! && rm -f "$webhooks"' EXIT
arrival() { until grep -q "$1" "$webhooks"; do sleep 0.1; done; grep -m1 "$1" "$webhooks"; }
port=$(arrival 'listening on' | sed 's/.* //')
echo "$app" | sed "s|\"endpoint\":\"[^\"]*\"|\"endpoint\":\"http://localhost:$port/\"|g" |
  call -X PUT "$installations/$id?v=1.0" -H "authorization: Bearer $bearer" -H "if-match: $revision" \
    -H "$json" --data-binary @- -o /dev/null

# 3. The app's token, good for an hour, and the consumer's, good for ever.
apptoken=$(call "https://$(host sentinel)/sentinel$path/app/token?v=1.0&grant_type=client_credentials" \
  -d "client_id=$id" -d "client_secret=$secret" | member access_token)
consumertoken=$(call "https://$(host idp)$path/consumer?v=1.0" -H "authorization: $apptoken" -H "$json" \
  -d "{\"ext_consumer_id\":\"curl-$$-$(date +%s)\"}" | member token)

# 4. Open, send, wait for the agent's answer, tell that it was read, close.
conversations="https://$(host asyncMessagingEnt)$path/messaging/consumer/conversation"
post() { call "$1?v=3" -H "authorization: $apptoken" -H "x-lp-on-behalf: $consumertoken" -H "$json" -d "$2"; }
req() { printf '{"kind":"req","id":"%s","type":"%s","body":%s}' "$1" "$2" "$3"; }
conversation=$(post "$conversations" "[$(req 1 userprofile.SetUserProfile '{"firstName":"Ada"}'),$(
  req 2 cm.ConsumerRequestConversation "{\"brandId\":\"$account\"}")]" | member conversationId)
publish() {
  post "$conversations/send" "$(req 3 ms.PublishEvent "{\"dialogId\":\"$conversation\",\"event\":$1}")" >/dev/null
}
publish '{"type":"ContentEvent","contentType":"text/plain","message":"Grüße 👋"}'
answer=$(arrival "\"ASSIGNED_AGENT\".*\"ContentEvent\".*Grüße 👋.*$conversation")
sequence=$(echo "$answer" | sed 's/.*"sequence":\([0-9]*\).*/\1/')
publish "{\"type\":\"AcceptStatusEvent\",\"status\":\"READ\",\"sequenceList\":[$sequence]}"
post "$conversations/send" "$(req 4 cm.UpdateConversationField "{\"conversationId\":\"$conversation\",
  \"conversationField\":{\"field\":\"ConversationStateField\",\"conversationState\":\"CLOSE\"}}")" >/dev/null
closed=$(arrival "\"convId\":\"$conversation\".*\"stage\":\"CLOSE\"")

echo "conversation $conversation"
echo "the agent said $(echo "$answer" | member message)"
echo "closed by $(echo "$closed" | member closeReason)"
echo "signatures: $(grep -c '^signed' "$webhooks") right, $(grep -c '^wrong' "$webhooks" || true) wrong"
