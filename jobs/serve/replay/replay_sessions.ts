import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { flowOrigin } from "../../../engine/flow/mod.ts";
import {
  type ReplayPatch,
  type ReplayRequest,
  type ReplayStatus,
  STREAMS,
} from "../../../modules/tape/mod.ts";
import { ClientGate, type Clock, type Hub, type Logger } from "../../kit/mod.ts";
import type { TapeService } from "../../tape/mod.ts";
import { ReplaySession } from "./replay_session.ts";

/** Replays that may run at once: each has a worker. */
const MAX_SESSIONS = 4;

/** Replays of one client that may run at once. */
const MAX_SESSIONS_PER_CLIENT = 2;

/** Time without a socket after which a replay ends, ms. */
const IDLE_MS = 300_000;

const LOOK_EVERY_MS = 5_000;

/** Batches under way to the main thread before a worker waits. */
const MAX_IN_FLIGHT = 32;

/** A replay cannot be had. The message is for the client. */
export class ReplayError extends RangeError {
  override readonly name = "ReplayError";
  readonly code: "too_many_sessions" | "out_of_range" | "not_found";

  constructor(code: ReplayError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** What the sessions are made of. */
export interface ReplaySessionsOptions {
  readonly tape: TapeService;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Logger;
  readonly idleMs?: number;
}

/** A replay that has begun. */
export interface OpenedReplay extends ReplayStatus {
  /** Whoever has it steers the replay; it is told once. */
  readonly secret: string;
}

interface Owned {
  readonly session: ReplaySession;
  readonly client: string;
  readonly secretHash: Uint8Array;
}

const SECRET_BYTES = 24;

function hashOf(secret: string): Uint8Array {
  return createHash("sha256").update(secret).digest();
}

/**
 * The replays that run, at most four and two to a client; one that nobody follows ends after a while. A
 * replay is seen and steered by those who have its secret.
 */
export class ReplaySessions {
  readonly #options: ReplaySessionsOptions;
  readonly #sessions = new Map<string, Owned>();
  readonly #gate = new ClientGate({ perClient: MAX_SESSIONS_PER_CLIENT, total: MAX_SESSIONS });
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(options: ReplaySessionsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#expire(), LOOK_EVERY_MS);
  }

  /** Replays that run now. */
  get count(): number {
    return this.#sessions.size;
  }

  /** Sockets that follow a replay. */
  get sockets(): number {
    let open = 0;
    for (const { session } of this.#sessions.values()) open += session.status.sockets;
    return open;
  }

  /**
   * Starts a replay.
   *
   * @param client What the replay counts for.
   * @throws {ReplayError} `too_many_sessions`, or `out_of_range` for a time that is not stored yet.
   */
  create(request: ReplayRequest, client: string): OpenedReplay {
    const { tape, hub, clock, log } = this.#options;
    this.#expire();
    const newest = tape.watermarkTs ?? newestStored(tape);
    if (request.start_ts >= newest) {
      throw new ReplayError("out_of_range", "start_ts: must be before the newest stored row");
    }
    this.#enter(client);
    const streams = request.streams === undefined
      ? STREAMS.names
      : request.streams.flatMap((name) => STREAMS.ofReplay(name) ?? []);
    const session = new ReplaySession({
      id: crypto.randomUUID(),
      spec: {
        startTs: request.start_ts,
        endTs: Math.min(request.end_ts, newest),
        speed: request.speed,
        paused: request.paused,
        streams,
        symbols: request.symbols ?? null,
        flow: tape.flowSpec,
        maxInFlight: MAX_IN_FLIGHT,
      },
      hub,
      store: tape.store,
      clock,
      log,
      originOf: (ts) => flowOrigin(ts, tape.flowSpec.flow),
    });
    const secret = randomBytes(SECRET_BYTES).toString("base64url");
    this.#sessions.set(session.id, { session, client, secretHash: hashOf(secret) });
    log.info("replay_started", { start: request.start_ts, sessions: this.#sessions.size });
    return { ...session.status, secret };
  }

  /** State of the replays that these secrets belong to. */
  list(secrets: readonly string[]): readonly ReplayStatus[] {
    const hashes = secrets.map(hashOf);
    return [...this.#sessions.values()]
      .filter(({ secretHash }) => hashes.some((hash) => timingSafeEqual(hash, secretHash)))
      .map(({ session }) => session.status);
  }

  /** @throws {ReplayError} `not_found`: there is none of this id that the secret belongs to. */
  get(id: string, secret: string): ReplaySession {
    const found = this.#sessions.get(id);
    const isOwn = found !== undefined && timingSafeEqual(hashOf(secret), found.secretHash);
    if (!isOwn) throw new ReplayError("not_found", "No such replay of yours runs");
    return found.session;
  }

  /** Changes a replay's clock. @throws {ReplayError} `not_found`. */
  patch(id: string, secret: string, patch: ReplayPatch): ReplayStatus {
    const session = this.get(id, secret);
    session.patch(patch);
    return session.status;
  }

  /** Ends a replay. @throws {ReplayError} `not_found`. */
  remove(id: string, secret: string): void {
    this.get(id, secret);
    this.#end(id, "The replay was ended");
  }

  /** Ends all of them. */
  stop(): void {
    clearInterval(this.#timer);
    for (const id of [...this.#sessions.keys()]) this.#end(id, "The server is stopping");
  }

  #enter(client: string): void {
    const refusal = this.#gate.enter(client);
    if (refusal === null) return;
    throw new ReplayError(
      "too_many_sessions",
      refusal === "full"
        ? `At most ${MAX_SESSIONS} replays run at once`
        : `At most ${MAX_SESSIONS_PER_CLIENT} replays of one client run at once`,
    );
  }

  #end(id: string, reason: string): void {
    const found = this.#sessions.get(id);
    if (found === undefined) return;
    this.#sessions.delete(id);
    this.#gate.leave(found.client);
    found.session.stop(reason);
  }

  #expire(): void {
    const idleMs = this.#options.idleMs ?? IDLE_MS;
    for (const [id, { session }] of this.#sessions) {
      if (session.idleMs < idleMs) continue;
      this.#end(id, "Nobody follows the replay");
      this.#options.log.info("replay_expired", { sessions: this.#sessions.size });
    }
  }
}

function newestStored({ store }: TapeService): number {
  return Math.max(0, ...STREAMS.names.map((stream) => store.latest(stream)?.ts ?? 0));
}
