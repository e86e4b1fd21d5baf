const duration = /^(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,7})s?)?$/;

/** The second at which a link asks a video to begin: `90`, `90s`, `1m30s` or `1h2m3s`; undefined if it asks for none. */
export function startTime(asked: string | number | undefined): number | undefined {
  const [found, h = 0, m = 0, s = 0] = duration.exec(String(asked ?? '')) ?? [];
  return found ? Number(h) * 3600 + Number(m) * 60 + Number(s) : undefined;
}
