import { ok } from "node:assert/strict";
import { normals } from "./mod.ts";

Deno.test("normals() have the mean, variance and independence of standard normal draws", () => {
  const blocks = 20_000;
  let [sum, squares, product] = [0, 0, 0];
  for (let i = 0; i < blocks; i++) {
    const [even = 0, odd = 0] = normals(3, i, 77);
    sum += even + odd;
    squares += even * even + odd * odd;
    product += even * odd;
  }
  ok(Math.abs(sum / (2 * blocks)) < 0.02, "mean");
  ok(Math.abs(squares / (2 * blocks) - 1) < 0.03, "variance");
  ok(Math.abs(product / blocks) < 0.03, "covariance of a pair");
});
