/** Where a child reads its source: on the loopback interface, under a path that nobody can guess. */
const sourceAddress = /https?:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]*/gi;
/** As the packager is given keys, should it ever repeat what it was given. */
const contentKey = /\bkey=[0-9a-f]{32}/gi;

/** What a child said, as it may be kept and shown to the owner of the video: without addresses and without keys. */
export const presentable = (said: string): string =>
  said.replace(sourceAddress, 'the-source').replace(contentKey, 'key=…');
