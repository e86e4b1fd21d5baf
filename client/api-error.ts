import { type ProblemCode, ProblemDocument, problems } from '../domain/api/problems.ts';

/** A refusal: what the server said, as a problem document (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: ProblemDocument;
  readonly status: number;
  constructor(problem: ProblemDocument) {
    super(`${problem.title}: ${problem.detail}`);
    this.problem = problem;
    this.status = problem.status;
  }
}

/** What stands before the services (the CDN, API Gateway) refuses in words of its own: the nearest code of ours. */
const codeOf: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'route-not-found',
  413: 'body-too-large',
  415: 'body-not-json',
  429: 'too-many-requests',
};

/** The error of an answer that is no success. */
export async function apiError(answer: Response): Promise<ApiError> {
  const text = await answer.text();
  const problem = ProblemDocument.safeParse(parseJson(text));
  if (problem.success) return new ApiError(problem.data);
  const code = codeOf[answer.status] ?? (answer.status >= 500 ? 'unavailable' : 'internal');
  return new ApiError({
    type: 'about:blank',
    title: problems[code].title,
    status: answer.status,
    code,
    detail: `The answer was ${answer.status} without a problem document.`,
    requestId: answer.headers.get('x-request-id') ?? '',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
