/** SHA-256 of the bytes, base64: the value that S3 compares a part with (`x-amz-checksum-sha256`). */
export async function sha256(bytes: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));
  return btoa(String.fromCharCode(...digest));
}
