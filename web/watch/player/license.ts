import type shaka from 'shaka-player/dist/shaka-player.hls-es2021.js';
import type { Shaka } from './shaka.ts';

/** Where the player of an encrypted title gets a licence, and by which system. */
export interface License {
  readonly keySystem: string;
  readonly url: string;
}

const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const base64UrlOf = (hex: string) =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/**
 * Tells the player where licences are. By DASH it asks for one as Encrypted Media Extensions say; by HLS Shaka wants to
 * fetch the key by itself, and is given it from the same service. The page's session goes along, as with every request to
 * its own site.
 */
export function protect(library: Shaka, player: shaka.Player, { keySystem, url }: License): void {
  const { LICENSE, KEY } = library.net.NetworkingEngine.RequestType;
  player.configure({ drm: { servers: { [keySystem]: new URL(url, location.href).href } } });
  const network = player.getNetworkingEngine();
  network?.registerRequestFilter((type, request) => {
    if (type !== LICENSE && type !== KEY) return;
    request.headers['content-type'] = 'application/json';
    if (type === LICENSE) return;
    const kid = new URL(request.uris[0] ?? '', location.href).searchParams.get('kid') ?? '';
    request.method = 'POST';
    request.body = new TextEncoder().encode(JSON.stringify({ kids: [base64UrlOf(kid)], type: 'temporary' }));
  });
  network?.registerResponseFilter((type, response) => {
    if (type !== KEY) return;
    const { keys } = JSON.parse(new TextDecoder().decode(response.data)) as { keys: { k: string }[] };
    response.data = bytesOf(keys[0]?.k ?? '');
  });
}
