# A connector in one file, with what Python (3.9 or newer) brings. See docs/emulator.md.
# python3 docs/examples/connector.py localhost:8284 data/emulator/ca.pem
import base64, hmac, json, ssl, sys, threading, uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode
from urllib.request import Request, urlopen

directory, ca_file = sys.argv[1:3]
account = sys.argv[3] if len(sys.argv) > 3 else "demo"
path = f"/api/account/{account}"
trust = ssl.create_default_context(cafile=ca_file)


def call(method, url, headers={}, body=None):
    """Sends JSON, or a text as a form; gives the answer's headers and JSON."""
    is_form = isinstance(body, str)
    kind = "application/x-www-form-urlencoded" if is_form else "application/json"
    data = None if body is None else (body if is_form else json.dumps(body)).encode()
    request = Request(url, data, {"content-type": kind, **headers}, method=method)
    with urlopen(request, context=trust) as response:
        text = response.read()
        return response.headers, json.loads(text) if text else None


# 1. The directory says where everything is. An administrator signs in and reads the connector's app.
_, found = call("GET", f"https://{directory}{path}/service/baseURI.json?version=1.0")
hosts = {entry["service"]: "https://" + entry["baseURI"] for entry in found["baseURIs"]}
person = {"username": "admin", "password": "demo-admin"}
_, login = call("POST", f"{hosts['agentVep']}{path}/login?v=1.3", body=person)
bearer = {"authorization": f"Bearer {login['bearer']}"}
installations = f"{hosts['accountConfigReadWrite']}{path}/configuration/app-install/installations"
headers, apps = call("GET", f"{installations}?v=1.0", bearer)
app = next(each for each in apps if each["enabled"] and each["scope"] == "msg.consumer")

# 2. Webhooks: the signature is checked over the bytes as they came; the app's endpoints lead here.
changes, wrong, arrived = [], [], threading.Condition()


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["content-length"]))
        given = self.headers.get("x-liveperson-signature", "")
        algorithm = "sha256" if given.startswith("sha256=") else "sha1"
        digest = hmac.new(app["client_secret"].encode(), raw, algorithm).digest()
        right = algorithm + "=" + base64.b64encode(digest).decode()
        is_right = hmac.compare_digest(right, given)
        self.send_response(200 if is_right else 401)
        self.send_header("content-length", "0")
        self.end_headers()
        with arrived:
            if is_right:
                changes.extend(json.loads(raw)["body"]["changes"])
            else:
                wrong.append(raw)
                print(f"wrong signature: {given} instead of {right}", file=sys.stderr)
            arrived.notify_all()

    def log_message(self, *_):
        pass


receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=receiver.serve_forever, daemon=True).start()
for kind, webhook in app["capabilities"]["webhooks"].items():
    if kind != "retry":
        webhook["endpoint"] = f"http://127.0.0.1:{receiver.server_port}/"
call("PUT", f"{installations}/{app['id']}?v=1.0", {**bearer, "if-match": headers["ac-revision"]}, app)

# 3. The app's token, good for an hour, and the consumer's, good for ever.
secrets = urlencode({"client_id": app["client_id"], "client_secret": app["client_secret"]})
token_url = f"{hosts['sentinel']}/sentinel{path}/app/token?v=1.0&grant_type=client_credentials"
app_token = call("POST", token_url, body=secrets)[1]["access_token"]
consumer = {"ext_consumer_id": str(uuid.uuid4())}
_, identity = call("POST", f"{hosts['idp']}{path}/consumer?v=1.0", {"authorization": app_token}, consumer)
tokens = {"authorization": app_token, "x-lp-on-behalf": identity["token"]}

# 4. Open, send, wait for the agent's answer, tell that it was read, close.
conversations = f"{hosts['asyncMessagingEnt']}{path}/messaging/consumer/conversation"


def req(kind, body):
    return {"kind": "req", "id": str(uuid.uuid4()), "type": kind, "body": body}


def send(kind, body):
    return call("POST", f"{conversations}/send?v=3", tokens, req(kind, body))


def publish(event):
    send("ms.PublishEvent", {"dialogId": conversation, "conversationId": conversation, "event": event})


def arrival(is_meant):
    with arrived:
        arrived.wait_for(lambda: any(map(is_meant, changes)))
        return next(filter(is_meant, changes))


_, opened = call("POST", f"{conversations}?v=3", tokens, [
    req("userprofile.SetUserProfile", {"firstName": "Ada"}),
    req("cm.ConsumerRequestConversation", {"brandId": account}),
])
conversation = opened[1]["body"]["conversationId"]
publish({"type": "ContentEvent", "contentType": "text/plain", "message": "Grüße 👋"})
answer = arrival(
    lambda change: change.get("conversationId") == conversation
    and change["originatorMetadata"]["role"] == "ASSIGNED_AGENT"
    and "Grüße 👋" in change["event"].get("message", "")
)
publish({"type": "AcceptStatusEvent", "status": "READ", "sequenceList": [answer["sequence"]]})
field = {"field": "ConversationStateField", "conversationState": "CLOSE"}
send("cm.UpdateConversationField", {"conversationId": conversation, "conversationField": field})
closed = arrival(
    lambda change: change.get("result", {}).get("convId") == conversation
    and change["result"]["conversationDetails"]["stage"] == "CLOSE"
)

print("conversation", conversation)
print("the agent said", answer["event"]["message"])
print("closed by", closed["result"]["conversationDetails"]["closeReason"])
print(f"signatures: {len(changes)} right, {len(wrong)} wrong")
