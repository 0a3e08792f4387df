/**
 * Writes the force of an energy at the nodes, -dF/dx in ticks/s^2: central differences inside,
 * one-sided ones at the ends.
 *
 * The force between nodes is the linear interpolation of these, so it is continuous and exact for a
 * quadratic energy. The energy felt at a node is then (F_{i-1} + 2 F_i + F_{i+1}) / 4.
 *
 * @param energy Shape [n], n >= 2, ticks^2/s^2.
 * @param dx Distance of two nodes, ticks.
 * @param out Shape [n]; must not be `energy`.
 */
export function writeNodalForce(energy: Float64Array, dx: number, out: Float64Array): void {
  const last = energy.length - 1;
  for (let i = 1; i < last; i++) out[i] = -(energy[i + 1]! - energy[i - 1]!) / (2 * dx);
  out[0] = -(energy[1]! - energy[0]!) / dx;
  out[last] = -(energy[last]! - energy[last - 1]!) / dx;
}
