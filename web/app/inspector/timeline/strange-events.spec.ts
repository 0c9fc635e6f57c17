import fc from 'fast-check';

import { LogWriter, START, buildMessage } from '../../testing/log-entries';
import { toItem } from '../inspector-item';
import { layoutTimeline } from './timeline-layout';

/** Names that every object knows; in an event they are words like any other. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

describe('the timeline of events that nobody documented', () => {
  const titlesOf = (event: Record<string, unknown> & { type: string }): readonly string[] => {
    const log = new LogWriter().notification(buildMessage({ sequence: 1, event }));
    return layoutTimeline(log.entries.flatMap((entry) => toItem(entry) ?? [])).map(({ title }) => title);
  };

  for (const type of INHERITED) {
    it(`draws an event of the type ${type} as a message like any other`, () => {
      expect(titlesOf({ type })).toEqual([type, `webhook ${type}`, 'message in the chat']);
    });

    it(`draws a receipt with the status ${type} without an effect on the screen`, () => {
      expect(titlesOf({ type: 'AcceptStatusEvent', status: type, sequenceList: [1] }).slice(1)).toEqual([
        `webhook ${type} 1`,
      ]);
    });
  }

  it('is drawn whatever the cloud names its events, states and receipts', () => {
    const name = fc.oneof(fc.constantFrom(...INHERITED), fc.string());
    const event = fc.oneof(
      fc.record({ type: name, message: fc.jsonValue() }),
      fc.record({ type: fc.constant('AcceptStatusEvent'), status: name, sequenceList: fc.jsonValue() }),
      fc.record({ type: fc.constant('ChatStateEvent'), chatState: name }),
    );

    fc.assert(
      fc.property(fc.array(event, { maxLength: 10 }), (events) => {
        const log = new LogWriter();
        for (const [sequence, one] of events.entries())
          log.notification(buildMessage({ sequence, event: one }));

        const steps = layoutTimeline(log.entries.flatMap((entry) => toItem(entry) ?? []));

        expect(steps.every(({ at }) => at >= START)).toBeTrue();
      }),
    );
  });
});
