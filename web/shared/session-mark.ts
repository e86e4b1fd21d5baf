/**
 * The session itself is in cookies that scripts cannot read. What is kept here is only a mark that there is one and
 * until when its access cookie is good, so that nobody asks the API in vain, and all tabs know the same.
 */
export interface SessionMark {
  /** Milliseconds since the epoch. */
  readonly goodUntil: number;
}

export interface MarkStore {
  readonly read: () => SessionMark | undefined;
  readonly write: (mark: SessionMark) => void;
  readonly clear: () => void;
}

export const markKey = 'sluice.session';

export function sessionMarks(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): MarkStore {
  return {
    read() {
      const goodUntil = Number(storage.getItem(markKey) ?? Number.NaN);
      return Number.isFinite(goodUntil) ? { goodUntil } : undefined;
    },
    write: ({ goodUntil }) => storage.setItem(markKey, String(goodUntil)),
    clear: () => storage.removeItem(markKey),
  };
}
