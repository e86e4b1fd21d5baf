/** What may be uploaded, by declared type. The verdict on the file itself is the worker's. */
const containers: Readonly<Record<string, readonly string[]>> = {
  'video/mp4': ['mp4', 'm4v'],
  'video/quicktime': ['mov', 'qt'],
  'video/x-matroska': ['mkv'],
  'video/webm': ['webm'],
  'video/x-msvideo': ['avi'],
  'video/mp2t': ['ts', 'm2ts', 'mts'],
  'video/mpeg': ['mpg', 'mpeg'],
  'video/x-flv': ['flv'],
  'video/x-ms-wmv': ['wmv', 'asf'],
  'video/3gpp': ['3gp'],
};

const synonyms: Readonly<Record<string, string>> = {
  'video/avi': 'video/x-msvideo',
  'video/matroska': 'video/x-matroska',
  'video/vnd.dlna.mpeg-tts': 'video/mp2t',
};

export const acceptedExtensions = Object.values(containers).flat();

/** The content type a file is stored with: from its declared type, else its name; undefined if it is not accepted. */
export function sourceContentType(declared: string, fileName: string): string | undefined {
  const type = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  const known = Object.hasOwn(synonyms, type) ? synonyms[type] : type;
  if (known !== undefined && Object.hasOwn(containers, known)) return known;
  if (type !== '' && type !== 'application/octet-stream') return undefined;
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return Object.entries(containers).find(([, extensions]) => extensions.includes(extension))?.[0];
}
