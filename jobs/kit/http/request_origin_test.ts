import { strictEqual } from "node:assert/strict";
import { requestOrigin } from "./mod.ts";

const INFO = {
  remoteAddr: { transport: "tcp", hostname: "10.0.0.1", port: 5 },
  completed: Promise.resolve(),
} as const;

function originOf(url: string, proto?: string, proxies: readonly string[] = []): string | null {
  const headers = proto === undefined ? undefined : { "x-forwarded-proto": proto };
  return requestOrigin(new Request(url, headers && { headers }), INFO, proxies);
}

Deno.test("requestOrigin() is the address that the client used, https by the word of a known proxy", () => {
  strictEqual(originOf("http://127.0.0.1:8123/docs?a=b"), "http://127.0.0.1:8123");
  strictEqual(originOf("http://[::1]:8000/"), "http://[::1]:8000");
  strictEqual(originOf("http://lotus.example/docs", "https"), "http://lotus.example");
  strictEqual(originOf("http://lotus.example/", "https", ["10.0.0.1"]), "https://lotus.example");
  strictEqual(
    originOf("http://lotus.example/", "javascript", ["10.0.0.1"]),
    "http://lotus.example",
  );
});

Deno.test("requestOrigin() lets nothing into an address that a shell would read", () => {
  for (const host of ["a$(id)", "a`id`", "a'b", "a;b", "a&b", "a!b"]) {
    strictEqual(originOf(`http://${host}/docs`), null, host);
  }
});
