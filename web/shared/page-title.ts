import { useDocumentTitle } from '@mantine/hooks';

/** Names the tab. */
export const usePageTitle = (title: string) => useDocumentTitle(title === '' ? 'Sluice' : `${title} · Sluice`);
