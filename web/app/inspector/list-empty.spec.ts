import { TestBed } from '@angular/core/testing';

import { EventLog } from '../bridge/event-log';
import { buildFailure } from '../testing/build-failure';
import { expectAccessible } from '../testing/expect-accessible';
import { LogWriter, START } from '../testing/log-entries';
import { renderInspector, textOf } from '../testing/provide-inspector';
import { InspectorStore } from './inspector-store';

describe('ListEmpty', () => {
  it('says what will appear while there is nothing', async () => {
    const { element } = await renderInspector(new LogWriter());

    expect(element.textContent).toContain('No webhook yet');
    await expectAccessible(element);
  });

  it('says that there is no such conversation, or that the log is not read yet', async () => {
    const { fixture, element } = await renderInspector(new LogWriter(), { isMissing: true });
    expect(element.textContent).toContain('There is no such conversation');

    fixture.componentRef.setInput('isMissing', false);
    TestBed.inject(EventLog).connection.set({ kind: 'connecting' });
    await fixture.whenStable();
    expect(element.textContent).toContain('The log is being read');
  });

  it('says that the stream is refused and what to do, instead of waiting for the log', async () => {
    const { fixture, element } = await renderInspector(new LogWriter());
    const log = TestBed.inject(EventLog);
    log.connection.set({ kind: 'reconnecting', since: START });
    log.refusal.set(buildFailure('too-many-streams'));
    await fixture.whenStable();

    expect(element.textContent).not.toContain('The log is being read');
    expect(element.textContent).toContain('Too many tabs of this browser hear from the server');
    expect(element.textContent).toContain('Close tabs of this app that you do not need');
    await expectAccessible(element);
  });

  it('empties a filter that nothing matches, and has the keyboard in the field', async () => {
    const { fixture, element } = await renderInspector(new LogWriter().agentSays(0, 'a'));
    document.body.append(element);
    TestBed.inject(InspectorStore).filterText.set('nowhere');
    await fixture.whenStable();

    element.querySelector<HTMLElement>('app-list-empty button')!.click();
    await fixture.whenStable();

    expect(element.querySelector('input')!.value).toBe('');
    expect(element.querySelector('app-list-empty')).toBeNull();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Filter');
    element.remove();
  });

  it('finds in the bodies what no row shows, when one presses for it', async () => {
    const { fixture, element } = await renderInspector(new LogWriter().agentSays(0, 'a').agentSays(1, 'b'));
    document.body.append(element);
    TestBed.inject(InspectorStore).filterText.set('originatorMetadata type:content');
    await fixture.whenStable();
    const empty = element.querySelector('app-list-empty')!;
    expect(textOf(empty)).toContain(
      'What you look for stands in a body, which the rows do not show: body:originatormetadata type:content',
    );
    await expectAccessible(element);

    [...empty.querySelectorAll('button')].find((one) => textOf(one) === 'Look in bodies')!.click();
    await fixture.whenStable();

    expect(element.querySelector('input')!.value).toBe('body:originatormetadata type:content');
    expect(element.querySelectorAll('app-webhook-row').length).toBe(2);
    expect(textOf(element.querySelector('.mistakes'))).toBe('');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Filter');
    element.remove();
  });
});
