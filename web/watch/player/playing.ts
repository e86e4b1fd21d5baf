/** What plays, for what stands beside the player. */
export interface Playing {
  readonly video: HTMLVideoElement;
  /** Goes to this second of the title. */
  readonly seek: (seconds: number) => void;
}
