import { endpointsOf } from "../../kit/http/mod.ts";
import type { SocketState, State, SurfaceState } from "../state.ts";

/** Makes an endpoint of the whole process. */
export const endpoint = endpointsOf<State>();

/** Makes an endpoint that stands on the sockets and replays of the tape alone. */
export const tapeSocketEndpoint = endpointsOf<SocketState>();

/** Makes an endpoint that stands on the sockets and the surfaces alone. */
export const surfaceEndpoint = endpointsOf<SurfaceState>();
