/**
 * What the simulation takes for granted, with where it is from. What is a rule of the product is not here but imported from
 * it: the order of work, chunks, leases, tries, the scaling policy, the cost of jobs.
 */
export const assumptions = {
  /** Completion, start of the execution, its first state, the way through the queue. Assumed. */
  startSeconds: 0.5,
  /** From the end of a stage to the messages of the next, through the state machine and a function. Assumed. */
  stageSeconds: 0.7,
  /** Finish and Publish. Assumed. */
  endSeconds: 2,
  /** A job before it computes: claim, plan, first ranges of the source. Assumed, as within a region. */
  fetchSeconds: 0.2,
  /** A job after it computed: its segments into the bucket, the transaction, the next message. Assumed. */
  storeSeconds: 0.4,
  /** Cores that one encode keeps busy. Measured on two, of which it used 1.92; more were not there to measure on. */
  coresPerEncode: 2,
  /** Jobs of one kind differ: deviation of the logarithm, among titles and among the jobs of one. Assumed. */
  titleSpread: 0.25,
  jobSpread: 0.1,
  /** A task from request to first job: fifty to sixty seconds were published for images of this size, and our start. */
  coldStartSeconds: { from: 60, to: 90 },
  /** Spot tasks lost in an hour, as a share of those that run. AWS publishes none for Fargate; assumed, on the high side. */
  spotLossesPerHour: 0.05,
  /** Of those, how many die without a word. */
  suddenShare: 0.1,
  /** The busiest moment of a day against its average, R-L2's own factor; the quietest lies as far below. */
  peakFactor: 1.68,
  /**
   * Length of uploads. R-L3 says 100 MB on average at 1080p; at 8 Mbit/s that is 100 s. Around it a log-normal with a long
   * tail, half of them shorter than 33 s, from a second to ten hours. Assumed: nothing was there to measure.
   */
  meanSeconds: 100,
  lengthSpread: 1.5,
  longestSeconds: 36_000,
} as const;
