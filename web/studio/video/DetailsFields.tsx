import { Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { Category, categories, Licence, licences, maxTags } from '../../../domain/video/metadata.ts';
import { languageChoices, languageName } from '../../shared/languages.ts';
import type { VideoForm } from './edit-form.ts';

interface Props {
  readonly form: VideoForm;
  readonly onChange: (change: Partial<VideoForm>) => void;
}

const maxDescription = 5000;
export const categoryChoices = Category.options.map((value) => ({ value, label: categories[value] }));
export const licenceChoices = Licence.options.map((value) => ({ value, label: licences[value].name }));
/** With the one that is chosen, which may be any. */
export const languageChoicesWith = (chosen: string | null) =>
  chosen === null || languageChoices.some(({ value }) => value === chosen)
    ? languageChoices
    : [{ value: chosen, label: languageName(chosen) }, ...languageChoices];

/** What is told of a video. */
export function DetailsFields({ form, onChange }: Props) {
  return (
    <Stack gap="md">
      <TextInput
        label="Title"
        maxLength={200}
        value={form.title}
        error={form.title.trim() === '' ? 'A title needs at least one character.' : undefined}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Description"
        description={`${form.description.length} of ${maxDescription} characters. Addresses and times, such as 1:23, become links.`}
        inputWrapperOrder={['label', 'input', 'description']}
        autosize
        minRows={5}
        maxRows={16}
        maxLength={maxDescription}
        value={form.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <TagsInput
        label="Tags"
        description="Words that it is found by. Enter or a comma ends one."
        inputWrapperOrder={['label', 'input', 'description']}
        maxTags={maxTags}
        maxLength={50}
        acceptValueOnBlur
        value={[...form.tags]}
        onChange={(tags) => onChange({ tags })}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <Select
          label="Category"
          placeholder="None"
          clearable
          searchable
          data={categoryChoices}
          value={form.category}
          onChange={(value) => onChange({ category: Category.nullable().catch(null).parse(value) })}
        />
        <Select
          label="Spoken language"
          placeholder="Not said"
          clearable
          searchable
          data={languageChoicesWith(form.language)}
          value={form.language}
          onChange={(language) => onChange({ language })}
        />
        <Select
          label="Licence"
          placeholder="Not said"
          clearable
          data={licenceChoices}
          value={form.licence}
          onChange={(value) => onChange({ licence: Licence.nullable().catch(null).parse(value) })}
        />
      </SimpleGrid>
    </Stack>
  );
}
