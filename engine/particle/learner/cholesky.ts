/**
 * Factors a symmetric positive definite matrix into L L', the lower half in place.
 *
 * @param matrix Row-major, of which the leading `size` rows and columns of a row length `stride` count.
 * @returns Whether it was positive definite; else the matrix is spoilt.
 */
export function factor(matrix: Float64Array, size: number, stride: number): boolean {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * stride + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * stride + k]! * matrix[j * stride + k]!;
      if (i === j) {
        if (!(sum > 0)) return false;
        matrix[i * stride + i] = Math.sqrt(sum);
      } else matrix[i * stride + j] = sum / matrix[j * stride + j]!;
    }
  }
  return true;
}

/**
 * Solves L L' z = right in place, with the factor of {@link factor}.
 *
 * @param right Shape [size] at least; becomes z.
 */
export function solve(
  factored: Float64Array,
  size: number,
  stride: number,
  right: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= factored[i * stride + k]! * right[k]!;
    right[i] = sum / factored[i * stride + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < size; k++) sum -= factored[k * stride + i]! * right[k]!;
    right[i] = sum / factored[i * stride + i]!;
  }
}
