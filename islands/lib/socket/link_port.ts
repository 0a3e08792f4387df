/** A link that runs on the page itself, as it would in a worker. */
export interface PageLink<To> {
  take(message: To): void;
}

/** How a port's link is run. */
export interface LinkPortOptions<To, From> {
  /** Script of the worker. */
  readonly workerUrl: URL;
  /** Makes the link on the page when the worker cannot be loaded. */
  readonly onPage: (post: (message: From) => void) => PageLink<To> | Promise<PageLink<To>>;
  /** Takes what the link says. */
  readonly take: (message: From) => void;
  /**
   * Told when the worker cannot be loaded.
   *
   * @param problem Null once the page does its work; else why it cannot either, and nothing is read.
   */
  readonly onNoWorker: (problem: string | null) => void;
}

/**
 * The page's end of a link in a worker: what it reads costs the page's own thread nothing. Where no
 * worker can be loaded the same link runs on the page, and what was said so far is said again to it.
 */
export class LinkPort<To, From> {
  readonly #options: LinkPortOptions<To, From>;
  readonly #worker: Worker;
  /** What was said before the worker answered; null once it runs. */
  #said: To[] | null = [];
  #pageLink: PageLink<To> | null = null;
  #isEnded = false;

  constructor(options: LinkPortOptions<To, From>) {
    this.#options = options;
    const worker = new Worker(options.workerUrl, { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<From>) => {
      worker.onerror = null; // it runs: what fails from now on is no failure to load
      this.#said = null;
      options.take(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      void this.#takeOver();
    };
  }

  /** Says something to the link. */
  send(message: To): void {
    if (this.#pageLink !== null) return this.#pageLink.take(message);
    this.#said?.push(message);
    this.#worker.postMessage(message);
  }

  /** Ends the link. @param close What a link on the page takes for its end. */
  end(close: To): void {
    this.#isEnded = true;
    this.#worker.terminate();
    this.#pageLink?.take(close);
  }

  async #takeOver(): Promise<void> {
    let link: PageLink<To>;
    try {
      link = await this.#options.onPage((message) => {
        if (!this.#isEnded) this.#options.take(message);
      });
    } catch (error) {
      // Its code comes from the same server as the worker's, which may be gone.
      if (!this.#isEnded) this.#options.onNoWorker(String(error));
      return;
    }
    if (this.#isEnded) return;
    const said = this.#said ?? [];
    this.#said = null;
    this.#pageLink = link;
    for (const message of said) link.take(message);
    this.#options.onNoWorker(null);
  }
}
