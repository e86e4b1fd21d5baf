import { type Problem, problem } from '../../domain/api/problems.ts';
import type { AnswerOf } from '../../domain/api/route.ts';
import { type QuotaUse, resetsAt, type UploadQuota, usedAt } from '../../domain/upload/quota.ts';
import type { routes } from './routes.ts';

/** What a creator has used of what they may. */
export function quotaAnswer(
  quota: UploadQuota,
  seen: QuotaUse | undefined,
  now: number,
): AnswerOf<(typeof routes)['getQuota']> {
  const use = usedAt(seen, now);
  const part = (name: keyof UploadQuota) => ({ used: use[name], allowed: quota[name] });
  return {
    uploadsPerDay: part('uploadsPerDay'),
    bytesPerDay: part('bytesPerDay'),
    keptBytes: part('keptBytes'),
    resetsAt: resetsAt(now),
  };
}

const sentences: Readonly<Record<keyof UploadQuota, (allowed: string, hours: number) => string>> = {
  uploadsPerDay: (allowed, hours) =>
    `${allowed} uploads a day are allowed, and all of today's are used. Try again in ${hours} h.`,
  bytesPerDay: (allowed, hours) =>
    `${allowed} a day are allowed, and this file does not fit into what is left of today's. Try again in ${hours} h.`,
  keptBytes: (allowed) =>
    `${allowed} may be kept, and this file does not fit into what is left. Delete videos to make room.`,
};

const inWords = (bytes: number) =>
  bytes >= 1e12 ? `${+(bytes / 1e12).toFixed(1)} TB` : `${Math.round(bytes / 1e9)} GB`;

/** 403 and not 429: waiting is not what helps, not always, and not for as long as a client waits. */
export function quotaExceeded(
  part: keyof UploadQuota,
  quota: UploadQuota,
  seen: QuotaUse | undefined,
  now: number,
): Problem {
  const allowed = part === 'uploadsPerDay' ? String(quota[part]) : inWords(quota[part]);
  const hours = Math.ceil((resetsAt(now) - now) / 3_600_000);
  return problem('quota-exceeded', sentences[part](allowed, hours), {
    quota: part,
    used: usedAt(seen, now)[part],
    allowed: quota[part],
    ...(part !== 'keptBytes' && { resetsAt: resetsAt(now) }),
  });
}
