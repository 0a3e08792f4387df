import { END_OF_STREAM } from "../../../engine/frames/mod.ts";
import { newYorkDate } from "../../../engine/clock/mod.ts";
import { ApiError } from "../../kit/http/mod.ts";
import { type Surface, type SurfaceName, SURFACES } from "../../market/mod.ts";
import type { KeptWindow } from "./kept_window.ts";
import { NoSurfacesError } from "./params.ts";
import type { StreamForm, SurfaceEncoder } from "./surface_encoder.ts";
import type { SurfaceFeed, Wanted } from "./surface_feed.ts";

/** Media type of an Arrow IPC stream. */
export const ARROW_STREAM = "application/vnd.apache.arrow.stream";

/** Windows of one surface that are asked for over REST. */
export interface Stretch extends Wanted {
  readonly surface: SurfaceName;
  /** Ends of the first and the last window, both included; epoch ns. */
  readonly startNs: bigint;
  readonly endNs: bigint;
}

/** Later than every window. */
export const NEVER_NS: bigint = 2n ** 63n - 1n;

/**
 * One surface of a stretch of windows as one Arrow stream, a record batch per window, made while it is
 * read. The headers name symbol, date, first and last end and the number of windows.
 *
 * @throws {ApiError} 404 when no window of the stretch is kept.
 */
export function arrowAnswer(
  feed: SurfaceFeed,
  encoder: SurfaceEncoder,
  stretch: Stretch,
  form: StreamForm,
): Response {
  const surface = SURFACES.find(({ name }) => name === stretch.surface);
  if (surface === undefined) throw new ApiError(400, { detail: "surface: is unknown" });
  checkData(feed, stretch);
  const { windows } = feed.ring;
  const [from, to] = [feed.ring.from(stretch.startNs), feed.ring.from(stretch.endNs + 1n)];
  const [first, last] = [windows.at(from), windows.at(to - 1)];
  if (first === undefined || last === undefined || to <= from) throw noData("No window is kept");
  const kept = Array.from({ length: to - from }, (_, i) => windows.at(from + i))
    .filter((window) => window !== undefined);
  return new Response(bodyOf(encoder, surface, form, kept), {
    headers: {
      "content-type": ARROW_STREAM,
      "cache-control": "no-store",
      "x-hud-symbol": last.head.symbol,
      "x-hud-dt": newYorkDate(last.head.endNs - 1n),
      "x-hud-start-ts-ns": first.head.endNs.toString(),
      "x-hud-end-ts-ns": last.head.endNs.toString(),
      "x-hud-windows": String(kept.length),
    },
  });
}

function checkData(feed: SurfaceFeed, wanted: Wanted): void {
  try {
    feed.check(wanted);
  } catch (error) {
    if (error instanceof NoSurfacesError) throw noData(error.message);
    throw error;
  }
}

function noData(error: string): ApiError {
  return new ApiError(404, { code: "no_data", error });
}

/** The schema once, then what every window's message has between schema and end. */
function bodyOf(
  encoder: SurfaceEncoder,
  surface: Surface,
  form: StreamForm,
  windows: readonly KeptWindow[],
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const schema = encoder.schemaOf(surface, form.isExtended);
  let next = 0;
  return new ReadableStream({
    start: (out) => out.enqueue(schema),
    pull: (out) => {
      const window = windows[next++];
      if (window === undefined) {
        out.enqueue(new Uint8Array(END_OF_STREAM));
        return out.close();
      }
      const message = encoder.encode(window, surface, form);
      out.enqueue(message.subarray(schema.length, message.length - END_OF_STREAM.length));
    },
  });
}
