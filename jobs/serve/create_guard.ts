import type { Config } from "../../config.ts";
import { LIVE_LIMITS } from "../../modules/tape/mod.ts";
import { Guard, type Identity } from "../kit/http/mod.ts";
import type { Logger, SocketLimits } from "../kit/mod.ts";

/** Starts and ends of recordings, per client and minute. */
const MAX_WRITES_PER_MINUTE = 12;

type GuardConfig = Pick<
  Config,
  "corsOrigins" | "trustedProxies" | "restRateLimit" | "lookupRateLimit" | "wsRateLimit"
>;

/** The guard of every route, by the settings. `nowMs` is epoch ms. */
export function createGuard(
  config: GuardConfig,
  identity: Identity,
  log: Logger,
  nowMs: () => number,
): Guard {
  return new Guard({
    limits: {
      rest: config.restRateLimit,
      lookup: config.lookupRateLimit,
      ws: config.wsRateLimit,
      write: MAX_WRITES_PER_MINUTE,
    },
    origins: config.corsOrigins,
    proxies: config.trustedProxies,
    identity,
    log,
    nowMs,
  });
}

/** Bounds of the sockets. */
export const SOCKET_LIMITS: SocketLimits = {
  perClient: LIVE_LIMITS.socketsPerClient,
  total: LIVE_LIMITS.sockets,
  messageChars: LIVE_LIMITS.messageBytes,
  messages: LIVE_LIMITS.controlMessages,
  windowMs: LIVE_LIMITS.controlWindowMs,
  idleSeconds: LIVE_LIMITS.idleSeconds,
};
