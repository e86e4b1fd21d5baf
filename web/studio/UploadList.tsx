import { Stack, Title } from '@mantine/core';
import { useUploadsWithoutFile, useUploadViews } from './open-uploads.ts';
import { UploadRow } from './UploadRow.tsx';
import { UploadWithoutFileRow } from './UploadWithoutFileRow.tsx';
import type { Uploads } from './uploads/uploads.ts';

/** What is on its way, and what can be continued. */
export function UploadList({ uploads }: { readonly uploads: Uploads }) {
  const here = useUploadViews(uploads);
  const withoutFile = useUploadsWithoutFile(uploads);
  if (here.length + withoutFile.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-labelledby="uploads">
      <Title order={2} size="h4" id="uploads">
        Uploads
      </Title>
      {here.map((view) => (
        <UploadRow key={view.fileId} view={view} uploads={uploads} />
      ))}
      {withoutFile.map((upload) => (
        <UploadWithoutFileRow key={upload.uploadId} upload={upload} uploads={uploads} />
      ))}
    </Stack>
  );
}
