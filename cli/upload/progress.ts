import { clearLine, cursorTo } from 'node:readline';
import { SingleBar } from 'cli-progress';
import prettyBytes from 'pretty-bytes';

/** The speed is that of the last seconds, not of the whole upload: it is what the time left depends on. */
const windowMs = 10_000;
const plainEveryMs = 5_000;

/** Bytes a second over the last seconds. */
export function speedometer(now: () => number) {
  const marks: { at: number; bytes: number }[] = [{ at: now(), bytes: 0 }];
  return {
    /** Takes how many bytes have been sent in all. */
    mark(bytes: number) {
      marks.push({ at: now(), bytes });
      while (marks.length > 2 && (marks[0]?.at ?? 0) < now() - windowMs) marks.shift();
    },
    bytesPerSecond(): number {
      const [first, last] = [marks[0], marks.at(-1)];
      if (!first || !last || last.at === first.at) return 0;
      return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
    },
  };
}

/** Hours, minutes and seconds as a clock shows them. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '—';
  const whole = Math.ceil(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export interface TransferProgress {
  readonly kept: (bytes: number) => void;
  readonly sent: (bytes: number) => void;
  readonly percent: () => number;
  /** Says something without breaking what is shown. */
  readonly say: (text: string) => void;
  readonly stop: () => void;
}

/** Shows a file on its way, on standard error: a bar on a terminal, else a line now and then. */
export function transferProgress(doing: 'Uploading' | 'Downloading', totalBytes: number): TransferProgress {
  const out = process.stderr;
  const speed = speedometer(Date.now);
  let there = 0;
  let sentBytes = 0;
  let lastLine = Date.now();

  const percent = () => Math.floor((there / totalBytes) * 100);
  const line = () => {
    const rate = speed.bytesPerSecond();
    const left = rate > 0 ? duration((totalBytes - there) / rate) : '—';
    return { done: prettyBytes(there), size: prettyBytes(totalBytes), rate: `${prettyBytes(rate)}/s`, left };
  };
  const bar = out.isTTY
    ? new SingleBar({
        stream: out,
        hideCursor: true,
        barsize: 30,
        format: `${doing} {bar} {percentage} % · {done} of {size} · {rate} · {left} left`,
        barCompleteChar: '█',
        barIncompleteChar: '░',
      })
    : undefined;
  bar?.start(totalBytes, 0, line());

  const show = () => {
    if (bar) bar.update(there, line());
    else if (Date.now() - lastLine >= plainEveryMs) {
      lastLine = Date.now();
      const { done, size, rate, left } = line();
      out.write(`${doing}: ${percent()} % · ${done} of ${size} · ${rate} · ${left} left\n`);
    }
  };
  return {
    kept(bytes) {
      there += bytes;
      show();
    },
    sent(bytes) {
      there += bytes;
      sentBytes += bytes;
      speed.mark(sentBytes);
      show();
    },
    percent,
    say(text) {
      if (bar) clearLine(out, 0, () => cursorTo(out, 0));
      out.write(`${text}\n`);
      bar?.update(there, line());
    },
    stop: () => bar?.stop(),
  };
}
