import { Agent, fetch as undiciFetch } from 'undici';

/**
 * What is limited by address is limited for a test as well, and a test is many people. On a loopback interface all of
 * 127/8 is oneself, so each of them can have an address of their own, as people have.
 */

let last = 0;

/** An address that no other viewer of this process has: processes begin anywhere in the 16 million there are. */
const first = Math.floor(Math.random() * 0xff_ff_00);
function newAddress(): string {
  last += 1;
  const number = ((first + last) % 0xff_ff_00) + 2;
  return `127.${(number >> 16) & 0xff}.${(number >> 8) & 0xff}.${number & 0xff}`;
}

/** `fetch` of somebody new, from an address of their own. */
export function newViewer(): typeof fetch {
  const dispatcher = new Agent({ localAddress: newAddress() });
  const viewerFetch: typeof undiciFetch = (input, init) => undiciFetch(input, { ...init, dispatcher });
  // The same functions by two names: Node's own are undici's.
  return viewerFetch as unknown as typeof fetch;
}

const crowd = Array.from({ length: 64 }, newViewer);
let turn = 0;

/** Somebody of a crowd: for calls that nobody in particular makes. */
export const someViewer = (): typeof fetch => {
  turn += 1;
  return crowd[turn % crowd.length] ?? fetch;
};
