import { FeedApiError, refusal, sendCommand, tokenHeaders } from "../feed_api.ts";

/** How far a file is on its way, 0…1. */
export type OnShare = (share: number) => void;

/**
 * Sends a market file to the server and returns the name under which it can be opened. Progress is told as
 * the bytes leave, which `fetch` cannot say.
 *
 * @throws {FeedApiError} With the server's reason, or "cancelled".
 */
export async function sendFile(file: File, onShare: OnShare, signal: AbortSignal): Promise<string> {
  // What a folder can hold on every system.
  const name = file.name.replaceAll(/[^A-Za-z0-9._ -]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");
  const path = `/v1/feeds?name=${encodeURIComponent(name)}`;
  const headers = await tokenHeaders("/v1/feeds");
  return await new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (text: string) => reject(new FeedApiError(text, null));
    request.open("POST", path);
    request.responseType = "json";
    for (const [key, value] of Object.entries(headers)) request.setRequestHeader(key, value);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) resolve(name);
      else reject(refusal(request.status, request.response));
    };
    request.onerror = () => fail("The server broke off, or cannot be reached");
    request.onabort = () => fail("Cancelled");
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** Replays a file that the server has, for everybody. @throws {FeedApiError} With the server's reason. */
export async function openFile(name: string): Promise<void> {
  await sendCommand({ op: "open", feed: { kind: "replay", file: name } });
}
