import { InjectionToken, inject } from '@angular/core';

import { DirectSource } from './direct-source';
import { EVENT_SOURCE_FACTORY } from './event-source-factory';
import type { LogSource, SourceReader } from './log-source';
import { SharedSource } from './shared-source';
import { TAB_LINK } from './tab-link';

export type OpenLogSource = (
  /** Tabs share a stream only when they have the same; it names the person. */
  audience: string,
  reader: SourceReader,
) => LogSource;

/** Names this page to the bridge: a stream that it had before, and lost unnoticed, ends with the next. */
const PAGE = crypto.getRandomValues(new Uint32Array(4)).join('-');

/** One stream for all tabs of the browser where it can be shared, else one of this tab's own. */
export const OPEN_LOG_SOURCE = new InjectionToken<OpenLogSource>('OPEN_LOG_SOURCE', {
  factory: () => {
    const [openEventSource, link] = [inject(EVENT_SOURCE_FACTORY), inject(TAB_LINK)];
    const openStream = (reader: SourceReader): DirectSource =>
      new DirectSource(() => openEventSource(`/api/events?after=${reader.newest()}&page=${PAGE}`), reader);
    return (audience, reader) =>
      link === null ? openStream(reader) : new SharedSource({ link: link(audience), openStream, reader });
  },
});
