import type { IncomingHttpHeaders } from 'node:http';

export type Headers = Record<string, string>;

/** Fields of one connection, not of the message (RFC 9110, section 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The message's own fields, each as one string; fields that Connection names are the connection's too. */
export function endToEnd(headers: IncomingHttpHeaders): Headers {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);
  const kept = Object.entries(headers).filter(
    ([name, value]) => value !== undefined && !hopByHop.has(name) && !named.includes(name),
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value as string)]),
  );
}

/** What the local cloud answers and AWS would not: it allows every site to read, and numbers its answers. */
const ofTheLocalCloud = /^(access-control-|x-amzn?-(request-?id|id-2|trace-id)|server$)/;

export const withoutCloudFields = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheLocalCloud.test(name)));
