import type { CloudEnvironment } from '#protocol/problem';

/** What happened and what to do next. */
export interface Told {
  /** Without a full stop. */
  readonly title: string;
  readonly next: string;
  /** The title where it is known what was tried. */
  readonly tried?: (call: string) => string;
}

/** Words that are the same each time a code comes, but for who it was that answered. */
export interface CatalogueEntry extends Told {
  /** Set where only the bridge knows what exactly went wrong. */
  readonly hasDetail?: true;
  /** Whole sentences for the environment that answered; title and advice above name none. */
  readonly by?: Readonly<Record<CloudEnvironment, Told>>;
  /** A title that names the service it is about; the one above stands where none is known. */
  readonly titleOf?: (service: string) => string;
}
