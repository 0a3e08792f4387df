import {
  SyntheticControlResponse,
  SyntheticControlState,
  SyntheticControlWritten,
  SyntheticStatus,
} from "../../../modules/control/contract.ts";
import { type Call, peerAddress } from "../../kit/http/mod.ts";
import { type AdminResource, submitLogin, submitLogout } from "../operator/mod.ts";
import type { State } from "../state.ts";
import { endpoint } from "./_endpoint.ts";

const TAG = "operators";

/** How the two addresses of control are reached: with the token, or from an operator's page. */
interface Way {
  readonly base: string;
  readonly description: string;
  readonly access: "token" | "operators";
  readonly isOffered: (state: State) => boolean;
  readonly answer: (resource: AdminResource, input: Input) => Promise<Response>;
}

interface Input {
  readonly call: Call<State>;
  readonly state: State;
  readonly operator: { readonly id: string } | null;
  readonly requestId: string;
}

function controlEndpoints({ base, description, access, isOffered, answer }: Way) {
  const common = { tag: TAG, description, access, isOffered, limit: "rest", raw: true } as const;
  return {
    status: endpoint({
      ...common,
      method: "GET",
      path: `${base}/status`,
      summary: "State of the synthetic market",
      response: SyntheticStatus,
      statuses: [404, 409, 503],
      run: (input) => answer("status", input),
    }),
    read: endpoint({
      ...common,
      method: "GET",
      path: `${base}/control`,
      summary: "What steers the synthetic market",
      response: SyntheticControlResponse,
      statuses: [404, 409, 503],
      run: (input) => answer("control", input),
    }),
    write: endpoint({
      ...common,
      method: "PUT",
      path: `${base}/control`,
      summary: "Steers the synthetic market: the whole state",
      body: SyntheticControlState,
      response: SyntheticControlWritten,
      statuses: [404, 409, 412, 503],
      run: (input) => answer("control", input),
    }),
  };
}

/** `/admin/synthetic/*` for holders of the admin token. */
export const ADMIN = controlEndpoints({
  base: "/admin/synthetic",
  description: "Takes the admin token as a bearer token.",
  access: "token",
  isOffered: ({ admin }) => admin.isOpen,
  answer: (resource, { call, state, requestId }) =>
    state.admin.handle(call.req, resource, {
      operator: "operator",
      address: peerAddress(call.info),
    }, requestId),
});

/** `/api/admin/synthetic/*` for pages of operators: they sign in, the server knows the token. */
export const PAGE_ADMIN = controlEndpoints({
  base: "/api/admin/synthetic",
  description: "For pages of this server: takes the operator's session, adds the token.",
  access: "operators",
  isOffered: ({ adminProxy }) => adminProxy.isOn,
  answer: (resource, { call, state, operator, requestId }) =>
    state.adminProxy.forward(call.req, resource, {
      operator: operator?.id ?? "",
      address: state.guard.addressOf(call.req, call.info),
    }, requestId),
});

/** The form of `/login`. */
export const LOGIN = endpoint({
  method: "POST",
  path: "/login",
  tag: TAG,
  summary: "Begins an operator's session",
  access: "pages",
  limit: "rest",
  success: 303,
  media: "text/html",
  statuses: [408, 409, 413, 415],
  run: ({ call, state }) => submitLogin(state.operators, call.req, call.info),
});

/** Ends an operator's session. */
export const LOGOUT = endpoint({
  method: "POST",
  path: "/logout",
  tag: TAG,
  summary: "Ends an operator's session",
  access: "pages",
  limit: "rest",
  success: 303,
  media: "text/html",
  run: ({ call, state }) => submitLogout(state.operators, call.req, call.info),
});

/** Where somebody lands who opens the address of signing out. */
export const LOGOUT_PAGE = endpoint({
  method: "GET",
  path: "/logout",
  tag: TAG,
  summary: "Leads to the login",
  access: "pages",
  limit: "rest",
  success: 303,
  media: "",
  run: () => new Response(null, { status: 303, headers: { location: "/login" } }),
});
