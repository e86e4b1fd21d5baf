import { useEffect, useEffectEvent, useState } from 'react';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files that are dropped anywhere on the page; true while some are held over it. */
export function useFileDrop(onFiles: (files: File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const taken = useEffectEvent(onFiles);
  useEffect(() => {
    const listening = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
      window.addEventListener(type, (event) => carriesFiles(event) && handle(event), { signal: listening.signal });
    on('dragenter', () => setDragging(true));
    // Without this the browser opens the file instead.
    on('dragover', (event) => event.preventDefault());
    // relatedTarget is null only when the pointer leaves the window.
    on('dragleave', (event) => event.relatedTarget === null && setDragging(false));
    on('drop', (event) => {
      event.preventDefault();
      setDragging(false);
      taken([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, []);
  return dragging;
}
