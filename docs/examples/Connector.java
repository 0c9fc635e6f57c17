// A connector in one file, with what Java (17 or newer) brings. See docs/emulator.md.
// java docs/examples/Connector.java localhost:8284 data/emulator/ca.pem
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

public class Connector {
  static HttpClient client;
  static final List<String> webhooks = new ArrayList<>();
  static int wrong = 0;

  public static void main(String[] given) throws Exception {
    String directory = given[0], account = given.length > 2 ? given[2] : "demo";
    String path = "/api/account/" + account;
    client = HttpClient.newBuilder().sslContext(trusting(given[1])).build();

    // 1. The directory says where everything is. An administrator signs in and reads the connector's app.
    String hosts = call("GET", "https://" + directory + path + "/service/baseURI.json?version=1.0", "").body();
    String person = "{\"username\":\"admin\",\"password\":\"demo-admin\"}";
    String login = call("POST", host(hosts, "agentVep") + path + "/login?v=1.3", person).body();
    String bearer = "Bearer " + member(login, "bearer");
    String installations = host(hosts, "accountConfigReadWrite") + path + "/configuration/app-install/installations";
    String list = call("GET", installations + "?v=1.0", "", "authorization", bearer).body();
    String id = member(first(list, "(?<=\"client_name\":\"Demo connector\").*"), "client_id");
    HttpResponse<String> app = call("GET", installations + "/" + id + "?v=1.0", "", "authorization", bearer);
    String secret = member(app.body(), "client_secret");

    // 2. Webhooks: the signature is checked over the bytes as they came; the app's endpoints lead here.
    HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext("/", exchange -> receive(exchange, secret));
    receiver.start();
    String endpoint = "\"endpoint\":\"http://127.0.0.1:" + receiver.getAddress().getPort() + "/\"";
    call("PUT", installations + "/" + id + "?v=1.0", app.body().replaceAll("\"endpoint\":\"[^\"]*\"", endpoint),
        "authorization", bearer, "if-match", app.headers().firstValue("ac-revision").orElseThrow());

    // 3. The app's token, good for an hour, and the consumer's, good for ever.
    String tokenUrl = host(hosts, "sentinel") + "/sentinel" + path + "/app/token?v=1.0&grant_type=client_credentials";
    String form = "client_id=" + id + "&client_secret=" + secret;
    String appToken = member(
        call("POST", tokenUrl, form, "content-type", "application/x-www-form-urlencoded").body(), "access_token");
    String consumer = "{\"ext_consumer_id\":\"" + UUID.randomUUID() + "\"}";
    String consumerToken = member(
        call("POST", host(hosts, "idp") + path + "/consumer?v=1.0", consumer, "authorization", appToken).body(), "token");
    String[] tokens = {"authorization", appToken, "x-lp-on-behalf", consumerToken};

    // 4. Open, send, wait for the agent's answer, tell that it was read, close.
    String conversations = host(hosts, "asyncMessagingEnt") + path + "/messaging/consumer/conversation";
    String opening = "[" + req("userprofile.SetUserProfile", "{\"firstName\":\"Ada\"}") + ","
        + req("cm.ConsumerRequestConversation", "{\"brandId\":\"" + account + "\"}") + "]";
    String conversation = member(call("POST", conversations + "?v=3", opening, tokens).body(), "conversationId");
    String send = conversations + "/send?v=3";
    call("POST", send, publishing(conversation,
        "{\"type\":\"ContentEvent\",\"contentType\":\"text/plain\",\"message\":\"Grüße 👋\"}"), tokens);
    String answer = arrival(webhook -> webhook.contains(conversation)
        && webhook.contains("\"role\":\"ASSIGNED_AGENT\"") && webhook.contains("\"ContentEvent\"")
        && webhook.contains("Grüße 👋"));
    call("POST", send, publishing(conversation, "{\"type\":\"AcceptStatusEvent\",\"status\":\"READ\",\"sequenceList\":["
        + first(answer, "(?<=\"sequence\":)\\d+") + "]}"), tokens);
    call("POST", send, req("cm.UpdateConversationField", "{\"conversationId\":\"" + conversation
        + "\",\"conversationField\":{\"field\":\"ConversationStateField\",\"conversationState\":\"CLOSE\"}}"), tokens);
    String closed = arrival(webhook -> webhook.contains(conversation) && webhook.contains("\"stage\":\"CLOSE\""));

    System.out.println("conversation " + conversation);
    System.out.println("the agent said " + member(answer, "message"));
    System.out.println("closed by " + member(closed, "closeReason"));
    System.out.println("signatures: " + webhooks.size() + " right, " + wrong + " wrong");
    receiver.stop(0);
  }

