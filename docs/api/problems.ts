import { type ProblemCode, problems } from '../../domain/api/problems.ts';
import type { Routes } from '../../domain/api/route.ts';
import { problemsOf } from './openapi.ts';

/** What helps against a problem of a status, whatever its code. */
const remedies: Readonly<Record<number, string>> = {
  400: 'Mend what `detail` and `errors` name, then send it again.',
  401: 'Sign in, or refresh the session.',
  403: 'Nothing that is sent again as it is: `detail` says what it would take.',
  404: 'Look the address or the id up again: it is not there, or not for you.',
  409: 'Read the resource again: it is in another state than the request assumes.',
  412: 'Read the resource again and repeat the change with its new `ETag`.',
  413: 'Send less.',
  415: 'Send a kind that is accepted.',
  422: 'Send the other request with a key of its own.',
  429: 'Wait as long as `Retry-After` says.',
  500: 'Try again later; name `requestId` if it stays.',
  503: 'Try again after `Retry-After`.',
};

/** Codes for which there is something better to say. */
const special: Partial<Record<ProblemCode, string>> = {
  'parts-missing': 'Send the parts that `parts` numbers, then complete the upload again.',
  'part-checksum-mismatch': 'Send the parts that `parts` numbers again, then complete the upload again.',
  'peek-incomplete': 'Send the ends that `missing` names again.',
  'quota-exceeded': 'Wait until `resetsAt`; or delete videos, if `quota` is `keptBytes`.',
  'origin-refused': 'Ask by the address of the site.',
  'csrf-refused': 'Write from the pages of the site, or with a bearer token.',
  'request-in-progress': 'Wait as long as `Retry-After` says and ask with the same key again.',
};

/** Routes by name; beyond a handful their number says more. */
const handful = 6;

/** The registry of problems as a page for people: what each is, what to do about it, where it may come from. */
export function problemsPage(registry: Readonly<Record<string, Routes>>): string {
  const routes = Object.values(registry).flatMap((service) => Object.values(service));
  const named = routes.map((route) => ({ name: `${route.method} ${route.path}`, codes: problemsOf(route) }));
  const places = (code: ProblemCode) => {
    const from = named.filter(({ codes }) => codes.has(code)).map(({ name }) => `\`${name}\``);
    if (from.length === named.length) return 'every route';
    if (from.length > handful) return `${from.length} routes`;
    return from.length === 0 ? 'any address that is no route' : from.join(', ');
  };
  const rows = (Object.keys(problems) as ProblemCode[]).map((code) => {
    const { status, title } = problems[code];
    return `| \`${code}\` | ${status} | ${title} | ${special[code] ?? remedies[status] ?? ''} | ${places(code)} |`;
  });
  return `# Problems

Every answer that is no success is a problem document (RFC 9457), \`application/problem+json\`: \`type\`, \`title\`, \`status\`, the stable
\`code\` to go by, a \`detail\` for people, and the \`requestId\` that our logs know. Input that is not valid comes with \`errors\`, each with
the place (\`params\`, \`query\`, \`header\`, \`body\`), the \`path\` of the field and a \`message\`. Generated from the registries of routes and
problems: \`node docs/api/generate.ts\`.

| code | status | title | what to do | may come from |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
