/** Hex to bytes, alike on every host. */

/** Values of lower-case hex digits by character code. A table: no branch foretells random digits. */
const NIBBLES = new Uint8Array(0x67);
for (let value = 0; value < 16; value++) NIBBLES[value.toString(16).charCodeAt(0)] = value;

/** Writes `bytes` bytes of lower-case hex to `target` at `offset`. */
export function hexToBytes(hex: string, target: Uint8Array, offset: number, bytes: number): void {
  if (offset < 0 || offset + bytes > target.length) {
    throw new RangeError("a digest ends past the end of its bytes");
  }
  for (let i = 0; i < bytes; i++) {
    target[offset + i] =
      ((NIBBLES[hex.charCodeAt(2 * i)] as number) << 4) |
      (NIBBLES[hex.charCodeAt(2 * i + 1)] as number);
  }
}
