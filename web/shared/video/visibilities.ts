import { IconLink, IconLock, IconTicket, IconWorld } from '@tabler/icons-react';
import type { Visibility } from '../../../domain/video/video.ts';

/** How visibilities are told to people. */
const visibilities = {
  private: { name: 'Private', meaning: 'Only you can watch it.', icon: IconLock },
  unlisted: {
    name: 'Anyone with the link',
    meaning: 'Whoever has the link can watch it. No list has it.',
    icon: IconLink,
  },
  members: {
    name: 'Members',
    meaning: 'Everybody with a paid plan can watch it; others see that it is there.',
    icon: IconTicket,
  },
  public: { name: 'Public', meaning: 'Everybody can find and watch it.', icon: IconWorld },
} as const satisfies Readonly<Record<Visibility, { name: string; meaning: string; icon: typeof IconLock }>>;

const all = Object.keys(visibilities) as Visibility[];
const each = <T>(of: (visibility: Visibility) => T) =>
  Object.fromEntries(all.map((visibility) => [visibility, of(visibility)])) as Record<Visibility, T>;

export const visibilityNames = each((visibility) => visibilities[visibility].name);
export const visibilityMeanings = each((visibility) => visibilities[visibility].meaning);
export const visibilityIcons = each((visibility) => visibilities[visibility].icon as typeof IconLock);
export const visibilityChoices = all.map((value) => ({ value, label: visibilityNames[value] }));
