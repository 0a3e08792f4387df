/**
 * A worker that runs on this thread, so that a test holds its clock. Messages are cloned and come in
 * later turns, as they do between threads.
 */
export function inlineWorker<To, From>(
  run: (post: (message: From) => void) => (message: To) => void,
): Worker {
  let ended = false;
  const worker = {
    onmessage: null as ((event: { data: From }) => void) | null,
    onerror: null,
    postMessage(message: To) {
      const data = structuredClone(message);
      queueMicrotask(() => {
        if (!ended) receive(data);
      });
    },
    terminate() {
      ended = true;
    },
  };
  const receive = run((message) => {
    const data = structuredClone(message);
    queueMicrotask(() => {
      if (!ended) worker.onmessage?.({ data });
    });
  });
  // A service uses nothing else of a worker.
  return worker as unknown as Worker;
}
