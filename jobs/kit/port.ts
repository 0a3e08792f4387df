/** What one end of a port can be asked: one function per name, of at most one argument. */
export type Verbs<V> = { readonly [K in keyof V]: (...given: never[]) => unknown };

/** An end that is asked nothing. */
export type NoVerbs = Record<never, never>;

/** What is sent with a verb: its argument, and the buffers that move with it. */
export type Given<F> = F extends () => unknown ? []
  : F extends (argument: infer A) => unknown ? [argument: A, moved?: readonly Transferable[]]
  : never;

/** What a call of a verb comes to. */
export type Answer<F> = F extends (...given: never[]) => infer R ? Awaited<R> : never;

/** An answer whose buffers move to whoever asked. */
export class Moved<T> {
  readonly value: T;
  readonly buffers: readonly Transferable[];

  constructor(value: T, buffers: readonly Transferable[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** The functions behind the verbs of an end. */
export type Handlers<V> = {
  readonly [K in keyof V]: V[K] extends (...given: infer A) => infer R
    ? (...given: A) => R | Moved<R> | Promise<R | Moved<R>>
    : never;
};

/** An error as it crosses: its plain fields come along, so that the other end can tell what it was. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** A failure of the other end. Its own class is named by {@link RemoteError.remoteName}. */
export class RemoteError extends Error {
  override readonly name = "RemoteError";
  readonly code = "remote_failure";
  /** Name of the class that was thrown there. */
  readonly remoteName: string;
  /** The plain fields of what was thrown there, such as its own `code`. */
  readonly fields: ErrorFacts["fields"];

  constructor({ name, message, fields }: ErrorFacts) {
    super(message);
    this.remoteName = name;
    this.fields = fields;
  }
}

/** The other end is gone, or was ended: whatever was asked is not answered any more. */
export class PortClosedError extends Error {
  override readonly name = "PortClosedError";
  readonly code = "port_closed";
}

/** What goes over the wire. */
export type PortMessage =
  | { readonly kind: "note"; readonly name: string; readonly value: unknown }
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly value: unknown }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "refusal"; readonly id: number; readonly error: ErrorFacts }
  | { readonly kind: "grant"; readonly count: number }
  /** The host asks for an end; the worker has said its last words; it says what it died of. */
  | { readonly kind: "end" }
  | { readonly kind: "ended" }
  | { readonly kind: "died"; readonly error: ErrorFacts };

/** Takes a message to the other end. Buffers in `moved` are not ours any more. */
export type PostMessage = (message: PortMessage, moved: readonly Transferable[]) => void;

/** What of an error can cross. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), fields: {} };
  const fields: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries(error)) {
    const isPlain = value === null || ["string", "number", "boolean"].includes(typeof value);
    if (isPlain && key !== "name" && key !== "message") fields[key] = value;
  }
  return { name: error.name, message: error.message, fields };
}

/**
 * One end of a typed connection: calls are answered, notes are not. Notes that the other end has to keep
 * up with take a credit by {@link Port.send}, which {@link Port.grant} there gives back; the sender
 * waits while too many are in flight.
 *
 * @typeParam In Verbs that this end answers.
 * @typeParam Out Verbs of the other end.
 */
export class Port<In extends Verbs<In>, Out extends Verbs<Out>> {
  readonly #post: PostMessage;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #handlers: Readonly<Record<string, (value: unknown) => unknown>> = {};
  #callId = 0;
  #inFlight = 0;
  #closed: Error | null = null;
  /** Called when the other end has given credits back. */
  onGrant: () => void = () => {};

  constructor(post: PostMessage) {
    this.#post = post;
  }

  /** Notes sent with a credit that has not come back. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Why nothing goes over any more, or null. */
  get closed(): Error | null {
    return this.#closed;
  }

  /** Answers the verbs from now on. */
  serve(handlers: Handlers<In>): void {
    // The other end is typed by the same verbs, so each value fits the handler of its name.
    this.#handlers = handlers as Readonly<Record<string, (value: unknown) => unknown>>;
  }

  /**
   * Asks the other end.
   *
   * @throws {RemoteError} When its handler threw.
   * @throws {PortClosedError} When it is gone, or goes before it has answered.
   */
  call<K extends keyof Out & string>(name: K, ...given: Given<Out[K]>): Promise<Answer<Out[K]>> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    const [value, moved] = given as readonly [unknown?, (readonly Transferable[])?];
    const id = ++this.#callId;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    this.#post({ kind: "call", id, name, value }, moved ?? []);
    return answer.promise as Promise<Answer<Out[K]>>;
  }

  /** Tells the other end. Does nothing when it is gone. */
  notify<K extends keyof Out & string>(name: K, ...given: Given<Out[K]>): void {
    if (this.#closed !== null) return;
    const [value, moved] = given as readonly [unknown?, (readonly Transferable[])?];
    this.#post({ kind: "note", name, value }, moved ?? []);
  }

  /** Tells the other end something that it has to {@link Port.grant} a credit for. */
  send<K extends keyof Out & string>(name: K, ...given: Given<Out[K]>): void {
    this.#inFlight++;
    this.notify(name, ...given);
  }

  /** Gives `count` credits back: so many notes were worked off. */
  grant(count: number): void {
    if (this.#closed === null) this.#post({ kind: "grant", count }, []);
  }

  /** Nothing goes over any more; whoever waits for an answer gets `reason`. */
  close(reason: Error): void {
    if (this.#closed !== null) return;
    this.#closed = reason;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  /**
   * Takes a message of the other end.
   *
   * @param onFailure Told when the handler of a note failed: nobody waits for it.
   */
  receive(message: PortMessage, onFailure: (error: unknown) => void): void {
    switch (message.kind) {
      case "note":
        return this.#run(message.name, message.value, onFailure);
      case "call":
        return void this.#answer(message.id, message.name, message.value);
      case "answer":
        this.#take(message.id)?.resolve(message.value);
        return;
      case "refusal":
        this.#take(message.id)?.reject(new RemoteError(message.error));
        return;
      case "grant":
        this.#inFlight = Math.max(0, this.#inFlight - message.count);
        return this.onGrant();
    }
  }

  #take(id: number): PromiseWithResolvers<unknown> | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #run(name: string, value: unknown, onFailure: (error: unknown) => void): void {
    try {
      const done = this.#handlers[name]?.(value);
      if (done instanceof Promise) done.catch(onFailure);
    } catch (error) {
      onFailure(error);
    }
  }

  async #answer(id: number, name: string, value: unknown): Promise<void> {
    try {
      const answer = await this.#handlers[name]?.(value);
      if (this.#closed !== null) return;
      if (answer instanceof Moved) {
        this.#post({ kind: "answer", id, value: answer.value }, answer.buffers);
      } else {
        this.#post({ kind: "answer", id, value: answer }, []);
      }
    } catch (error) {
      if (this.#closed === null) this.#post({ kind: "refusal", id, error: errorFacts(error) }, []);
    }
  }
}
