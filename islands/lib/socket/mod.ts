export { isOpen, type LinkState } from "./link_state.ts";
export { type Projection, RowLink } from "./row_link.ts";
export {
  type ChannelQuery,
  type FromLink,
  type LinkItem,
  type ReplayReading,
  type ToLink,
  type WantedChannel,
} from "./row_protocol.ts";
export {
  lostIn,
  type LostSpan,
  numberOf,
  RowWireError,
  textOf,
  type Wire,
  wireOf,
} from "./row_wire.ts";
export { SocketLink } from "./socket_link.ts";
