import type { Caller, OwnedResource } from '../../domain/access/policy.ts';
import type { Problem } from '../../domain/api/problems.ts';
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route, Routes } from '../../domain/api/route.ts';
import type { CommentId } from '../../domain/community/comments.ts';
import type { PlaylistId, UploadId, UserId, VideoId } from '../../domain/ids.ts';
import type { Answer } from './answers.ts';

/** What a handler is told of one call: everything parsed, nothing of HTTP but the cookies and what the caller says it is. */
export interface Call<R extends Route> {
  /** Undefined only on routes open to anyone. */
  readonly caller: R['access'] extends { readonly kind: 'anyone' } ? Caller | undefined : Caller;
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** The version that the resource must still have; undefined: any. Only routes with a precondition have it. */
  readonly ifMatch: R['precondition'] extends 'version' ? number | undefined : undefined;
  readonly cookies: Readonly<Record<string, string>>;
  readonly userAgent: string | undefined;
  /** When the request came in, in milliseconds since the epoch. */
  readonly now: number;
  readonly requestId: string;
}

/** What a handler gives back: the answer's body, the body with headers, or a problem. */
export type Outcome<R extends Route> = AnswerOf<R> | Answer<AnswerOf<R>> | Problem;
export type Handler<R extends Route> = (call: Call<R>) => Promise<Outcome<R>> | Outcome<R>;

/** One handler for each route of a registry: a missing or misspelt one does not compile. */
export type Handlers<R extends Routes> = { readonly [Name in keyof R]: Handler<R[Name]> };

interface OwnedIds {
  readonly video: VideoId;
  readonly keptVideo: VideoId;
  readonly upload: UploadId;
  readonly playlist: PlaylistId;
  readonly comment: CommentId;
}

type OwnedKinds<R extends Routes> = {
  [Name in keyof R]: R[Name]['access'] extends { readonly of: infer Kind extends OwnedResource } ? Kind : never;
}[keyof R];

/** Who owns a resource, for each kind that the routes protect; undefined when there is no such resource. */
export type Owners<R extends Routes> = {
  readonly [Kind in OwnedKinds<R>]: (id: OwnedIds[Kind]) => Promise<UserId | undefined>;
};

/** A service as `serve` takes it. */
export interface Service<R extends Routes> {
  readonly handlers: Handlers<R>;
  readonly owners: Owners<R>;
}
