import { useEffect, useState } from 'react';

const idleAfterMs = 2500;
const signsOfLife = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const;

/** True once nobody has moved on the page for a while; only while `enabled`. `hide` does not wait for that. */
export function useIdle(enabled: boolean): { idle: boolean; hide: () => void } {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    let timer = 0;
    const wake = () => {
      clearTimeout(timer);
      setIdle(false);
      timer = window.setTimeout(() => setIdle(true), idleAfterMs);
    };
    wake();
    for (const sign of signsOfLife) window.addEventListener(sign, wake);
    return () => {
      clearTimeout(timer);
      setIdle(false);
      for (const sign of signsOfLife) window.removeEventListener(sign, wake);
    };
  }, [enabled]);
  return { idle, hide: () => enabled && setIdle(true) };
}
