import type { Readable } from 'node:stream';
import { Agent, errors, request } from 'undici';
import { endToEnd, type Headers, withoutCloudFields } from './headers.ts';

export interface OriginRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body?: Readable;
  /** Ends the request when the viewer leaves. */
  readonly signal?: AbortSignal;
}

export interface OriginAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Cookies are the one field that must not be joined into one line. */
  readonly cookies: readonly string[];
  readonly body: Readable;
}

export type Origin = (request: OriginRequest) => Promise<OriginAnswer>;

/** The distribution's own limits: connecting, and waiting for an answer or for its next bytes. */
const connectMs = 10_000;
const answerMs = 30_000;

/** The server behind `baseUrl`; its answers are streamed and never decoded. */
export function httpOrigin(baseUrl: string): Origin {
  const agent = new Agent({ connect: { timeout: connectMs }, headersTimeout: answerMs, bodyTimeout: answerMs });
  return async ({ method, path, headers, body, signal }) => {
    const answer = await request(`${baseUrl}${path}`, {
      method,
      headers,
      body: body ?? null,
      signal: signal ?? null,
      dispatcher: agent,
    });
    const { 'set-cookie': cookies, ...fields } = answer.headers;
    return {
      status: answer.statusCode,
      headers: withoutCloudFields(endToEnd(fields)),
      cookies: cookies === undefined ? [] : [cookies].flat(),
      body: answer.body,
    };
  };
}

/** The status for a viewer whose origin did not answer: 504 if it was too slow, 502 if it was not there. */
export const statusOfFailure = (error: unknown): 502 | 504 =>
  error instanceof errors.HeadersTimeoutError ||
  error instanceof errors.ConnectTimeoutError ||
  error instanceof errors.BodyTimeoutError
    ? 504
    : 502;
