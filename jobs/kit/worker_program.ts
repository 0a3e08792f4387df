/// <reference lib="deno.worker" />
import { errorFacts, type Handlers, Port, type PortMessage, type Verbs } from "./port.ts";

/** What a worker does, whether in a thread of its own or inline. */
export interface WorkerProgram<Asked> {
  readonly on: Handlers<Asked>;
  /** Ends its work. What it tells until then still reaches the host. */
  readonly end?: () => void | Promise<void>;
}

/** Starts a worker's work at one end of a port. */
export type StartProgram<Asked extends Verbs<Asked>, Told extends Verbs<Told>> = (
  host: Port<Asked, Told>,
) => WorkerProgram<Asked>;

/** A program at work. */
export interface RunningProgram {
  /** Takes a message of the host. */
  readonly receive: (message: PortMessage) => void;
  /** Tells the host what it died of. */
  readonly die: (error: unknown) => void;
  /** Ends its work and tells so. */
  readonly end: () => void;
}

/** Runs a program at the worker's end of a port that posts by `post`. */
export function runProgram<Asked extends Verbs<Asked>, Told extends Verbs<Told>>(
  start: StartProgram<Asked, Told>,
  post: (message: PortMessage, moved: readonly Transferable[]) => void,
): RunningProgram {
  const port = new Port<Asked, Told>(post);
  const die = (error: unknown) => {
    if (port.closed === null) post({ kind: "died", error: errorFacts(error) }, []);
    port.close(new Error("Cannot go on as the worker died", { cause: error }));
  };
  let program: WorkerProgram<Asked> | null = null;
  try {
    program = start(port);
    port.serve(program.on);
  } catch (error) {
    die(error);
  }
  const lastWords = async () => {
    await program?.end?.();
    post({ kind: "ended" }, []);
  };
  let ending: Promise<void> | null = null;
  const end = () => {
    ending ??= lastWords().catch(die);
  };
  const receive = (message: PortMessage) => {
    if (message.kind === "end") end();
    else port.receive(message, die);
  };
  return { receive, die, end };
}

/**
 * Serves a worker's thread: the last statement of its module. The module must not await anything at its
 * top, as a thread that is ended there leaks two file descriptors.
 *
 * An error that nobody caught is told to the host after everything that was told before it.
 */
export function serveWorker<Asked extends Verbs<Asked>, Told extends Verbs<Told>>(
  start: StartProgram<Asked, Told>,
): void {
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  const { receive, die } = runProgram(
    start,
    (message, moved) => scope.postMessage(message, [...moved]),
  );
  scope.onmessage = ({ data }: MessageEvent<PortMessage>) => receive(data);
  scope.addEventListener("error", (event) => {
    event.preventDefault();
    die(event.error);
  });
  scope.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    die(event.reason);
  });
  scope.addEventListener("unload", () => die(new RangeError("the thread ended by itself")));
}
