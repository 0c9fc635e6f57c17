/** Is told of every call to the cloud. */
export interface UpstreamMeter {
  /**
   * @param service Service name of the directory, or `csds`.
   * @param status HTTP status; `null` when no answer came.
   */
  called(service: string, status: number | null, seconds: number): void;
}
