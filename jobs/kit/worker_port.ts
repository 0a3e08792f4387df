import {
  type Handlers,
  Port,
  PortClosedError,
  type PortMessage,
  type PostMessage,
  type Verbs,
} from "./port.ts";
import { runProgram, type StartProgram } from "./worker_program.ts";

/** Longest wait for a worker's last words, ms. */
const LAST_WORDS_MS = 2_500;

/** A thread to start: what it runs, and the least that it needs. */
export interface WorkerThread {
  /** Module that ends with a call of `serveWorker`. */
  readonly url: URL;
  /** For people who look at threads. */
  readonly name: string;
  /** What it may do; what is not named it may not. Never more than this process may. */
  readonly permissions: Deno.PermissionOptions;
}

/** Where a program runs: in a thread of its own, or inline, on this one. */
export type WorkerPlace<Asked extends Verbs<Asked>, Told extends Verbs<Told>> =
  | WorkerThread
  | StartProgram<Asked, Told>;

/** Whatever runs a program, as its host sees it. */
interface Running {
  readonly post: PostMessage;
  readonly terminate: () => void;
}

/**
 * The host's end of a worker. A worker that dies, of whatever cause, closes the port with the reason;
 * whoever waits for an answer of it gets a {@link PortClosedError}.
 *
 * @typeParam Asked Verbs of the worker.
 * @typeParam Told Verbs of the host.
 */
export class WorkerPort<Asked extends Verbs<Asked>, Told extends Verbs<Told>>
  extends Port<Told, Asked> {
  readonly #running: Running;
  readonly #onDeath: (reason: string) => void;
  #onEnded: (() => void) | null = null;

  /**
   * Starts the worker.
   *
   * @param handlers What the worker tells.
   * @param onDeath Told once when the worker died; its last words came before.
   */
  constructor(
    place: WorkerPlace<Asked, Told>,
    handlers: Handlers<Told>,
    onDeath: (reason: string) => void,
  ) {
    super((message, moved) => this.#running.post(message, moved));
    this.#onDeath = onDeath;
    this.serve(handlers);
    const receive = (message: PortMessage) => this.#receive(message);
    this.#running = typeof place === "function"
      ? startInline(place, receive)
      : startThread(place, receive, (reason) => this.#die(reason));
  }

  /**
   * Ends the worker after its last words: what it tells while it ends still comes. Resolves when it has
   * ended, or a second later when it does not.
   */
  async end(): Promise<void> {
    if (this.closed !== null) return;
    const ended = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LAST_WORDS_MS);
      this.#onEnded = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#running.post({ kind: "end" }, []);
    await ended;
    this.terminate();
  }

  /** Ends the worker at once, without a word. Whoever waits for an answer gets `reason`. */
  terminate(reason = "The worker was ended"): void {
    this.#running.terminate();
    this.close(new PortClosedError(reason));
    this.#onEnded?.();
  }

  #receive(message: PortMessage): void {
    if (this.closed !== null) return;
    if (message.kind === "ended") this.#onEnded?.();
    else if (message.kind === "died") this.#die(message.error.message);
    else this.receive(message, reportError);
  }

  #die(reason: string): void {
    if (this.closed !== null) return;
    this.terminate(reason);
    this.#onDeath(reason);
  }
}

function startThread(
  { url, name, permissions }: WorkerThread,
  receive: (message: PortMessage) => void,
  onCrash: (reason: string) => void,
): Running {
  const worker = new Worker(url, { type: "module", name, deno: { permissions } });
  worker.onmessage = ({ data }: MessageEvent<PortMessage>) => receive(data);
  worker.onmessageerror = () => onCrash("a message cannot be read");
  // A module that does not load has no end of its own yet that could tell.
  worker.onerror = (event) => {
    event.preventDefault();
    onCrash(event.message);
  };
  return {
    post: (message, moved) => worker.postMessage(message, [...moved]),
    terminate: () => worker.terminate(),
  };
}

/** The twin of a thread: messages are cloned, buffers move, and everything comes in a later turn. */
function startInline<Asked extends Verbs<Asked>, Told extends Verbs<Told>>(
  start: StartProgram<Asked, Told>,
  receive: (message: PortMessage) => void,
): Running {
  let ended = false;
  const later = (deliver: (message: PortMessage) => void): PostMessage => (message, moved) => {
    const data = structuredClone(message, { transfer: [...moved] });
    queueMicrotask(() => {
      if (!ended) deliver(data);
    });
  };
  const program = runProgram(start, later(receive));
  return {
    post: later((message) => program.receive(message)),
    terminate: () => {
      ended = true;
      // A thread stops where it is; a program on this one has to be told.
      program.end();
    },
  };
}