  static SSLContext trusting(String caFile) throws Exception {
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (FileInputStream file = new FileInputStream(caFile)) {
      authorities.setCertificateEntry("emulator", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Sends JSON unless a header says otherwise. */
  static HttpResponse<String> call(String method, String url, String body, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).setHeader("content-type", "application/json");
    for (int index = 0; index < headers.length; index += 2) request.setHeader(headers[index], headers[index + 1]);
    request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 300) throw new IOException(method + " " + url + ": " + response.statusCode() + " " + response.body());
    return response;
  }

  static void receive(HttpExchange exchange, String secret) throws IOException {
    byte[] raw = exchange.getRequestBody().readAllBytes();
    String given = exchange.getRequestHeaders().getFirst("X-Liveperson-Signature");
    String right = signature(secret, raw, given != null && given.startsWith("sha256=") ? "sha256" : "sha1");
    boolean isRight = given != null && MessageDigest.isEqual(given.getBytes(), right.getBytes());
    if (!isRight) System.err.println("wrong signature: " + given + " instead of " + right);
    exchange.sendResponseHeaders(isRight ? 200 : 401, -1);
    exchange.close();
    synchronized (webhooks) {
      if (isRight) webhooks.add(new String(raw, StandardCharsets.UTF_8));
      else wrong += 1;
      webhooks.notifyAll();
    }
  }

  static String signature(String secret, byte[] raw, String algorithm) {
    try {
      Mac mac = Mac.getInstance("Hmac" + algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
      return algorithm + "=" + Base64.getEncoder().encodeToString(mac.doFinal(raw));
    } catch (java.security.GeneralSecurityException error) {
      throw new IllegalStateException(error);
    }
  }

  static String arrival(Predicate<String> isMeant) throws InterruptedException {
    synchronized (webhooks) {
      while (webhooks.stream().noneMatch(isMeant)) webhooks.wait();
      return webhooks.stream().filter(isMeant).findFirst().orElseThrow();
    }
  }

  static String req(String type, String body) {
    return "{\"kind\":\"req\",\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"" + type + "\",\"body\":" + body + "}";
  }

  static String publishing(String conversation, String event) {
    return req("ms.PublishEvent", "{\"dialogId\":\"" + conversation + "\",\"conversationId\":\"" + conversation + "\",\"event\":" + event + "}");
  }

  // Java brings no JSON; use the library you have. This is enough to show the calls.
  static String host(String hosts, String service) {
    return "https://" + first(hosts, "(?<=\"service\":\"" + service + "\",\"account\":\"[^\"]{1,64}\",\"baseURI\":\")[^\"]+");
  }

  static String member(String json, String name) {
    return unescaped(first(json, "(?<=\"" + name + "\":\")([^\"\\\\]|\\\\.)*"));
  }

  static String unescaped(String text) {
    return Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)").matcher(text).replaceAll(escape -> {
      String code = escape.group(1);
      String character = switch (code.charAt(0)) {
        case 'u' -> String.valueOf((char) Integer.parseInt(code.substring(1), 16));
        case 'n' -> "\n";
        case 't' -> "\t";
        default -> code;
      };
      return Matcher.quoteReplacement(character);
    });
  }

  static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) throw new IllegalStateException(pattern + " is not in " + text);
    return matcher.group();
  }
}
