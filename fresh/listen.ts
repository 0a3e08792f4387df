/** Options of `App.listen()`: those of `Deno.serve()` and the address to show. */
export type ListenOptions = Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem> & {
  /** A second address to print, such as the one of a tunnel. */
  remoteAddress?: string;
};

type Handler = (request: Request, info: Deno.ServeHandlerInfo) => Promise<Response>;

const FIRST_PORT = 8000;
const LAST_PORT = 8019;

/**
 * Serves with the options' port, or with the first free one of 8000 to 8019.
 *
 * @throws {Deno.errors.AddrInUse} When no port is free.
 */
export async function listen(handler: Handler, options: ListenOptions): Promise<void> {
  const { remoteAddress, ...rest } = options;
  const onListen = options.onListen ?? ((address: Deno.NetAddr) => {
    const host = address.hostname.includes(":") ? `[${address.hostname}]` : address.hostname;
    console.log(`Listening on http://${host}:${address.port}/`);
    if (remoteAddress !== undefined) console.log(`Reachable at ${remoteAddress}`);
  });
  if (options.port !== undefined) {
    await Deno.serve({ ...rest, onListen }, handler);
    return;
  }
  for (let port = FIRST_PORT;; port++) {
    try {
      await Deno.serve({ ...rest, port, onListen }, handler);
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse) || port === LAST_PORT) throw error;
    }
  }
}
