import { endpointsOf } from "../../kit/http/mod.ts";
import type { SocketState, State } from "../state.ts";

/** Makes an endpoint of the whole process. */
export const endpoint = endpointsOf<State>();

/** Makes an endpoint that stands on the sockets and replays of the tape alone. */
export const tapeSocketEndpoint = endpointsOf<SocketState>();
