import {
  connect,
  type NatsConnection,
  type NodeConnectionOptions,
  wsconnect,
} from "@nats-io/transport-node";

/** Wait between attempts of the client to connect again, ms. */
const RECONNECT_MS = 500;

/** A silent connection is found dead after two of these, ms. */
const PING_MS = 5_000;

/**
 * Connects to a NATS server, and again whenever the connection is lost.
 *
 * @param address `nats://`, `tls://`, `ws://` or `wss://`, with user and password or a token if it needs any.
 * @param name Of the client, for whoever looks at the server.
 * @param timeoutMs Longest wait for the first connection.
 * @throws {Error} When the server cannot be reached or refuses.
 */
export async function dialNats(
  address: string,
  name: string,
  timeoutMs: number,
): Promise<NatsConnection> {
  const url = new URL(address);
  const user = decodeURIComponent(url.username);
  const pass = decodeURIComponent(url.password);
  url.username = "";
  url.password = "";
  const options: NodeConnectionOptions = {
    servers: url.href.replace(/\/$/, ""),
    name,
    timeout: timeoutMs,
    reconnectTimeWait: RECONNECT_MS,
    maxReconnectAttempts: -1,
    pingInterval: PING_MS,
    ...(pass !== "" ? { user, pass } : user !== "" && { token: user }),
    ...(url.protocol === "tls:" && { tls: {} }),
  };
  return /^wss?:/.test(url.protocol) ? await wsconnect(options) : await connect(options);
}
