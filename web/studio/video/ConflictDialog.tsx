import { Button, Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { categories, licences } from '../../../domain/video/metadata.ts';
import { languageName } from '../../shared/languages.ts';
import { visibilityNames } from '../../shared/video/visibilities.ts';
import { type Field, fieldNames, type VideoForm } from './edit-form.ts';

interface Props {
  readonly fields: readonly Field[];
  readonly mine: VideoForm;
  readonly theirs: VideoForm;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/** A value in a few words. */
function shown(form: VideoForm, field: Field): string {
  switch (field) {
    case 'tags':
      return form.tags.join(', ') || 'none';
    case 'chapters':
      return form.chapters.map(({ start, title }) => `${start} ${title}`).join('\n') || 'none';
    case 'category':
      return form.category ? categories[form.category] : 'none';
    case 'licence':
      return form.licence ? licences[form.licence].name : 'not said';
    case 'language':
      return form.language ? languageName(form.language) : 'not said';
    case 'visibility':
      return visibilityNames[form.visibility];
    case 'publishAt':
      return form.publishAt === null ? 'now' : new Date(form.publishAt).toLocaleString();
    default:
      return form[field] || 'nothing';
  }
}

/** The video was changed elsewhere in the same places: both are shown, and the person decides. */
export function ConflictDialog({ fields, mine, theirs, onKeepMine, onTakeTheirs, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} size="lg" title="Changed elsewhere meanwhile">
      <Stack gap="md">
        <Text size="sm">
          This video was changed in another window, or by somebody else, since you opened it. Nothing of yours is saved
          yet.
        </Text>
        {fields.map((field) => (
          <Stack key={field} gap={6} data-testid="conflict" data-field={field}>
            <Text fw={600} size="sm">
              {fieldNames[field]}
            </Text>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <Side name="There now" text={shown(theirs, field)} />
              <Side name="Yours" text={shown(mine, field)} />
            </SimpleGrid>
          </Stack>
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={onTakeTheirs}>
            Take what is there
          </Button>
          <Button onClick={onKeepMine}>Save mine over it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

const Side = ({ name, text }: { readonly name: string; readonly text: string }) => (
  <div>
    <Text size="xs" c="dimmed">
      {name}
    </Text>
    <Text size="sm" lineClamp={8} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  </div>
);
