import type { TapeStore } from "../../../modules/tape/mod.ts";
import { endpointsOf, type GuardState } from "../../kit/http/mod.ts";

/** What the tape's endpoints find in a request's state. */
export interface ApiState extends GuardState {
  tape: TapeStore;
}

/** Makes an endpoint of the tape. */
export const tapeEndpoint = endpointsOf<ApiState>();
