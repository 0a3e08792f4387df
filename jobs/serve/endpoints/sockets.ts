import type { StreamName } from "../../../engine/frames/mod.ts";
import { STREAMS } from "../../../modules/tape/mod.ts";
import type { Endpoint } from "../../kit/http/mod.ts";
import type { SocketState } from "../state.ts";
import { tapeSocketEndpoint } from "./_endpoint.ts";

const SOCKET = {
  method: "GET",
  access: "all",
  limit: "ws",
  success: 101,
  media: "",
  statuses: [400, 403, 503],
} as const;

/** The live protocol. */
export const LIVE_SOCKET = tapeSocketEndpoint({
  ...SOCKET,
  path: "/ws/live",
  tag: "sockets",
  summary: "Live protocol: subscriptions, snapshots, events",
  description: "docs/formats.md in the repository describes the messages.",
  run: ({ call, state }) => state.sockets.accept(call, (socket) => state.live.attach(socket)),
});

/** Sockets of whole streams, by the name in the path. */
export const STREAM_SOCKETS: ReadonlyMap<string, Endpoint<SocketState>> = new Map(
  STREAMS.list.map(({ name, paths, title, type }) => {
    return [
      paths.ws,
      tapeSocketEndpoint({
        ...SOCKET,
        path: `/ws/${paths.ws}`,
        tag: "sockets",
        summary: `Every row: ${title}`,
        description: `One text frame \`{"type": "${type}", "payload": row}\` a row.`,
        run: ({ call, state }) =>
          state.sockets.accept(call, (socket) => state.streams.attach(socket, name as StreamName)),
      }),
    ];
  }),
);
