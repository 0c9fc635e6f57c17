/** The bytes with their last fifth cut off and one in the middle changed: neither JSON nor what was signed. */
export function corrupted(body: Buffer): Buffer {
  const cut = Buffer.from(body.subarray(0, Math.max(1, Math.floor(body.byteLength * 0.8))));
  const middle = Math.floor(cut.byteLength / 2);
  if (cut.byteLength > 0) cut.writeUInt8(cut.readUInt8(middle) ^ 0x01, middle);
  return cut;
}
