import { useEffect, useState } from 'react';

const idleAfterMs = 2500;

/** True once nobody has moved over the page's player for a while; only while `enabled`. */
export function useIdle(enabled: boolean): { idle: boolean; wake: () => void } {
  const [wokenAt, setWokenAt] = useState(0);
  const [idle, setIdle] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wake starts the time anew
  useEffect(() => {
    setIdle(false);
    if (!enabled) return;
    const timer = setTimeout(() => setIdle(true), idleAfterMs);
    return () => clearTimeout(timer);
  }, [enabled, wokenAt]);
  return { idle, wake: () => setWokenAt(Date.now()) };
}
